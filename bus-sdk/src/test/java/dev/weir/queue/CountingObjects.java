package dev.weir.queue;

import dev.weir.port.ObjectOutcome;
import dev.weir.port.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A bucket that notes what is read of it, and fails puts as it is told. */
final class CountingObjects implements ObjectStore {
    final List<String> ranges = new ArrayList<>();

    /** Outcomes of the next puts, after which the object is stored all the same if the outcome is {@link ObjectOutcome.Unknown}. */
    final List<ObjectOutcome> failures = new ArrayList<>();

    int puts;
    private final ObjectStore objects;

    CountingObjects(ObjectStore objects) {
        this.objects = objects;
    }

    @Override
    public ObjectOutcome put(String key, byte[] data, IfPresent ifPresent) {
        puts++;
        if (failures.isEmpty()) {
            return objects.put(key, data, ifPresent);
        }
        ObjectOutcome failure = failures.removeFirst();
        if (failure instanceof ObjectOutcome.Unknown) {
            objects.put(key, data, ifPresent);
        }
        return failure;
    }

    @Override
    public Optional<byte[]> get(String key) {
        return objects.get(key);
    }

    @Override
    public Optional<byte[]> getRange(String key, long fromByte, int bytes) {
        ranges.add(fromByte + "+" + bytes);
        return objects.getRange(key, fromByte, bytes);
    }

    @Override
    public OptionalLong size(String key) {
        return objects.size(key);
    }

    @Override
    public List<String> list(String prefix, String afterExclusive, int limit) {
        return objects.list(prefix, afterExclusive, limit);
    }

    @Override
    public void delete(String key) {
        objects.delete(key);
    }
}
