package dev.weir.pipeline;

import dev.weir.graph.Puller;

/**
 * What brings events into a feed that is neither a stream nor an ordinary queue. Such a feed is a queue of its name, which a bot of its own
 * fills, exactly once as far as the source can say what was read; the pipeline reads that queue.
 */
public sealed interface Origin {

    /** When it is looked at if nothing tells that there is something new: once a minute. */
    String EVERY_MINUTE = "* * * * *";

    /** What it is, in a word, for pictures. */
    String verb();

    /** Cron text of five or six fields, in UTC. */
    String schedule();

    /**
     * The schedule itself: an event for each moment of it.
     *
     * @param schedule cron text of five or six fields
     */
    record Clock(String schedule) implements Origin {
        @Override
        public String verb() {
            return "schedule";
        }
    }

    /** A function of the user's. */
    record Pulled(String schedule, Puller puller) implements Origin {
        @Override
        public String verb() {
            return "pull";
        }
    }

    /**
     * The changes of a table's rows.
     *
     * @param table logical name
     */
    record TableChanged(String table) implements Origin {
        @Override
        public String verb() {
            return "changes";
        }

        @Override
        public String schedule() {
            return EVERY_MINUTE;
        }
    }

    /**
     * The lines of objects of the bus's bucket.
     *
     * @param prefix with which their keys begin
     */
    record Objects(String prefix, String schedule) implements Origin {
        @Override
        public String verb() {
            return "objects";
        }
    }
}
