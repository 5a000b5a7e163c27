package dev.weir.local.up;

import dev.weir.local.mapping.DiscardedBatch;
import dev.weir.local.mapping.FailureDestination;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Puts what a mapping gives up into a bucket, records and all, where Lambda puts it. Source: AWS Lambda Developer Guide, "Retain discarded
 * batch records for a Kinesis Data Streams event source". Thread-safe.
 *
 * @param mapping stands for the identity of the mapping, which a template does not know
 */
record GivenUp(S3Client s3, String bucket, String mapping, LongSupplier epochMillis) implements FailureDestination {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH.mm.ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public void send(DiscardedBatch discarded, byte[] json) {
        Instant now = Instant.ofEpochMilli(epochMillis.getAsLong());
        String key = String.join(
                "/",
                "aws/lambda",
                mapping,
                discarded.batch().first().shardId(),
                DAY.format(now),
                TIME.format(now) + "-" + UUID.randomUUID());
        s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(json));
    }
}
