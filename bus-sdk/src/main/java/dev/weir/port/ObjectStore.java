package dev.weir.port;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One bucket of the shape of S3: whole objects of bytes under keys. An object is never seen in part: readers find the last one that was
 * stored, or the one before. All reads are strongly consistent.
 *
 * <p>Thread-safe. Reads and deletes retry what passes by themselves and throw {@link StoreUnavailableException} when it does not pass; a
 * put does not retry, it answers with an {@link ObjectOutcome}. A request that breaks a limit of {@link ObjectLimits} is a bug of the
 * caller and throws {@link IllegalArgumentException}.
 */
public interface ObjectStore {

    /** What a put does when its key has an object. */
    enum IfPresent {

        /** The new object takes the place of the old one; of two puts at once, either may be the last. */
        REPLACE,

        /** The old object stays and the put answers {@link ObjectOutcome.AlreadyThere}; of several puts at once, one stores. */
        KEEP
    }

    /**
     * Stores an object. The bytes are not kept; the caller may change them afterwards.
     *
     * @param data at most {@link ObjectLimits#OBJECT_BYTES_MAX}; may be empty
     */
    ObjectOutcome put(String key, byte[] data, IfPresent ifPresent);

    /**
     * Stores what a stream gives. It is read to its end before anything is sent, so that no half of it can be stored. Does not close it.
     *
     * @param bytes how many bytes the stream gives, at most {@link ObjectLimits#OBJECT_BYTES_MAX}
     * @throws IOException if the stream fails; nothing was stored
     * @throws IllegalArgumentException if the stream gives more or fewer bytes; nothing was stored
     */
    default ObjectOutcome put(String key, InputStream data, int bytes, IfPresent ifPresent) throws IOException {
        ObjectLimits.check(key);
        ObjectLimits.checkBytes(key, bytes);
        byte[] whole = data.readNBytes(bytes);
        if (whole.length < bytes || data.read() >= 0) {
            throw new IllegalArgumentException("the stream has another length than was said: key=" + key + " bytes="
                    + bytes + " read=" + whole.length);
        }
        return put(key, whole, ifPresent);
    }

    /**
     * The whole object, or empty if there is none.
     *
     * @throws IllegalArgumentException if it has more than {@link ObjectLimits#OBJECT_BYTES_MAX}, which others can store: read it by ranges
     */
    Optional<byte[]> get(String key);

    /**
     * A part of an object, or empty if there is no object. Where the object ends before the range does, the part is shorter; where it ends
     * before the range begins, the part has no bytes.
     *
     * @param fromByte the first byte, counted from 0
     * @param bytes most bytes to return, 1 to {@link ObjectLimits#OBJECT_BYTES_MAX}
     */
    Optional<byte[]> getRange(String key, long fromByte, int bytes);

    /** How many bytes the object has, or empty if there is none. */
    OptionalLong size(String key);

    /**
     * The keys that begin with a prefix and come after a key, ascending by their UTF-8 bytes. To go on, ask after the last key of the list
     * before.
     *
     * @param prefix may be empty, for all keys
     * @param afterExclusive a key, which need not exist; or empty, for all keys
     * @param limit most keys to return, at least 1; {@link Integer#MAX_VALUE} for all
     */
    List<String> list(String prefix, String afterExclusive, int limit);

    /** Removes an object; repeats until done. Deleting what is not there succeeds. */
    void delete(String key);
}
