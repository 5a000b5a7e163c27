package dev.weir.local.kinesis;

import dev.weir.local.kinesis.StreamCall.Entry;
import dev.weir.local.kinesis.StreamCall.ShardRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * One of the two servers, and what a program has seen of it. Answers are texts in which only that is left which must be the same on both:
 * an error by its code; shards and records by names of the program's own; sequence numbers by whether they grow. Not thread-safe.
 */
final class StreamSide {
    /** What is answered when a call has nothing to be made on. */
    static final String NOTHING = "nothing to do";

    private static final String MALFORMED_SHARD = "shard 1";
    private static final String UNKNOWN_SHARD = "shardId-000000000999";
    private static final String LATER_NUMBER = "9".repeat(56);
    private static final int SHOWN_RECORDS = 4;
    private static final int READS_MAX = 10_000;
    private static final long READY_SECONDS_MAX = 20;

    private final KinesisClient kinesis;
    private final String prefix;
    private final Map<Integer, SeenStream> streams = new TreeMap<>();
    private final List<String> iterators = new ArrayList<>();

    StreamSide(KinesisClient kinesis, String prefix) {
        this.kinesis = kinesis;
        this.prefix = prefix;
    }

    /** Answers a call; every exception of the server is an answer. */
    String answer(StreamCall call, List<Instant> moments) {
        try {
            return make(call, moments);
        } catch (KinesisException refused) {
            return String.valueOf(refused.awsErrorDetails().errorCode());
        }
    }

    /** What can be told of a call before it is made. */
    Set<CallTrait> traits(StreamCall call) {
        Set<CallTrait> traits = EnumSet.noneOf(CallTrait.class);
        if (Constraints.breaks(call)) {
            traits.add(CallTrait.BREAKS_A_CONSTRAINT);
        }
        if (!streams.containsKey(call.stream())) {
            traits.add(CallTrait.STREAM_IS_UNKNOWN);
        }
        if (call instanceof StreamCall.Split split) {
            seen(split.stream()).traits(split, shardId(split.stream(), split.shard()), traits);
        } else if (call instanceof StreamCall.Merge merge) {
            String shard = shardId(merge.stream(), merge.shard());
            seen(merge.stream()).traits(shard, shardId(merge.stream(), merge.adjacent()), traits);
        } else if (call instanceof StreamCall.Iterate iterate) {
            seen(iterate.stream()).traits(iterate.start(), shardId(iterate), traits);
        }
        return traits;
    }

    /** Drops the iterators that the other side was refused. */
    void forgetIterators(StreamSide other) {
        iterators
                .subList(Math.min(iterators.size(), other.iterators.size()), iterators.size())
                .clear();
    }

    /** Removes what the program has made. */
    void clear() {
        for (int stream : List.copyOf(streams.keySet())) {
            delete(stream);
        }
    }

    private String make(StreamCall call, List<Instant> moments) {
        return switch (call) {
            case StreamCall.Create create -> create(create, moments.size());
            case StreamCall.Delete delete -> delete(delete.stream());
            case StreamCall.Describe describe -> describe(describe.stream());
            case StreamCall.Put put -> put(put.stream(), put.entry());
            case StreamCall.PutAll put -> putAll(put.stream(), put.entries());
            case StreamCall.Split split -> split(split, moments.size());
            case StreamCall.Merge merge -> merge(merge, moments.size());
            case StreamCall.Scale scale -> scale(scale, moments.size());
            case StreamCall.ListShards list -> list(list, moments);
            case StreamCall.Iterate iterate -> iterate(iterate, moments);
            case StreamCall.Read read -> read(read);
            case StreamCall.Drain drain -> drain(drain);
            case StreamCall.Retain retain -> retain(retain);
            case StreamCall.Moment _ -> "";
        };
    }

    private String create(StreamCall.Create create, int moments) {
        String name = name(create.stream());
        kinesis.createStream(to -> to.streamName(name).shardCount(create.shards()));
        streams.put(create.stream(), new SeenStream());
        return refresh(create.stream(), false, moments);
    }

