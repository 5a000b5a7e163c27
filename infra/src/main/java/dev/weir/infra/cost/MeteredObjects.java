package dev.weir.infra.cost;

import dev.weir.port.ObjectOutcome;
import dev.weir.port.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Counts the requests that S3 bills. A list costs as much as a put. Not thread-safe. */
final class MeteredObjects implements ObjectStore {
    private final ObjectStore objects;
    private final Meter meter;

    MeteredObjects(ObjectStore objects, Meter meter) {
        this.objects = objects;
        this.meter = meter;
    }

    @Override
    public ObjectOutcome put(String key, byte[] data, IfPresent ifPresent) {
        meter.now().objectPuts++;
        return objects.put(key, data, ifPresent);
    }

    @Override
    public Optional<byte[]> get(String key) {
        meter.now().objectGets++;
        return objects.get(key);
    }

    @Override
    public Optional<byte[]> getRange(String key, long fromByte, int bytes) {
        meter.now().objectGets++;
        return objects.getRange(key, fromByte, bytes);
    }

    @Override
    public OptionalLong size(String key) {
        meter.now().objectGets++;
        return objects.size(key);
    }

    @Override
    public List<String> list(String prefix, String afterExclusive, int limit) {
        meter.now().objectPuts++;
        return objects.list(prefix, afterExclusive, limit);
    }

    @Override
    public void delete(String key) {
        objects.delete(key);
    }
}
