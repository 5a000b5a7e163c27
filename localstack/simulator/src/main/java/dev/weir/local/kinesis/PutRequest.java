package dev.weir.local.kinesis;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * One record to put.
 *
 * @param partitionKey 1 to {@value KinesisLimits#PARTITION_KEY_CHARS_MAX} characters
 * @param explicitHashKey decides the shard, 0 to 2^128 - 1; without it the MD5 of the partition key does
 * @param data not copied: do not write to it afterwards
 */
public record PutRequest(String partitionKey, @Nullable BigInteger explicitHashKey, byte[] data) {}
