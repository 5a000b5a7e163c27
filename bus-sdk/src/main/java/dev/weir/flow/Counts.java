package dev.weir.flow;

import dev.weir.port.Attribute;
import dev.weir.port.Item;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What became of a lane's events, counted. The counts are part of the checkpoint, so they are as exact as the state: a repeated batch
 * does not count twice. Not thread-safe.
 */
public final class Counts {

    /** What is counted. */
    public enum Count {
        /** Events that took effect: the bot's function returned. */
        PROCESSED,
        /** Additions from other lanes that took effect. */
        MERGED,
        /** Foreign events sent on to the lane of their key. */
        FORWARDED,
        /** Dropped by layer one: the shard delivered them before. */
        REDELIVERED,
        /** Dropped by layer two: the producer sent them before. */
        RETRIED_BY_PRODUCER,
        /** Dropped by layer three: id or sequence number seen before. */
        SAME_BUSINESS_ID,
        /** Ranges of an archive that it had already. */
        SAME_RANGE,
        /** Put aside until their predecessors arrived. */
        HELD,
        /** Gaps that were passed after their deadline. */
        GAPS,
        /** Parked, with payload and reason. */
        PARKED,
        /** Parked events that an operator put back: no longer parked. */
        PUT_BACK,
        /** Parked events that an operator dropped. */
        DROPPED,
        /** Commands addressed to another bot. */
        NOT_OURS
    }

    private final Map<Count, Long> counts = new EnumMap<>(Count.class);

    void add(Count count, long n) {
        if (n != 0) {
            counts.merge(count, n, Long::sum);
        }
    }

    public long of(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    /** Adds all of another lane's counts. */
    public void addAll(Counts other) {
        other.counts.forEach(this::add);
    }

    /** The counts by their names in the checkpoint. */
    public Map<String, Long> byName() {
        Map<String, Long> names = new LinkedHashMap<>();
        counts.forEach((count, n) -> names.put(name(count), n));
        return names;
    }

    /** What was counted since an earlier {@link #byName}. */
    public Counts since(Map<String, Long> earlier) {
        Counts difference = new Counts();
        counts.forEach((count, n) -> difference.add(count, n - earlier.getOrDefault(name(count), 0L)));
        return difference;
    }

    /** What was counted since an earlier {@link #copy}. */
    Counts since(Counts earlier) {
        Counts difference = new Counts();
        counts.forEach((count, n) -> difference.add(count, n - earlier.of(count)));
        return difference;
    }

    /** The counts as they are now. */
    Counts copy() {
        Counts copy = new Counts();
        copy.counts.putAll(counts);
        return copy;
    }

    private static String name(Count count) {
        return count.name().toLowerCase(Locale.ROOT);
    }

    Attribute toAttribute() {
        Map<String, Attribute> entries = new LinkedHashMap<>();
        counts.forEach((count, n) -> entries.put(name(count), Attribute.of(n)));
        return Attribute.of(entries);
    }

    static Counts from(Item checkpoint) {
        Counts result = new Counts();
        Map<String, Attribute> entries = checkpoint.struct("counts");
        for (Count count : Count.values()) {
            if (entries.get(name(count)) instanceof Attribute.Number number) {
                result.add(count, number.value().longValueExact());
            }
        }
        return result;
    }
}
