package dev.weir.functions;

import dev.weir.port.ObjectOutcome;
import dev.weir.port.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** An {@link ObjectStore} that is made when it is first asked. Thread-safe. */
final class ObjectsOnDemand implements ObjectStore {
    private final Supplier<ObjectStore> objects;

    ObjectsOnDemand(Supplier<ObjectStore> make) {
        this.objects = new OnDemand<>(make);
    }

    @Override
    public ObjectOutcome put(String key, byte[] data, IfPresent ifPresent) {
        return objects.get().put(key, data, ifPresent);
    }

    @Override
    public ObjectOutcome put(String key, InputStream data, int bytes, IfPresent ifPresent) throws IOException {
        return objects.get().put(key, data, bytes, ifPresent);
    }

    @Override
    public Optional<byte[]> get(String key) {
        return objects.get().get(key);
    }

    @Override
    public Optional<byte[]> getRange(String key, long fromByte, int bytes) {
        return objects.get().getRange(key, fromByte, bytes);
    }

    @Override
    public OptionalLong size(String key) {
        return objects.get().size(key);
    }

    @Override
    public List<String> list(String prefix, String afterExclusive, int limit) {
        return objects.get().list(prefix, afterExclusive, limit);
    }

    @Override
    public void delete(String key) {
        objects.get().delete(key);
    }
}
