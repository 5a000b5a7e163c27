package dev.weir.local.kinesis;

/**
 * One record as it is read from a shard.
 *
 * @param sequenceNumber 56 decimal digits, increasing over the whole stream
 * @param partitionKey the key it was put under
 * @param data the bytes that were put; shared, not copied: do not write to them
 * @param arrivalMillis arrival, milliseconds since the epoch; never decreases within a stream
 */
public record StoredRecord(String sequenceNumber, String partitionKey, byte[] data, long arrivalMillis) {}
