package dev.weir.flow;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The business ids that a lane has seen within the horizon, each as the first 128 bits of the SHA-256 of key and id: two different ids
 * are taken for one with a probability below 10^-26 among a million. Bounded by {@link Limits#IDS_MAX}. Not thread-safe.
 */
final class IdWindow {

    /** 128 bits that stand for a key and an id. */
    record Id(long high, long low) {
        static Id of(String key, String id) {
            try {
                MessageDigest sha = MessageDigest.getInstance("SHA-256");
                byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
                sha.update(ByteBuffer.allocate(4).putInt(0, keyBytes.length));
                sha.update(keyBytes);
                ByteBuffer hash = ByteBuffer.wrap(sha.digest(id.getBytes(StandardCharsets.UTF_8)));
                return new Id(hash.getLong(), hash.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }

    private record Commit(long expiresMillis, List<Id> ids) {}

    private final Set<Id> seen = new HashSet<>();
    private final Deque<Commit> commits = new ArrayDeque<>();
    private final List<Id> fresh = new ArrayList<>();

    boolean contains(Id id) {
        return seen.contains(id);
    }

    void add(Id id) {
        seen.add(id);
        fresh.add(id);
    }

    /** Ids that the next commit must store. */
    List<Id> fresh() {
        return fresh;
    }

    void committed(long expiresMillis) {
        if (!fresh.isEmpty()) {
            commits.add(new Commit(expiresMillis, List.copyOf(fresh)));
            fresh.clear();
        }
    }

    /** Forgets what is past the horizon, and the oldest when there are more than the bound. */
    void expire(long nowMillis) {
        while (!commits.isEmpty() && (commits.getFirst().expiresMillis <= nowMillis || seen.size() > Limits.IDS_MAX)) {
            commits.removeFirst().ids.forEach(seen::remove);
        }
    }

    /** The bytes of ids, 16 each. */
    static byte[] toBytes(List<Id> ids) {
        ByteBuffer bytes = ByteBuffer.allocate(16 * ids.size());
        ids.forEach(id -> bytes.putLong(id.high).putLong(id.low));
        return bytes.array();
    }

    /** Takes the ids of a stored commit, at start. */
    void restore(byte[] stored, long expiresMillis) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        List<Id> ids = new ArrayList<>();
        while (bytes.remaining() >= 16) {
            ids.add(new Id(bytes.getLong(), bytes.getLong()));
        }
        seen.addAll(ids);
        commits.add(new Commit(expiresMillis, ids));
    }
}
