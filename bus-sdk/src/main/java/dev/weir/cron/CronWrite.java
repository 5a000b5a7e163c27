package dev.weir.cron;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Edit;
import dev.weir.port.ItemLimits;
import dev.weir.port.Key;
import dev.weir.port.Path;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.queue.QueueName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One change of a bot's row, to be put into a transaction with what it belongs to, or written alone. All checkpoints of a commit go into
 * one of these, because a transaction writes a row once.
 *
 * <pre>{@code
 * Write row = CronWrite.of(bus.cron(), "enrich")
 *         .read(queue, before, now)
 *         .write(outputs, written)
 *         .under(lock)
 *         .build();
 * }</pre>
 *
 * <p>It fails its condition if the row, or one of its maps, is not there ({@link CronRows#ensure} mends that), if a checkpoint is no longer
 * what it was expected to be (somebody set it: read the row again), or if the lock is lost (stop). Not thread-safe.
 */
public final class CronWrite {

    /** Most read checkpoints in one write: with the two conditions of a lock, they are all that a write may have. */
    public static final int READS_MAX = ItemLimits.CONDITIONS_MAX - 2;

    private final Key key;
    private final List<Edit> edits = new ArrayList<>();
    private final List<Condition> conditions = new ArrayList<>();

    private CronWrite(Key key) {
        this.key = key;
    }

    /** A change of the row of a bot. */
    public static CronWrite of(Table cron, String bot) {
        return new CronWrite(CronRows.key(cron, bot));
    }

    /**
     * Moves a read checkpoint.
     *
     * @param expected the id that was read from the row before; empty if there was none. If another is there now, nothing is written
     */
    public CronWrite read(QueueName queue, Optional<String> expected, Checkpoint checkpoint) {
        Path path = Paths.read(queue);
        Path eid = path.then("checkpoint");
        conditions.add(expected.map(Attribute::of)
                .map(before -> Condition.equal(eid, before))
                .orElseGet(() -> Condition.absent(eid)));
        edits.add(new Edit.Set(path, checkpoint.toAttribute()));
        return this;
    }

    /** Sets a read checkpoint whatever it was, as operators do. */
    public CronWrite reset(QueueName queue, Checkpoint checkpoint) {
        edits.add(new Edit.Set(Paths.read(queue), checkpoint.toAttribute()));
        return this;
    }

    /** Sets a write checkpoint. The caller's transaction keeps it in order: it is written with the queue's head. */
    public CronWrite write(QueueName queue, Checkpoint checkpoint) {
        edits.add(new Edit.Set(Paths.write(queue), checkpoint.toAttribute()));
        return this;
    }

    /** Writes only while the run holds its lock. */
    public CronWrite under(Lock lock) {
        conditions.add(lock.held());
        return this;
    }

    /** The write as it stands. A store refuses it if nothing is changed, or if a queue is named twice. */
    public Write.Edits build() {
        return new Write.Edits(key, edits, conditions.isEmpty() ? Condition.ALWAYS : new Condition.AllOf(conditions));
    }
}
