package dev.weir.pipeline;

import dev.weir.model.Json;
import java.util.List;

/**
 * Runs the programs of a pipeline: one process for each step and key. What a process remembers is what it has read, so one that is gone, or has
 * read what was not committed, is replaced by a new one that reads the same lines again, from the log that the pipeline keeps in a
 * queue of its own; what it answers to those is known and thrown away.
 *
 * <p>Thread-safe; one key is used by one thread at a time.
 */
public interface Programs {

    /** What names a process. */
    record Id(String bot, String step, String key) {
        /** Logical name of the queue with the lines that it has read. */
        public String log() {
            return bot + "." + step + ".log";
        }
    }

    /**
     * How far a program has come as far as is committed.
     *
     * @param read lines that it has read
     * @param written lines that it wrote and that went on
     */
    record Progress(long read, long written) {}

    /**
     * Gives a line to a program that has come so far.
     *
     * @return the next lines that it wrote, as far as they are there; in order, and none that {@code progress} counts
     * @throws dev.weir.port.StoreUnavailableException if it died: from then on it is given line by line, to find out at which
     * @throws IllegalStateException if it dies of this line, does not answer it, or answers what is no JSON
     */
    List<Json> give(Id id, Program program, Progress progress, Json line);

    /** Waits for all that it has still to write; the same otherwise. */
    List<Json> rest(Id id, Program program, Progress progress);
}