    private String delete(int stream) {
        String name = name(stream);
        kinesis.deleteStream(to -> to.streamName(name));
        streams.remove(stream);
        await(name, () -> {
            try {
                kinesis.describeStreamSummary(of -> of.streamName(name));
                return false;
            } catch (ResourceNotFoundException gone) {
                return true;
            }
        });
        return "deleted";
    }

    private String describe(int stream) {
        StreamDescriptionSummary summary = summary(name(stream));
        return summary.streamStatus() + " " + summary.streamModeDetails().streamMode() + " open="
                + summary.openShardCount() + " hours=" + summary.retentionPeriodHours();
    }

    private String put(int stream, Entry entry) {
        PutRecordsRequestEntry record = record(entry);
        var answer = kinesis.putRecord(to -> to.streamName(name(stream))
                .partitionKey(record.partitionKey())
                .explicitHashKey(record.explicitHashKey())
                .data(record.data()));
        return seen(stream).stored(answer.shardId(), answer.sequenceNumber());
    }

    private String putAll(int stream, List<Entry> entries) {
        List<PutRecordsRequestEntry> records =
                entries.stream().map(StreamSide::record).toList();
        var answer = kinesis.putRecords(to -> to.streamName(name(stream)).records(records));
        return "failed=" + answer.failedRecordCount() + " "
                + answer.records().stream()
                        .map(result -> result.errorCode() == null
                                ? seen(stream).stored(result.shardId(), result.sequenceNumber())
                                : result.errorCode())
                        .collect(Collectors.joining(" "));
    }

    private static PutRecordsRequestEntry record(Entry entry) {
        byte[] data =
                Arrays.copyOf(("r" + entry.id() + " ").getBytes(StandardCharsets.US_ASCII), Math.max(0, entry.bytes()));
        return PutRecordsRequestEntry.builder()
                .partitionKey(entry.key())
                .explicitHashKey(entry.hash().isEmpty() ? null : entry.hash())
                .data(SdkBytes.fromByteArrayUnsafe(data))
                .build();
    }

    private String split(StreamCall.Split split, int moments) {
        String shard = shardId(split.stream(), split.shard());
        String at = seen(split.stream()).cut(split.at(), shard);
        kinesis.splitShard(
                to -> to.streamName(name(split.stream())).shardToSplit(shard).newStartingHashKey(at));
        return refresh(split.stream(), false, moments);
    }

    private String merge(StreamCall.Merge merge, int moments) {
        String shard = shardId(merge.stream(), merge.shard());
        String adjacent = shardId(merge.stream(), merge.adjacent());
        kinesis.mergeShards(
                to -> to.streamName(name(merge.stream())).shardToMerge(shard).adjacentShardToMerge(adjacent));
        return refresh(merge.stream(), false, moments);
    }

    private String scale(StreamCall.Scale scale, int moments) {
        var answer = kinesis.updateShardCount(to -> to.streamName(name(scale.stream()))
                .targetShardCount(scale.shards())
                .scalingType(ScalingType.UNIFORM_SCALING));
        return "from=" + answer.currentShardCount() + " to=" + answer.targetShardCount() + " "
                + refresh(scale.stream(), true, moments);
    }

