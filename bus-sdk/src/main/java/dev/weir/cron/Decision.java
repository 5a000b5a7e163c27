package dev.weir.cron;

/** Whether a bot is to run now, and why. Made from a row and the time alone by {@link Decide}. */
@SuppressWarnings("SameNameButDifferent") // each decision has its own reasons
public sealed interface Decision {

    /** It is to run now. */
    record Run(Why why) implements Decision {

        /** What makes it run. */
        public enum Why {
            /** Somebody asked for it by hand; it runs although it is paused. */
            FORCED,
            /** It was woken: a queue has a new event, or somebody marked it. */
            WOKEN,
            /** A moment of its schedule has come. */
            SCHEDULED,
            /** The moment for which it was put off has come. */
            PUT_OFF,
            /** Its last run failed, and the pause after it is over. */
            FAILED_BEFORE,
            /** Its last run did not end in its time. */
            KILLED_BEFORE,
            /** A queue has events that it has not read. */
            BEHIND
        }
    }

    /**
     * It is not to run before a moment, and then this is to be asked again.
     *
     * @param untilMillis the moment, in milliseconds since the epoch
     */
    record Wait(Why why, long untilMillis) implements Decision {

        /** What it waits for. */
        public enum Why {
            /** The run that it is in. */
            RUNNING,
            /** The end of the pause after a failed run. */
            BACKING_OFF,
            /** The same, but it has failed so often that somebody should look. */
            ROGUE,
            /** The end of the pause after a run that moved no checkpoint though there was something to read. */
            IDLE,
            /** The moment for which it was put off. */
            PUT_OFF,
            /** The next moment of its schedule. */
            SCHEDULED
        }
    }

    /** It is not to run until something changes. */
    record Nothing(Why why) implements Decision {

        /** Why not. */
        public enum Why {
            /** It is kept for the record only. */
            ARCHIVED,
            /** Somebody paused it. */
            PAUSED,
            /** It names no function: a program outside of the bus. */
            NO_FUNCTION,
            /** It has a schedule that is not understood, and nothing else to do. */
            BAD_SCHEDULE,
            /** It has read all that there is. */
            UP_TO_DATE
        }
    }
}
