package dev.weir.flow;

import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import dev.weir.port.Key;
import dev.weir.port.Table;

/**
 * The names of one bus: what a logical stream, queue or table is called in the account.
 *
 * @param prefix begins every physical name, for example {@code weir}
 * @param lanes the lanes of its streams
 */
public record Bus(String prefix, Lanes lanes) {

    public String stream(String logical) {
        return prefix + "-" + logical;
    }

    /** Everything a lane keeps besides the rows of its state: checkpoint, journal, held and parked events, outbox, ids. */
    public Table checkpoints() {
        return new Table(prefix + "-checkpoints", "lane", "item");
    }

    /** The rows of a bot's state. */
    public Table state(String bot, String table) {
        return new Table(prefix + "-" + bot + "-" + table, "key", "lane");
    }

    /** The chunks of queues, in the shape of RStreams' LeoStream. */
    public Table queues() {
        return new Table(prefix + "-stream", "event", "end");
    }

    /** The heads of queues, in the shape of RStreams' LeoEvent. */
    public Table heads() {
        return new Table(prefix + "-event", "event", null);
    }

    /** The queue, or with several lanes the sub-queue, that a lane writes. */
    public String queue(String logical, LaneId lane) {
        return switch (lane) {
            case LaneId.Slice slice -> lanes.count() == 1 ? logical : logical + "." + slice.index();
            case LaneId.PassThrough shard -> logical + "." + shard.text();
        };
    }

    /** The partition of a lane in {@link #checkpoints}. */
    String partition(String bot, LaneId lane) {
        return bot + "/" + lane.text();
    }

    Key checkpoint(String bot, LaneId lane) {
        return new Key(checkpoints(), partition(bot, lane), "checkpoint");
    }

    Key control(String bot) {
        return new Key(checkpoints(), bot, "control");
    }
}
