package dev.weir.queue;

import java.time.Instant;

/** Where reading begins. */
public sealed interface Position {

    /** With the snapshot of the queue if it has one, else with the oldest event there is, in the archive or in the queue. */
    record Beginning() implements Position {}

    /** Behind the last event that there is when the reader first reads. */
    record Now() implements Position {}

    /**
     * Behind an event; a partial id, for example {@code z/2026/11}, is before all that begin with it.
     *
     * @param eid a full or partial id, also one that begins with {@code _snapshot/}; not empty
     */
    record After(String eid) implements Position {
        public After {
            if (!eid.startsWith(EIDS) && !eid.startsWith(SNAPSHOTS)) {
                throw new IllegalArgumentException("a position is an event id, which begins with z/: eid=" + eid);
            }
        }
    }

    /** With the first event whose id is of this moment or later. */
    record At(Instant moment) implements Position {}

    /** The beginning of the queue. */
    static Position beginning() {
        return new Beginning();
    }

    /** The end of the queue, as it is when it is first read. */
    static Position now() {
        return new Now();
    }

    /** How all ids begin. */
    String EIDS = "z/";

    /** How the ids of snapshots begin. */
    String SNAPSHOTS = "_snapshot/";

    /** Reads the text of {@link #text}, and event ids as other programs store them; empty text and {@code z/} are the beginning. */
    static Position of(String text) {
        String stripped = text.strip();
        return switch (stripped) {
            case "", EIDS -> beginning();
            case "now" -> now();
            default -> new After(stripped);
        };
    }

    /** The position as text that can be stored: the id it is after, {@code now}, or nothing for the beginning. */
    default String text() {
        return switch (this) {
            case Beginning() -> "";
            case Now() -> "now";
            case After(String eid) -> eid;
            case At(Instant moment) -> Eids.prefix(moment.toEpochMilli());
        };
    }
}
