package dev.weir.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of an event in a queue, in the format of RStreams: {@code z/2026/11/20/17/05/1795194307123-0000042}, UTC. Ids sort as text.
 *
 * @param epochMillis milliseconds since the epoch, 0 to {@value #MILLIS_MAX} (13 digits)
 * @param index position within the millisecond, 0 to {@value #INDEX_MAX} (7 digits)
 */
public record Eid(long epochMillis, long index) implements Comparable<Eid> {

    public static final long MILLIS_MAX = 9_999_999_999_999L;
    public static final long INDEX_MAX = 9_999_999L;

    private static final DateTimeFormatter PREFIX =
            DateTimeFormatter.ofPattern("'z/'uuuu/MM/dd/HH/mm/", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern FORMAT = Pattern.compile("z/\\d{4}/\\d\\d/\\d\\d/\\d\\d/\\d\\d/(\\d{13})-(\\d{7,})");

    public Eid {
        if (epochMillis < 0 || epochMillis > MILLIS_MAX || index < 0 || index > INDEX_MAX) {
            throw new IllegalArgumentException("eid out of range: epochMillis=" + epochMillis + " index=" + index);
        }
    }

    /** Reads a full id; empty for anything else, partial ids included. */
    public static Optional<Eid> parse(String text) {
        var match = FORMAT.matcher(text);
        return match.matches() && match.group(2).length() == 7
                ? Optional.of(new Eid(Long.parseLong(match.group(1)), Long.parseLong(match.group(2))))
                : Optional.empty();
    }

    /** The first id of a run of {@code count} ids that are all above this one, none before {@code epochMillis}, and of one millisecond. */
    public Eid nextRun(long epochMillis, long count) {
        if (epochMillis > this.epochMillis) {
            return new Eid(epochMillis, 0);
        }
        return index + count <= INDEX_MAX ? new Eid(this.epochMillis, index + 1) : new Eid(this.epochMillis + 1, 0);
    }

    /** The id {@code count} places after this one in the same millisecond. */
    public Eid plus(long count) {
        return new Eid(epochMillis, index + count);
    }

    @Override
    public int compareTo(Eid other) {
        int byTime = Long.compare(epochMillis, other.epochMillis);
        return byTime != 0 ? byTime : Long.compare(index, other.index);
    }

    @Override
    public String toString() {
        String millis = Long.toString(epochMillis);
        String place = Long.toString(index);
        return PREFIX.format(Instant.ofEpochMilli(epochMillis)) + "0".repeat(13 - millis.length()) + millis + "-"
                + "0".repeat(7 - place.length()) + place;
    }
}
