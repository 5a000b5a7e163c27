package dev.weir.local.mapping;

import dev.weir.model.SequenceNumber;

/** A place in a shard from which to read on. Immutable. */
public sealed interface Position {

    Position TRIM_HORIZON = new TrimHorizon();
    Position LATEST = new Latest();
    Position END = new End();

    /** The text that {@link #parse} reads: the AWS name, with the argument after a colon. */
    String text();

    /** The oldest record that is still there. */
    record TrimHorizon() implements Position {
        @Override
        public String text() {
            return "TRIM_HORIZON";
        }
    }

    /** What arrives from now on. A source resolves it at the first read; it never comes back as {@link ShardSource.Read#next}. */
    record Latest() implements Position {
        @Override
        public String text() {
            return "LATEST";
        }
    }

    /** The first record that arrived at or after a time, in milliseconds since the epoch. */
    record AtTimestamp(long epochMillis) implements Position {
        @Override
        public String text() {
            return "AT_TIMESTAMP:" + epochMillis;
        }
    }

    /** The record after this one. */
    record After(SequenceNumber sequenceNumber) implements Position {
        @Override
        public String text() {
            return "AFTER_SEQUENCE_NUMBER:" + sequenceNumber;
        }
    }

    /** Behind the last record of a closed shard, with every record done. */
    record End() implements Position {
        @Override
        public String text() {
            return "SHARD_END";
        }
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException for any other text
     */
    static Position parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String argument = text.substring(colon + 1);
        return switch (name) {
            case "TRIM_HORIZON" -> TRIM_HORIZON;
            case "LATEST" -> LATEST;
            case "SHARD_END" -> END;
            case "AT_TIMESTAMP" -> new AtTimestamp(Long.parseLong(argument));
            case "AFTER_SEQUENCE_NUMBER" -> new After(new SequenceNumber(argument));
            default -> throw new IllegalArgumentException("not a position in a shard: text=" + text);
        };
    }
}
