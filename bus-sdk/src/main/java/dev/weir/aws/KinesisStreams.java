package dev.weir.aws;

import dev.weir.port.PutOutcome;
import dev.weir.port.Shard;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.StreamLimits;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * {@link Streams} on Kinesis. A put is sent once: whether to put again is the writer's to decide, who knows the order. Lists of shards
 * are asked for again until they come. Thread-safe. Does not close the client.
 */
public final class KinesisStreams implements Streams {
    private final KinesisClient client;
    private final Patience patience;

    /**
     * @param client a client that does not retry, as {@link Clients} makes them
     * @param time for the pauses between attempts
     * @throws IllegalArgumentException if the client retries
     */
    public KinesisStreams(KinesisClient client, Time time) {
        this.client = Clients.requireNoRetries(client);
        this.patience = new Patience(time);
    }

    @Override
    public List<PutOutcome> put(String stream, List<StreamRecord> records) {
        StreamLimits.checkPut(stream, records);
        List<PutRecordsRequestEntry> entries =
                records.stream().map(KinesisStreams::entry).toList();
        try {
            return client.putRecords(put -> put.streamName(stream).records(entries)).records().stream()
                    .map(KinesisStreams::outcome)
                    .toList();
        } catch (SdkException failed) {
            return Collections.nCopies(records.size(), outcome(stream, failed));
        }
    }

    @Override
    public List<Shard> shards(String stream) {
        List<Shard> shards = new ArrayList<>();
        String next = null;
        do {
            ListShardsRequest request = page(stream, next);
            ListShardsResponse response =
                    patience.repeat("ListShards stream=" + stream, () -> client.listShards(request));
            response.shards().forEach(shard -> shards.add(shard(shard)));
            next = response.nextToken();
        } while (next != null);
        shards.sort(Comparator.comparing(Shard::id));
        return List.copyOf(shards);
    }

    /** A token stands for the stream; Kinesis refuses both together. */
    private static ListShardsRequest page(String stream, @Nullable String token) {
        ListShardsRequest.Builder request = ListShardsRequest.builder();
        return (token == null ? request.streamName(stream) : request.nextToken(token)).build();
    }

    private static PutRecordsRequestEntry entry(StreamRecord record) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(record.partitionKey())
                .explicitHashKey(record.explicitHashKey())
                .data(SdkBytes.fromByteArrayUnsafe(record.data()))
                .build();
    }

    private static PutOutcome outcome(PutRecordsResultEntry result) {
        return result.errorCode() == null
                ? new PutOutcome.Accepted(result.shardId(), result.sequenceNumber())
                : new PutOutcome.Refused(result.errorCode());
    }

    private static PutOutcome outcome(String stream, SdkException failed) {
        return switch (Failure.of(failed)) {
            case PASSES -> new PutOutcome.Refused(Failure.code(failed));
            case UNANSWERED -> new PutOutcome.Unknown(Failure.code(failed));
            case REFUSED ->
                throw new IllegalArgumentException(
                        "a put was refused: stream=" + stream + " message=" + failed.getMessage(), failed);
            case BROKEN ->
                throw new StoreUnavailableException(
                        "a put was turned away, nothing was put: stream=" + stream + " code=" + Failure.code(failed),
                        failed);
        };
    }

    private static Shard shard(software.amazon.awssdk.services.kinesis.model.Shard shard) {
        return new Shard(
                shard.shardId(),
                Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
                        .filter(Objects::nonNull)
                        .toList(),
                new BigInteger(shard.hashKeyRange().startingHashKey()),
                new BigInteger(shard.hashKeyRange().endingHashKey()),
                shard.sequenceNumberRange().endingSequenceNumber() == null);
    }
}
