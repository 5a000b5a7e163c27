package dev.weir.port;

import org.jspecify.annotations.Nullable;

/**
 * One record to put.
 *
 * @param partitionKey 1 to 256 characters
 * @param explicitHashKey decimal 0 to 2^128-1 that overrides the hash of the partition key, or null
 * @param data at most {@link Streams#RECORD_BYTES_MAX} bytes together with the partition key; not copied
 */
public record StreamRecord(String partitionKey, @Nullable String explicitHashKey, byte[] data) {}
