package dev.weir.flow;

import dev.weir.model.Chunk;
import dev.weir.model.LaneId;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.PutOutcome;
import dev.weir.port.Shard;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import dev.weir.wire.RecordDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the lanes of a bot on queues hear what is sent to them: what is a stream to a bot on a stream. A record waits as an item until its
 * lane has committed it. Sent again it is the same item, and a lane that has taken it already drops it by its sender's number; so it may
 * wait here long after, or come twice.
 *
 * <p>Records must begin with the header of a numbering producer, which names the lane. Thread-safe.
 */
public final class Inbox implements Streams {
    private static final String SHARD = "inbox:";
    private static final String KIND = "inbox#";
    private static final int LANE_DIGITS = 4;
    private static final int SEQ_DIGITS = 19;

    /** Records that a lane takes at once. */
    private static final int TAKEN_MAX = 100;

    private final Bus bus;
    private final String partition;
    private final Items items;

    /** The inbox of a bot. */
    public Inbox(Bus bus, String bot, Items items) {
        this.bus = bus;
        this.partition = bot + "/inbox";
        this.items = items;
    }

    /** Whether a record came from here: then the numbers of its sender alone tell whether it is new. */
    static boolean is(String shardId) {
        return shardId.startsWith(SHARD);
    }

    /** What waits for one lane, and the keys under which it waits. */
    record Waiting(List<Record> records, List<Key> keys) {}

    boolean isEmpty() {
        return items.query(bus.checkpoints(), partition, KIND, SortKeys.end(KIND), 1)
                .isEmpty();
    }

    /** The first records of a lane, each sender's in the order of its numbers. */
    Waiting waiting(LaneId.Slice lane) {
        String from = KIND + padded(lane.index(), LANE_DIGITS);
        List<Item> found = items.query(bus.checkpoints(), partition, from + "#", from + "$", TAKEN_MAX);
        return new Waiting(
                found.stream().map(this::record).toList(),
                found.stream().map(Item::key).toList());
    }

    private Record record(Item item) {
        return new Record(SHARD + item.text("from"), SequenceNumber.ZERO, "", 0, item.bytes("data"));
    }

    @Override
    public List<PutOutcome> put(String stream, List<StreamRecord> records) {
        return records.stream().map(this::put).toList();
    }

    private PutOutcome put(StreamRecord record) {
        Chunk chunk = header(record.data());
        if (chunk == null) {
            throw new IllegalArgumentException(
                    "a record for a lane begins with its sender's header: partitionKey=" + record.partitionKey());
        }
        String lane = padded(chunk.lane(), LANE_DIGITS);
        String sort = KIND + lane + "#" + chunk.producer() + "#" + padded(chunk.seq(), SEQ_DIGITS);
        Item item = Item.at(new Key(bus.checkpoints(), partition, sort))
                .with("from", chunk.producer())
                .with("data", record.data())
                .build();
        return switch (items.write(new Write.Put(item, Condition.ALWAYS))) {
            case WriteOutcome.Written _ -> new PutOutcome.Accepted(SHARD + lane, Long.toString(chunk.seq()));
            case WriteOutcome.ConditionFailed _ -> new PutOutcome.Refused("condition");
            case WriteOutcome.Retry(String reason) -> new PutOutcome.Refused(reason);
            case WriteOutcome.Unknown(String reason) -> new PutOutcome.Unknown(reason);
        };
    }

    private static @Nullable Chunk header(byte[] data) {
        return new RecordDecoder().decode(data).getFirst().chunk();
    }

    /** None: lanes are written to by name. */
    @Override
    public List<Shard> shards(String stream) {
        return List.of();
    }

    private static String padded(long number, int digits) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
