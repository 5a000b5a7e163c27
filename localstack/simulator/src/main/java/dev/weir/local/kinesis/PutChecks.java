package dev.weir.local.kinesis;

import java.math.BigInteger;
import java.util.List;

/** What PutRecord and PutRecords refuse before a shard sees a record. Source: API reference, PutRecord and PutRecords. */
final class PutChecks {

    private PutChecks() {}

    static void check(List<PutRequest> records) {
        if (records.isEmpty() || records.size() > KinesisLimits.RECORDS_PER_PUT_MAX) {
            throw refuse(
                    KinesisError.VALIDATION,
                    "a call takes 1 to " + KinesisLimits.RECORDS_PER_PUT_MAX + " records: records=" + records.size());
        }
        long bytes = 0;
        for (PutRequest record : records) {
            bytes += check(record);
        }
        if (bytes > KinesisLimits.BYTES_PER_PUT_MAX) {
            throw refuse(
                    KinesisError.INVALID_ARGUMENT,
                    "a call takes at most " + KinesisLimits.BYTES_PER_PUT_MAX + " bytes of data and keys: bytes="
                            + bytes);
        }
    }

    private static int check(PutRequest record) {
        String key = record.partitionKey();
        int chars = key.codePointCount(0, key.length());
        if (chars < 1 || chars > KinesisLimits.PARTITION_KEY_CHARS_MAX) {
            throw refuse(
                    KinesisError.VALIDATION,
                    "a partition key has 1 to " + KinesisLimits.PARTITION_KEY_CHARS_MAX + " characters: characters="
                            + chars);
        }
        BigInteger hash = record.explicitHashKey();
        if (hash != null && !HashRange.isKey(hash)) {
            throw refuse(
                    KinesisError.INVALID_ARGUMENT,
                    "Invalid ExplicitHashKey. It must be in [0, 2^128-1]: ExplicitHashKey=" + hash);
        }
        int bytes = HeldRecord.countedBytes(key, record.data());
        if (bytes > KinesisLimits.RECORD_BYTES_MAX) {
            throw refuse(
                    KinesisError.VALIDATION,
                    "a record has at most " + KinesisLimits.RECORD_BYTES_MAX + " bytes of data and key: bytes="
                            + bytes);
        }
        return bytes;
    }

    private static KinesisException refuse(KinesisError error, String message) {
        return new KinesisException(error, message);
    }
}