    private String list(StreamCall.ListShards call, List<Instant> moments) {
        ListShardsRequest.Builder request = ListShardsRequest.builder().streamName(name(call.stream()));
        if (call.pageSize() > 0) {
            request.maxResults(call.pageSize());
        }
        if (call.filter() != StreamCall.Filter.NONE) {
            String after =
                    call.filter() == StreamCall.Filter.AFTER_SHARD_ID ? shardId(call.stream(), call.after()) : null;
            boolean timed = call.filter() == StreamCall.Filter.AT_TIMESTAMP
                    || call.filter() == StreamCall.Filter.FROM_TIMESTAMP;
            Instant at = timed && !moments.isEmpty() ? moments.get(call.moment() % moments.size()) : null;
            request.shardFilter(
                    only -> only.type(call.filter().name()).shardId(after).timestamp(at));
        }
        List<String> pages = new ArrayList<>();
        ListShardsRequest next = request.build();
        while (true) {
            ListShardsResponse page = kinesis.listShards(next);
            pages.add(seen(call.stream()).show(page.shards()));
            if (page.nextToken() == null) {
                return String.join(" | ", pages);
            }
            next = ListShardsRequest.builder()
                    .nextToken(page.nextToken())
                    .maxResults(call.pageSize() > 0 ? call.pageSize() : null)
                    .build();
        }
    }

    /** The shards that a list must show, whatever the other side says; as text, without the borders of pages. */
    String expect(StreamCall.ListShards call, List<Instant> moments) {
        int moment = moments.isEmpty() ? 0 : call.moment() % moments.size();
        return seen(call.stream()).expect(call.filter(), moment, shardId(call.stream(), call.after()));
    }

