package dev.weir.functions.archive;

import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Time;
import dev.weir.queue.ArchiveReport;
import dev.weir.queue.Archiver;
import dev.weir.queue.QueueHead;
import dev.weir.queue.QueueName;
import dev.weir.queue.Queues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One round of the archiver over all queues of a bus. Thread-safe. */
public final class ArchiveRun {

    /** How old an event is before it is archived: an hour, so that readers who keep up find it in the queue. */
    static final long AGE_MILLIS = 3_600_000;

    /**
     * What a round did.
     *
     * @param queues how many queues were looked at
     * @param events how many entries went into archives
     * @param troubles one sentence for each queue that could not be archived to its end
     * @param done whether all queues were looked at; else the next round begins with those that were not
     */
    public record Round(int queues, long events, List<String> troubles, boolean done) {
        public Round {
            troubles = List.copyOf(troubles);
        }
    }

    private final Queues queues;
    private final Archiver archiver;
    private final Time time;

    /** On the queues of a bus and their archiver. */
    public ArchiveRun(Queues queues, Archiver archiver, Time time) {
        this.queues = queues;
        this.archiver = archiver;
        this.time = time;
    }

    /**
     * Archives what is older than an hour; the queue whose archive is the oldest comes first. A queue in trouble does not stop the others.
     *
     * @param deadlineMillis when to begin nothing more, milliseconds since the epoch
     */
    public Round until(long deadlineMillis) {
        long untilMillis = time.epochMillis() - AGE_MILLIS;
        List<String> troubles = new ArrayList<>();
        long events = 0;
        int looked = 0;
        List<QueueHead> heads = oldestFirst();
        for (QueueHead head : heads) {
            if (time.epochMillis() >= deadlineMillis) {
                break;
            }
            looked++;
            try {
                ArchiveReport report = archiver.archive(QueueName.of(head.queue()), untilMillis, deadlineMillis);
                events += report.events();
                if (report.ending() instanceof ArchiveReport.Blocked(var at)) {
                    troubles.add(at.message());
                }
            } catch (StoreUnavailableException | IllegalArgumentException e) {
                troubles.add("queue=" + head.queue() + " " + e.getMessage());
            }
        }
        return new Round(looked, events, troubles, looked == heads.size());
    }

    private List<QueueHead> oldestFirst() {
        return queues.heads().stream()
                .filter(head -> !head.skipArchive() && head.maxEid().isPresent())
                .sorted(Comparator.comparing(
                        (QueueHead head) -> head.archiveEnd().orElse("")))
                .toList();
    }
}
