package dev.weir.bench.race;

/**
 * What one round took.
 *
 * @param processorNanos processor time of the process, its compilers and its collector included
 * @param clockNanos time by the clock
 * @param serversNanos processor time of servers in processes of their own meanwhile; 0 if there are none
 * @param results tally of the results
 */
public record Round(long processorNanos, long clockNanos, long serversNanos, String results) {

    /** Of a side that was not there. */
    public static final Round NONE = new Round(0, 0, 0, "none");

    /** From its text. */
    public static Round of(String line) {
        String[] words = line.split(" ");
        return new Round(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]), words[3]);
    }

    /** One line. */
    public String text() {
        return processorNanos + " " + clockNanos + " " + serversNanos + " " + results;
    }
}
