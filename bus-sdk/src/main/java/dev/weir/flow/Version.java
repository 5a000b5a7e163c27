package dev.weir.flow;

import dev.weir.model.Digits;

/**
 * Which published version of its function runs a bot: Lambda numbers them 1, 2, 3, ... and uses no number again, not even for a function that
 * was deleted and made anew. See {@link Spine} for what it is good for.
 *
 * @param number from 1; 0 for a function without published versions, as on this machine
 */
public record Version(long number) {

    /** Of a function that has no versions. */
    public static final Version NONE = new Version(0);

    private static final String UNPUBLISHED = "$LATEST";
    private static final int DIGITS_MAX = 18;

    public Version {
        if (number < 0) {
            throw new IllegalArgumentException("a version is a number from 1: version=" + number);
        }
    }

    /**
     * As Lambda tells it: {@code "7"}; {@code "$LATEST"} or nothing is {@link #NONE}. Throws {@link IllegalArgumentException} for anything
     * else.
     */
    public static Version of(String text) {
        if (text.isEmpty() || text.equals(UNPUBLISHED)) {
            return NONE;
        }
        if (!Digits.areWhole(text) || text.length() > DIGITS_MAX || text.startsWith("0")) {
            throw new IllegalArgumentException("a version is a number from 1, or " + UNPUBLISHED + ": version=" + text);
        }
        return new Version(Long.parseLong(text));
    }

    /** Whether it is one. */
    public boolean isNone() {
        return number == 0;
    }

    /** The higher of the two. {@link #NONE} is below all others. */
    public Version orHigher(Version other) {
        return number >= other.number ? this : other;
    }

    /** {@code 7}, or {@code none}. */
    @Override
    public String toString() {
        return isNone() ? "none" : Long.toString(number);
    }
}
