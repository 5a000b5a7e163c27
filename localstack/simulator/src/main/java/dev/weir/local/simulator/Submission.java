package dev.weir.local.simulator;

/**
 * An event that a producer is given to send.
 *
 * @param key its key: events of one key are sent in the order in which they were given, by one producer
 * @param line its JSON text, on one line; no two of a run are the same
 * @param isEvent whether the bot should understand it
 */
public record Submission(String key, String line, boolean isEvent) {

    /** An event. */
    public static Submission of(String key, String line) {
        return new Submission(key, line, true);
    }
}
