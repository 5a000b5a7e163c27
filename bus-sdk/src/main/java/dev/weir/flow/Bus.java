package dev.weir.flow;

import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.queue.QueueTables;
import java.util.List;

/**
 * The names of one bus: what a logical stream, queue or table is called in the account.
 *
 * @param prefix begins every physical name, for example {@code weir}
 * @param lanes the lanes of its streams
 */
public record Bus(String prefix, Lanes lanes) {

    /** The logical name of the stream that carries the events of all queues, RStreams' LeoKinesisStream. */
    public static final String EVENTS = "bus";

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

    /** Rows that pipelines keep for others to read; they publish their changes. */
    public Table rows(String table) {
        return new Table(prefix + "-rows-" + table, "key", null, true);
    }

    /** The chunks of queues, in the shape of RStreams' LeoStream. */
    public Table queues() {
        return new Table(prefix + "-stream", "event", "end");
    }

    /** The heads of queues, in the shape of RStreams' LeoEvent. Its changes wake the bots of the queues. */
    public Table heads() {
        return new Table(prefix + "-event", "event", null, true);
    }

    /** The bots, in the shape of RStreams' LeoCron: what wakes them, how far they are, who runs. Its changes start and end runs. */
    public Table cron() {
        return new Table(prefix + "-cron", "id", null, true);
    }

    /** Small values of the bus itself and locks of programs, in the shape of RStreams' LeoSettings. */
    public Table settings() {
        return new Table(prefix + "-settings", "id", null);
    }

    /** Systems that are no queues and no bots, in the shape of RStreams' LeoSystem. */
    public Table system() {
        return new Table(prefix + "-system", "id", null);
    }

    /** The tables that every bus has, whatever bots it runs. */
    public List<Table> tables() {
        return List.of(checkpoints(), queues(), heads(), cron(), settings(), system());
    }

    /** The bucket of large and old events, in the shape of RStreams' LeoS3. */
    public String bucket() {
        return prefix + "-bus";
    }

    /** Where the queues of the bus are. Its stream is the one that brings events into queues. */
    public QueueTables queueTables() {
        return new QueueTables(queues(), heads(), cron(), stream(EVENTS), lanes, bucket());
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

    /** What a lane of the bot that has no checkpoint yet begins with, if somebody chose the version that serves the bot. */
    Key serving(String bot) {
        return new Key(checkpoints(), bot, "serving");
    }
}
