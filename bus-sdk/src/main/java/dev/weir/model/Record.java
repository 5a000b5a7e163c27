package dev.weir.model;

/**
 * One Kinesis record as a function receives it.
 *
 * @param shardId for example {@code shardId-000000000000}
 * @param sequenceNumber its number in the shard
 * @param partitionKey the key it was put under
 * @param arrivalMillis approximate arrival, milliseconds since the epoch
 * @param data the bytes that were put; not copied
 */
public record Record(
        String shardId, SequenceNumber sequenceNumber, String partitionKey, long arrivalMillis, byte[] data) {}
