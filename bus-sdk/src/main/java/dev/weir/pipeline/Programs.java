package dev.weir.pipeline;

import dev.weir.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Runs the programs of a pipeline: one process for each step and key. What a process remembers is what it has read, so one that is gone, or has
 * read what was not committed, is replaced by a new one that reads the same lines again, from the log that the pipeline keeps in a
 * queue of its own; what it answers to those is known and thrown away. One that was asked for its state begins with that, and reads
 * only what came after it.
 *
 * <p>Thread-safe; one key is used by one thread at a time.
 */
public interface Programs {

    /** Most characters of a snapshot when it is compressed; it goes into one commit. */
    int SNAPSHOT_CHARS_MAX = 1_500_000;

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
     * @param digest of what it has read, in its order: a process that has read something else is not this one
     * @param kept its last snapshot
     * @param recent the last lines that it has read, which are not in the log yet; nobody changes the list
     */
    record Progress(long read, long written, long digest, Kept kept, List<Json> recent) {
        public static final Progress NONE = new Progress(0, 0, 0, Kept.NONE, List.of());

        /** After one line more. */
        public Progress and(Json line) {
            List<Json> lines = new ArrayList<>(recent.size() + 1);
            lines.addAll(recent);
            lines.add(line);
            return new Progress(read + 1, written, digest(digest, line), kept, lines);
        }

        /** How many of the lines are in the log. */
        public long logged() {
            return read - recent.size();
        }

        /** The digest after one line more. */
        public static long digest(long before, Json line) {
            CRC32C sum = new CRC32C();
            sum.update(line.array(), line.from(), line.length());
            return (before * 0x9E3779B97F4A7C15L + sum.getValue() + 1) & Long.MAX_VALUE;
        }
    }

    /**
     * Where a snapshot is.
     *
     * @param lines how many lines it knows of; 0 if there is none
     * @param after the id in the log behind which it is, and all lines that it does not know of
     */
    record Kept(long lines, String after) {
        public static final Kept NONE = new Kept(0, "");
    }

    /**
     * A snapshot to be put into the log.
     *
     * @param parts text that only {@link Programs} understands, in pieces that fit into events
     */
    record Snapshot(Kept place, List<String> parts) {}

    /**
     * What a program wrote.
     *
     * @param lines in order
     * @param snapshot one that is newer than that of the progress, if there is one; all that was written before it has gone on with these lines
     */
    record Answers(List<Json> lines, Optional<Snapshot> snapshot) {}

    /**
     * Gives a line to a program that has come so far.
     *
     * @param line on one line
     * @return the next lines that it wrote, as far as they are there; in order, and none that {@code progress} counts
     * @throws dev.weir.port.StoreUnavailableException if it died: from then on it is given line by line, to find out at which
     * @throws IllegalStateException if it dies of this line, does not answer it, or answers what is no JSON
     */
    Answers give(Id id, Program program, Progress progress, Json line);

    /** Waits for all that it has still to write; the same otherwise. Of much it answers the first part. */
    Answers rest(Id id, Program program, Progress progress);
}
