package dev.weir.program;

import dev.weir.flow.Bus;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.pipeline.Programs;
import dev.weir.pipeline.Programs.Kept;
import dev.weir.port.StoreUnavailableException;
import dev.weir.queue.Page;
import dev.weir.queue.Position;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueHead;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueReader;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The lines that programs have read, and their snapshots, as the commits of their pipelines put them into queues. Thread-safe. */
final class ProgramLog {
    private final Bus bus;
    private final Queues queues;

    ProgramLog(Bus bus, Queues queues) {
        this.bus = bus;
        this.queues = queues;
    }

    /** The id of the last event of the log; empty if there is none. */
    String end(Programs.Id id) {
        return queues.head(queue(id)).flatMap(QueueHead::maxEid).orElse("");
    }

    /**
     * Gives the lines that a program has read, in order: those that the snapshot does not know of, up to a number.
     *
     * @throws StoreUnavailableException if they are not all there: what is not committed is in no log yet
     */
    void read(Programs.Id id, Kept from, long to, Consumer<Json> lines) {
        long[] next = {from.lines()};
        if (next[0] < to) {
            scan(id, from.after(), entry -> {
                if (entry instanceof LogEntry.Lines(long number, List<Json> some)) {
                    for (int i = (int) Math.max(0, next[0] - number); i < some.size() && next[0] < to; i++) {
                        require(number + i == next[0], id, next[0], to);
                        lines.accept(some.get(i));
                        next[0]++;
                    }
                }
                return next[0] < to;
            });
            require(next[0] == to, id, next[0], to);
        }
    }

    /** The state that a program told. */
    Json snapshot(Programs.Id id, Kept place) {
        List<String> parts = new ArrayList<>();
        boolean[] isWhole = {false};
        scan(id, place.after(), entry -> {
            if (entry instanceof LogEntry.Part part
                    && part.snapshot() == place.lines()
                    && part.part() == parts.size()) {
                parts.add(part.text());
                isWhole[0] = parts.size() == part.of();
            }
            return !isWhole[0];
        });
        if (!isWhole[0]) {
            throw new StoreUnavailableException("the log of a program does not hold its snapshot: " + text(id)
                    + " lines=" + place.lines() + " after=" + place.after());
        }
        return SnapshotText.state(parts);
    }

    /** Reads what is the program's own, as long as more is wanted. */
    private void scan(Programs.Id id, String after, Predicate<LogEntry> more) {
        QueueReader reader = queues.reader(queue(id), Position.of(after));
        Page page;
        do {
            page = reader.next(ReadLimits.DEFAULTS).orThrow();
            for (QueueEvent event : page.events()) {
                LogEntry entry = LogEntry.of(event.payload(), id.key());
                if (entry != null && !more.test(entry)) {
                    return;
                }
            }
        } while (!page.isEnd());
    }

    private QueueName queue(Programs.Id id) {
        return QueueName.of(bus.queue(id.log(), new LaneId.Slice(bus.lanes().of(id.key()))));
    }

    private static void require(boolean holds, Programs.Id id, long next, long count) {
        if (!holds) {
            throw new StoreUnavailableException("the log of a program does not hold what it has read: " + text(id)
                    + " lines=" + count + " missing=" + next
                    + "; a new process begins with the next batch, or the log was not kept");
        }
    }

    private static String text(Programs.Id id) {
        return "bot=" + id.bot() + " step=" + id.step() + " key=" + id.key();
    }
}