    private String iterate(StreamCall.Iterate call, List<Instant> moments) {
        String shard = shardId(call);
        GetShardIteratorRequest.Builder request = GetShardIteratorRequest.builder()
                .streamName(name(call.stream()))
                .shardId(shard);
        Instant moment = moments.isEmpty() ? Instant.EPOCH : moments.get(call.number() % moments.size());
        SeenStream seen = seen(call.stream());
        switch (call.start()) {
            case TRIM_HORIZON -> request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
            case LATEST -> request.shardIteratorType(ShardIteratorType.LATEST);
            case AT_RECORD -> at(request, seen.number(shard, true, call.number()));
            case AFTER_RECORD -> after(request, seen.number(shard, true, call.number()));
            case AT_RECORD_ELSEWHERE -> at(request, seen.number(shard, false, call.number()));
            case AFTER_RECORD_ELSEWHERE -> after(request, seen.number(shard, false, call.number()));
            case AT_SHARD_START -> at(request, seen.start(shard));
            case AT_NO_NUMBER -> request.shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER);
            case AT_ZERO -> at(request, "0");
            case AFTER_TEXT -> after(request, "latest");
            case AFTER_LATER_NUMBER -> after(request, LATER_NUMBER);
            case AT_NOTHING -> at(request, "");
            case AT_MOMENT -> at(request, moment);
            case AT_LONG_AGO -> at(request, Instant.EPOCH.plusSeconds(1));
            case AT_FUTURE -> at(request, Instant.now().plus(Duration.ofHours(1)));
            case AT_NO_TIME -> request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP);
        }
        String iterator = kinesis.getShardIterator(request.build()).shardIterator();
        iterators.add(iterator);
        // Shown at once, and the iterator stays where it is: most iterators of a program are never read from again.
        return "iterator "
                + show(kinesis.getRecords(from -> from.shardIterator(iterator).limit(SHOWN_RECORDS)));
    }

    private static void at(GetShardIteratorRequest.Builder request, String number) {
        request.shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER).startingSequenceNumber(number);
    }

    private static void after(GetShardIteratorRequest.Builder request, String number) {
        request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER).startingSequenceNumber(number);
    }

    private static void at(GetShardIteratorRequest.Builder request, Instant time) {
        request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP).timestamp(time);
    }

    private String read(StreamCall.Read read) {
        if (iterators.isEmpty()) {
            return NOTHING;
        }
        int at = read.iterator() % iterators.size();
        String iterator = iterators.get(at);
        GetRecordsResponse answer =
                kinesis.getRecords(from -> from.shardIterator(iterator).limit(read.limit() == 0 ? null : read.limit()));
        if (answer.nextShardIterator() == null) {
            iterators.remove(at);
        } else {
            iterators.set(at, answer.nextShardIterator());
        }
        return show(answer);
    }

    private String drain(StreamCall.Drain drain) {
        String shard = shardId(drain.stream(), drain.shard());
        String next = kinesis.getShardIterator(to -> to.streamName(name(drain.stream()))
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        List<String> pages = new ArrayList<>();
        for (int reads = 0; next != null && reads < READS_MAX; reads++) {
            String iterator = next;
            GetRecordsResponse answer =
                    kinesis.getRecords(from -> from.shardIterator(iterator).limit(drain.limit()));
            pages.add(show(answer));
            next = answer.records().isEmpty() ? null : answer.nextShardIterator();
        }
        return String.join(" | ", pages);
    }

    private String show(GetRecordsResponse answer) {
        String records = answer.records().stream().map(StreamSide::show).collect(Collectors.joining(" "));
        String children = answer.nextShardIterator() == null ? " end children=" + children(answer) : "";
        return "[" + records + "]" + children;
    }

    private static List<String> children(GetRecordsResponse answer) {
        return answer.childShards().stream()
                .map(child -> child.hashKeyRange().startingHashKey() + "-"
                        + child.hashKeyRange().endingHashKey())
                .sorted()
                .toList();
    }

    private static String show(Record record) {
        byte[] data = record.data().asByteArray();
        String head = new String(data, 0, Math.min(8, data.length), StandardCharsets.US_ASCII).trim();
        return head + ":" + Integer.toHexString(record.partitionKey().hashCode()) + ":" + data.length + ":"
                + Integer.toHexString(Arrays.hashCode(data));
    }

    private String retain(StreamCall.Retain retain) {
        String name = name(retain.stream());
        if (retain.increase()) {
            kinesis.increaseStreamRetentionPeriod(to -> to.streamName(name).retentionPeriodHours(retain.hours()));
        } else {
            kinesis.decreaseStreamRetentionPeriod(to -> to.streamName(name).retentionPeriodHours(retain.hours()));
        }
        return describe(retain.stream());
    }

    /** Waits until the stream is active, and shows its shards. */
    private String refresh(int stream, boolean scaled, int moments) {
        String name = name(stream);
        await(name, () -> summary(name).streamStatus() == StreamStatus.ACTIVE);
        return seen(stream)
                .refresh(kinesis.listShards(of -> of.streamName(name)).shards(), scaled, moments);
    }

    private StreamDescriptionSummary summary(String name) {
        return kinesis.describeStreamSummary(of -> of.streamName(name)).streamDescriptionSummary();
    }

    private static void await(String stream, Supplier<Boolean> done) {
        long end = System.nanoTime() + Duration.ofSeconds(READY_SECONDS_MAX).toNanos();
        while (!done.get()) {
            if (System.nanoTime() - end > 0) {
                throw SdkClientException.create("the stream does not get ready: stream=" + stream);
            }
            Thread.onSpinWait();
        }
    }

    /** An iterator at a record is mostly asked of the shard that has it. */
    private String shardId(StreamCall.Iterate call) {
        String named = shardId(call.stream(), call.shard());
        boolean atRecord = call.start() == StreamCall.Start.AT_RECORD || call.start() == StreamCall.Start.AFTER_RECORD;
        return atRecord && call.shard().which() == ShardRef.Which.OPEN
                ? seen(call.stream()).shardOfRecord(call.number(), named)
                : named;
    }

    private String shardId(int stream, ShardRef ref) {
        return switch (ref.which()) {
            case OPEN -> seen(stream).open(ref.index(), 0, UNKNOWN_SHARD);
            case OPEN_NEXT -> seen(stream).open(ref.index(), 1, UNKNOWN_SHARD);
            case ANY -> seen(stream).any(ref.index(), UNKNOWN_SHARD);
            case UNKNOWN -> UNKNOWN_SHARD;
            case MALFORMED -> MALFORMED_SHARD;
        };
    }

    private SeenStream seen(int stream) {
        return streams.getOrDefault(stream, SeenStream.NONE);
    }

    private String name(int stream) {
        return prefix + stream;
    }
}
