package dev.weir.memory;

import dev.weir.port.ObjectLimits;
import dev.weir.port.ObjectOutcome;
import dev.weir.port.ObjectStore;
import dev.weir.port.Utf8Order;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@link ObjectStore} in memory: the whole contract, no network, nothing durable.
 *
 * <p>Thread-safe: one lock, held while a call looks or writes and never while it checks limits or copies. It never answers
 * {@link ObjectOutcome.Refused} or {@link ObjectOutcome.Unknown}.
 */
public final class MemoryObjectStore implements ObjectStore {
    private final Object lock = new Object();

    /** The arrays are ours alone and never change. */
    private final NavigableMap<String, byte[]> objects = new TreeMap<>(Utf8Order.ASCENDING);

    @Override
    public ObjectOutcome put(String key, byte[] data, IfPresent ifPresent) {
        ObjectLimits.check(key);
        ObjectLimits.checkBytes(key, data.length);
        byte[] ours = data.clone();
        synchronized (lock) {
            if (ifPresent == IfPresent.KEEP && objects.containsKey(key)) {
                return ObjectOutcome.ALREADY_THERE;
            }
            objects.put(key, ours);
            return ObjectOutcome.STORED;
        }
    }

    @Override
    public Optional<byte[]> get(String key) {
        ObjectLimits.check(key);
        return Optional.ofNullable(find(key)).map(byte[]::clone);
    }

    @Override
    public Optional<byte[]> getRange(String key, long fromByte, int bytes) {
        ObjectLimits.checkRange(key, fromByte, bytes);
        return Optional.ofNullable(find(key)).map(whole -> {
            int from = (int) Math.min(fromByte, whole.length);
            return Arrays.copyOfRange(whole, from, (int) Math.min((long) from + bytes, whole.length));
        });
    }

    @Override
    public OptionalLong size(String key) {
        ObjectLimits.check(key);
        byte[] whole = find(key);
        return whole == null ? OptionalLong.empty() : OptionalLong.of(whole.length);
    }

    @Override
    public List<String> list(String prefix, String afterExclusive, int limit) {
        ObjectLimits.checkList(prefix, afterExclusive, limit);
        boolean fromPrefix = Utf8Order.ASCENDING.compare(afterExclusive, prefix) < 0;
        synchronized (lock) {
            return (fromPrefix ? objects.tailMap(prefix, true) : objects.tailMap(afterExclusive, false))
                    .keySet().stream()
                            .takeWhile(key -> key.startsWith(prefix))
                            .limit(limit)
                            .toList();
        }
    }

    @Override
    public void delete(String key) {
        ObjectLimits.check(key);
        synchronized (lock) {
            objects.remove(key);
        }
    }

    private byte @Nullable [] find(String key) {
        synchronized (lock) {
            return objects.get(key);
        }
    }
}
