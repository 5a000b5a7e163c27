package dev.weir.flow;

import dev.weir.graph.Graph;
import dev.weir.graph.Steps;
import dev.weir.model.Chunk;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import dev.weir.model.Record;
import dev.weir.model.Refusal;
import dev.weir.wire.RecordDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Step 10-decode: from records to parcels of events, by lane, in the order of the shard.
 *
 * <p>A record with a chunk header belongs to the lane that the header names. Any other record is foreign: each event of it belongs to the
 * lane of its key, if it was put under that key and the shard holds that whole lane (see {@link ShardMap}); else to the shard's pass-through lane. What
 * cannot be decoded goes there too, to be parked. Not thread-safe.
 */
final class Decode<T> {
    private final Lanes lanes;
    private final ShardMap shards;
    private final RecordDecoder records;
    private final String bot;
    private final LineDecode<T> lineDecode;
    private final Map<LaneId, List<Parcel<T>>> parcels = new LinkedHashMap<>();
    private final int eventsMax;
    private long bytes;
    private long events;

    Decode(Graph<T, ?, ?> graph, Lanes lanes, ShardMap shards, RecordDecoder records) {
        this.records = records;
        this.lanes = lanes;
        this.shards = shards;
        this.bot = graph.name();
        this.lineDecode = new LineDecode<>(graph);
        this.eventsMax = graph.steps().map(Steps::eventsAtOnce).orElse(Integer.MAX_VALUE);
    }

    /** Adds the next record of the batch. */
    void add(Record record) {
        Parcel.Origin origin = new Parcel.Origin(record.shardId(), record.sequenceNumber(), record.arrivalMillis());
        int index = 0;
        for (RecordDecoder.Part part : records.decode(record.data())) {
            Refusal refusal = part.refusal() != null ? part.refusal() : mismatch(part.chunk());
            if (refusal != null) {
                refuse(origin, index, Json.of(record.data()), refusal);
                index++;
                continue;
            }
            String partitionKey = part.partitionKey() != null ? part.partitionKey() : record.partitionKey();
            place(origin, index, partitionKey, part.chunk(), part.lines());
            index += part.lines().size();
        }
        events += index;
    }

    /** What was added since the last call. */
    Map<LaneId, List<Parcel<T>>> take() {
        Map<LaneId, List<Parcel<T>>> taken = new LinkedHashMap<>(parcels);
        parcels.clear();
        bytes = 0;
        events = 0;
        return taken;
    }

    /** Whether enough was added for the lanes to run over it. */
    boolean isFull() {
        return bytes >= Limits.SLICE_BYTES || events >= eventsMax;
    }

    private @Nullable Refusal mismatch(@Nullable Chunk chunk) {
        if (chunk == null || (chunk.lanes() == lanes.count() && chunk.lane() >= 0 && chunk.lane() < lanes.count())) {
            return null;
        }
        return new Refusal("record was written for another number of lanes: producer=" + chunk.producer() + " lane="
                + chunk.lane() + " lanes=" + chunk.lanes() + " streamLanes=" + lanes.count()
                + "; give writer and bot the same number");
    }

    private void refuse(Parcel.Origin origin, int index, Json data, Refusal refusal) {
        LaneId lane = new LaneId.PassThrough(origin.shardId());
        put(lane, new Parcel<>(origin, null, 0, index, List.of(data), List.of(new Content.Bad<>(refusal))));
    }

    private void place(Parcel.Origin origin, int index, String partitionKey, @Nullable Chunk chunk, List<Json> texts) {
        String producer = chunk == null ? null : chunk.producer();
        List<Json> lines = new ArrayList<>(texts.size());
        for (Json text : texts) {
            lines.add(ParkingCommand.noted(bot, chunk, lines.size(), text));
        }
        List<Content<T>> contents = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            contents.add(lineDecode.decode(producer, origin, index + i, lines.get(i)));
        }
        if (chunk != null) {
            put(new LaneId.Slice(chunk.lane()), new Parcel<>(origin, producer, chunk.seq(), index, lines, contents));
            return;
        }
        int from = 0;
        while (from < lines.size()) {
            LaneId lane = foreignLane(origin, partitionKey, contents.get(from));
            int to = from + 1;
            while (to < lines.size()
                    && foreignLane(origin, partitionKey, contents.get(to)).equals(lane)) {
                to++;
            }
            put(lane, new Parcel<>(origin, null, 0, index + from, lines.subList(from, to), contents.subList(from, to)));
            from = to;
        }
    }

    private LaneId foreignLane(Parcel.Origin origin, String partitionKey, Content<T> content) {
        if (content instanceof Content.Fact<T> fact && partitionKey.equals(fact.key())) {
            int lane = lanes.of(partitionKey);
            if (shards.isDirect(origin.shardId(), lane)) {
                return new LaneId.Slice(lane);
            }
        }
        return new LaneId.PassThrough(origin.shardId());
    }

    private void put(LaneId lane, Parcel<T> parcel) {
        if (parcel.count() > 0) {
            parcels.computeIfAbsent(lane, _ -> new ArrayList<>()).add(parcel);
            bytes += parcel.bytes();
        }
    }
}
