package dev.weir.model;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The lanes of a stream: {@code count} equal slices of the space of hash keys, 0 to 2^128 - 1. Fixed for the life of the stream.
 *
 * <p>The lane of a key is the slice in which the MD5 of its UTF-8 bytes falls, as Kinesis itself hashes partition keys
 * (Kinesis Data Streams, API reference, PutRecord). The upper 32 bits of the hash decide.
 *
 * @param count 1 to {@value #COUNT_MAX}
 */
public record Lanes(int count) {

    public static final int COUNT_MAX = 4096;

    /** Never used itself. */
    private static final MessageDigest FRESH_MD5 = freshMd5();

    private static final BigInteger SLICE = BigInteger.ONE.shiftLeft(96);

    public Lanes {
        if (count < 1 || count > COUNT_MAX) {
            throw new IllegalArgumentException("lanes must be 1 to " + COUNT_MAX + ": lanes=" + count);
        }
    }

    /** The lane of a key, 0 to {@code count - 1}. */
    public int of(String key) {
        return count == 1 ? 0 : ofHash(md5(key));
    }

    /** The lowest hash key of a lane: writers send the records of the lane with it, so that no shard border cuts a lane. */
    public BigInteger firstHash(int lane) {
        long upper = ((long) lane << 32) / count;
        boolean exact = upper * count == (long) lane << 32;
        return SLICE.multiply(BigInteger.valueOf(exact ? upper : upper + 1));
    }

    /** The highest hash key of a lane. */
    public BigInteger lastHash(int lane) {
        return lane == count - 1
                ? SLICE.shiftLeft(32).subtract(BigInteger.ONE)
                : firstHash(lane + 1).subtract(BigInteger.ONE);
    }

    private int ofHash(byte[] md5) {
        long upper = (md5[0] & 0xFFL) << 24 | (md5[1] & 0xFFL) << 16 | (md5[2] & 0xFFL) << 8 | (md5[3] & 0xFFL);
        return (int) (upper * count >>> 32);
    }

    /** The hash key of a partition key as Kinesis computes it. */
    public static BigInteger hashKey(String key) {
        return new BigInteger(1, md5(key));
    }

    /** Looking the algorithm up takes longer than hashing a key, so a fresh digest is copied instead. */
    private static byte[] md5(String key) {
        try {
            return ((MessageDigest) FRESH_MD5.clone()).digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the digest cannot be copied: algorithm=MD5", e);
        }
    }

    private static MessageDigest freshMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
