package dev.weir.queue;

/** Why a page ended. */
public sealed interface Stop {

    /** Everything was read that is there. Read again later. */
    record End() implements Stop {}

    /** The bound of entries was reached; more may be there. */
    record Events() implements Stop {}

    /** The bound of bytes was reached; more may be there. */
    record Bytes() implements Stop {}

    /** The time was over, or a store did not answer in time; more may be there. */
    record Time() implements Stop {}

    /**
     * What comes next cannot be read: an object is missing, or a chunk is damaged. Every further page is empty and ends like this, until it
     * can be read, or the reader is told to pass it over.
     *
     * @param queue key of the queue, or of the sub-queue
     * @param eid id of the first event in it that is missing
     * @param end id of the last event in it
     * @param where what could not be read: the key of an object, or the chunk itself
     * @param reason what is wrong with it
     */
    record Unreadable(String queue, String eid, String end, String where, String reason) implements Stop {

        /** All of it in one sentence. */
        public String message() {
            return "events cannot be read; mend it, or pass it over: queue=" + queue + " eid=" + eid + " end=" + end
                    + " where=" + where + " reason=" + reason;
        }
    }

    Stop END = new End();
    Stop EVENTS = new Events();
    Stop BYTES = new Bytes();
    Stop TIME = new Time();
}
