package dev.weir.port;

import dev.weir.model.Digits;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The limits of {@link Streams} that can be told from a request alone. Every adapter checks them before it sends. */
public final class StreamLimits {

    /** Most characters of a partition key. Source: Kinesis, PutRecords. */
    public static final int PARTITION_KEY_CHARS_MAX = 256;

    /** The highest hash key: 2^128 - 1. Source: Kinesis, HashKeyRange. */
    public static final BigInteger HASH_KEY_MAX = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

    private static final int HASH_KEY_DIGITS_MAX = 39;

    private StreamLimits() {}

    /**
     * Checks a put.
     *
     * @throws IllegalArgumentException if it has no record or breaks a limit; says which
     */
    public static void checkPut(String stream, List<StreamRecord> records) {
        if (records.isEmpty() || records.size() > Streams.PUT_RECORDS_MAX) {
            throw new IllegalArgumentException("a put has 1 to " + Streams.PUT_RECORDS_MAX + " records: stream="
                    + stream + " records=" + records.size());
        }
        long bytes = 0;
        for (StreamRecord record : records) {
            bytes += check(stream, record);
        }
        if (bytes > Streams.PUT_BYTES_MAX) {
            throw new IllegalArgumentException("a put has at most " + Streams.PUT_BYTES_MAX + " bytes: stream=" + stream
                    + " bytes=" + bytes + " records=" + records.size());
        }
    }

    private static int check(String stream, StreamRecord record) {
        String partitionKey = record.partitionKey();
        int characters = partitionKey.codePointCount(0, partitionKey.length());
        if (characters < 1 || characters > PARTITION_KEY_CHARS_MAX) {
            throw new IllegalArgumentException("a partition key has 1 to " + PARTITION_KEY_CHARS_MAX
                    + " characters: stream=" + stream + " characters=" + characters);
        }
        int bytes = partitionKey.getBytes(StandardCharsets.UTF_8).length + record.data().length;
        if (bytes > Streams.RECORD_BYTES_MAX) {
            throw new IllegalArgumentException("a record has at most " + Streams.RECORD_BYTES_MAX
                    + " bytes, key included: stream=" + stream + " bytes=" + bytes + " partitionKey=" + partitionKey);
        }
        String explicit = record.explicitHashKey();
        if (explicit != null && !isHashKey(explicit)) {
            throw new IllegalArgumentException("an explicit hash key is a decimal of 0 to " + HASH_KEY_MAX + ": stream="
                    + stream + " explicitHashKey=" + explicit);
        }
        return bytes;
    }

    private static boolean isHashKey(String text) {
        return Digits.areWhole(text)
                && text.length() <= HASH_KEY_DIGITS_MAX
                && new BigInteger(text).compareTo(HASH_KEY_MAX) <= 0;
    }
}
