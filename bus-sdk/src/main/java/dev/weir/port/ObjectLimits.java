package dev.weir.port;

import java.util.stream.Stream;

/**
 * The limits of {@link ObjectStore} that can be told from a request alone. Every adapter checks them before it sends, so that a bug of
 * the caller shows in memory as it would on AWS. All methods throw {@link IllegalArgumentException} and change nothing.
 */
public final class ObjectLimits {

    /** Most bytes of a key in UTF-8. Source: S3 user guide, naming objects. */
    public static final int KEY_BYTES_MAX = 1024;

    /**
     * Most bytes of one put and of one read: 64 MiB. Ours: they are held in memory, and they must pass within the time of one call. S3
     * itself takes 5 GiB in one put. Source of the latter: S3, PutObject.
     */
    public static final int OBJECT_BYTES_MAX = 64 * 1024 * 1024;

    private static final int UTF8_BYTES_PER_CHAR_MAX = 3;

    private ObjectLimits() {}

    /**
     * Checks a key: 1 to {@value #KEY_BYTES_MAX} bytes, in parts between slashes that are neither empty nor {@code .} nor {@code ..}.
     *
     * <p>The rule about parts is ours. S3 takes nearly every text, but warns of dots; and servers and programs that take keys for paths lose
     * empty parts.
     */
    public static void check(String key) {
        checkText("a key", key);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a key has 1 to " + KEY_BYTES_MAX + " bytes: key is empty");
        }
        if (Stream.of(key.split("/", -1)).anyMatch(ObjectLimits::isNoPart)) {
            throw new IllegalArgumentException("a key has parts between slashes, not empty, not dots: key=" + key);
        }
    }

    /** Checks how many bytes an object has. */
    public static void checkBytes(String key, long bytes) {
        if (bytes < 0 || bytes > OBJECT_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "an object has at most " + OBJECT_BYTES_MAX + " bytes: key=" + key + " bytes=" + bytes);
        }
    }

    /** Checks what a read of a part asks for. */
    public static void checkRange(String key, long fromByte, int bytes) {
        check(key);
        boolean isBeyondCounting = fromByte > Long.MAX_VALUE - OBJECT_BYTES_MAX;
        if (fromByte < 0 || isBeyondCounting || bytes < 1 || bytes > OBJECT_BYTES_MAX) {
            throw new IllegalArgumentException("a range begins at 0 or later and has 1 to " + OBJECT_BYTES_MAX
                    + " bytes: key=" + key + " fromByte=" + fromByte + " bytes=" + bytes);
        }
    }

    /** Checks what a list asks for. The prefix and the key to go on from may be any text, also none. */
    public static void checkList(String prefix, String afterExclusive, int limit) {
        checkText("a prefix", prefix);
        checkText("the key to go on from", afterExclusive);
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: limit=" + limit + " prefix=" + prefix);
        }
    }

    /** Half a surrogate pair has no form in UTF-8: two such texts would become one key. */
    private static void checkText(String what, String text) {
        if (text.codePoints().anyMatch(ObjectLimits::isSurrogate)) {
            throw new IllegalArgumentException(what + " has no half of a surrogate pair: text=" + text);
        }
        if (text.length() * UTF8_BYTES_PER_CHAR_MAX > KEY_BYTES_MAX && ItemSize.utf8(text) > KEY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    what + " has at most " + KEY_BYTES_MAX + " bytes: bytes=" + ItemSize.utf8(text));
        }
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static boolean isNoPart(String part) {
        return part.isEmpty() || part.equals(".") || part.equals("..");
    }
}
