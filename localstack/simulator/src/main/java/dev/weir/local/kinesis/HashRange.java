package dev.weir.local.kinesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A run of hash keys, both ends inclusive, within 0 to {@link #LAST_KEY}. */
record HashRange(BigInteger first, BigInteger last) {

    static final BigInteger KEYS = BigInteger.ONE.shiftLeft(128);
    static final BigInteger LAST_KEY = KEYS.subtract(BigInteger.ONE);

    /** Equal ranges over all keys; the last takes what does not divide. */
    static List<HashRange> uniform(int count) {
        BigInteger width = KEYS.divide(BigInteger.valueOf(count));
        List<HashRange> ranges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            BigInteger first = width.multiply(BigInteger.valueOf(i));
            ranges.add(new HashRange(
                    first, i == count - 1 ? LAST_KEY : first.add(width).subtract(BigInteger.ONE)));
        }
        return ranges;
    }

    static boolean isKey(BigInteger hash) {
        return hash.signum() >= 0 && hash.compareTo(LAST_KEY) <= 0;
    }

    /** Whether both halves of a cut before this key would hold a key. */
    boolean canSplitAt(BigInteger hash) {
        return hash.compareTo(first) > 0 && hash.compareTo(last) <= 0;
    }

    List<HashRange> splitAt(BigInteger hash) {
        return List.of(new HashRange(first, hash.subtract(BigInteger.ONE)), new HashRange(hash, last));
    }

    boolean touches(HashRange other) {
        return last.add(BigInteger.ONE).equals(other.first)
                || other.last.add(BigInteger.ONE).equals(first);
    }

    HashRange union(HashRange neighbour) {
        return new HashRange(first.min(neighbour.first), last.max(neighbour.last));
    }
}
