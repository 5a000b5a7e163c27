package dev.weir.flow;

import dev.weir.cron.Checkpoint;
import dev.weir.cron.CronWrite;
import dev.weir.graph.Output;
import dev.weir.port.Write;
import dev.weir.queue.QueueName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one commit writes into the rows of bots: for each author of its lines, and each of his queues, the id of his last event there. One
 * write for each row. Not thread-safe.
 */
final class WriteCheckpoints {
    private record Place(String bot, QueueName queue) {}

    /** What an author wrote to a queue so far. */
    private static final class Written {
        private Ids.Run run = _ -> "";
        private long index;
        private long sourceMillis;
        private long writtenMillis;
        private long records;

        private void add(Output.Author author, Ids.Run inRun, long atIndex) {
            index = inRun == run ? Math.max(index, atIndex) : atIndex;
            run = inRun;
            sourceMillis = Math.max(sourceMillis, author.sourceMillis());
            writtenMillis = Math.max(writtenMillis, author.writtenMillis());
            records += author.records();
        }

        private Checkpoint checkpoint(long nowMillis) {
            return new Checkpoint(run.id(index), sourceMillis, writtenMillis, nowMillis, records);
        }
    }

    private final Bus bus;
    private final long nowMillis;
    private final Set<String> without;
    private final Map<Place, Written> written = new LinkedHashMap<>();
    private Place last = new Place("", QueueName.of("-"));
    private Written lastWritten = new Written();

    /**
     * @param without bots whose rows are left alone, because they cannot be written
     */
    WriteCheckpoints(Bus bus, long nowMillis, Set<String> without) {
        this.bus = bus;
        this.nowMillis = nowMillis;
        this.without = without;
    }

    /** The author has an event with this index in a run; his last one is the last of the run that was told of last. */
    void wrote(Output.Author author, Ids.Run run, long index) {
        if (!author.bot().equals(last.bot) || !author.queue().equals(last.queue)) {
            last = new Place(author.bot(), author.queue());
            lastWritten = written.computeIfAbsent(last, _ -> new Written());
        }
        lastWritten.add(author, run, index);
    }

    void addTo(List<Write> writes) {
        Map<String, CronWrite> rows = new LinkedHashMap<>();
        written.forEach((place, his) -> {
            if (!without.contains(place.bot)) {
                rows.computeIfAbsent(place.bot, bot -> CronWrite.of(bus.cron(), bot))
                        .write(place.queue, his.checkpoint(nowMillis));
            }
        });
        rows.values().forEach(row -> writes.add(row.build()));
    }
}
