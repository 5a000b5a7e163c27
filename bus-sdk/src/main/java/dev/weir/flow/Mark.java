package dev.weir.flow;

import java.util.ArrayList;
import java.util.List;

/**
 * How far one scope of numbers has come: the next number, and the ranges that were passed without having been seen. Immutable.
 *
 * <p>A scope is a producer in a lane (layer two of dedupe), or a key whose events carry a sequence number (layer three).
 *
 * @param next the number that is ready; all below it were seen, but for the gaps
 * @param gaps ranges that were given up, ascending; what arrives from them is late
 */
record Mark(long next, List<Gap> gaps) {

    /** Numbers {@code from} to {@code to - 1}. */
    record Gap(long from, long to) {}

    /** What a number means to the scope. */
    enum Arrival {
        /** The next number. */
        READY,
        /** A number after the next: its predecessors are missing. */
        EARLY,
        /** Seen before. */
        SEEN,
        /** From a gap that was passed. */
        LATE
    }

    static final Mark FIRST = new Mark(1, List.of());

    Arrival meet(long number) {
        if (number >= next) {
            return number == next ? Arrival.READY : Arrival.EARLY;
        }
        return gaps.stream().anyMatch(gap -> number >= gap.from && number < gap.to) ? Arrival.LATE : Arrival.SEEN;
    }

    Mark advancedTo(long number) {
        return new Mark(number, gaps);
    }

    /** The mark after the numbers from {@code next} up to {@code number} were given up. */
    Mark passing(long number) {
        List<Gap> more = new ArrayList<>(gaps);
        more.add(new Gap(next, number));
        return new Mark(number, List.copyOf(more.size() > Limits.GAPS_MAX ? more.subList(1, more.size()) : more));
    }

    /** The mark after a late number arrived: a second copy of it will be SEEN. */
    Mark withoutLate(long number) {
        List<Gap> rest = new ArrayList<>();
        for (Gap gap : gaps) {
            if (number < gap.from || number >= gap.to) {
                rest.add(gap);
                continue;
            }
            if (number > gap.from) {
                rest.add(new Gap(gap.from, number));
            }
            if (number + 1 < gap.to) {
                rest.add(new Gap(number + 1, gap.to));
            }
        }
        return new Mark(next, List.copyOf(rest));
    }

    /** {@code next} and the gaps as {@code from-to}, separated by commas: {@code 17,3-5,9-10}. */
    String text() {
        StringBuilder text = new StringBuilder().append(next);
        gaps.forEach(gap -> text.append(',').append(gap.from).append('-').append(gap.to));
        return text.toString();
    }

    static Mark parse(String text) {
        String[] parts = text.split(",", -1);
        List<Gap> gaps = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            int dash = parts[i].indexOf('-');
            gaps.add(
                    new Gap(Long.parseLong(parts[i].substring(0, dash)), Long.parseLong(parts[i].substring(dash + 1))));
        }
        return new Mark(Long.parseLong(parts[0]), List.copyOf(gaps));
    }
}
