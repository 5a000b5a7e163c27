package dev.weir.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The events of a lane that wait for their predecessors. Bounded by {@link Limits#HELD_EVENTS_MAX}, {@link Limits#HELD_BYTES_MAX} and, per
 * scope, by a deadline. Not thread-safe.
 *
 * <p>What is held is stored by the commit that lets the checkpoint pass it: the entries of one commit in one or a few items
 * ("segments"). A segment is deleted after the commit that used up its last entry; if that does not happen, the numbers in the checkpoint
 * show at the next start that it is used up.
 */
final class Held<T> {

    /** Held events of one scope with consecutive numbers. */
    static final class Entry<T> {
        final Scope scope;
        final long number;
        final Parcel<T> parcel;
        final long sinceMillis;

        /** Sort key of the item that stores it; null until committed. */
        @Nullable
        String segment;

        boolean gone;

        Entry(Scope scope, long number, Parcel<T> parcel, long sinceMillis) {
            this.scope = scope;
            this.number = number;
            this.parcel = parcel;
            this.sinceMillis = sinceMillis;
        }

        int count() {
            return parcel.lines().size();
        }
    }

    private final Map<Scope, TreeMap<Long, Entry<T>>> waiting = new HashMap<>();
    private final Deque<Entry<T>> byAge = new ArrayDeque<>();
    private final Map<String, Integer> live = new HashMap<>();
    private final List<Entry<T>> fresh = new ArrayList<>();
    private final List<String> usedUp = new ArrayList<>();
    private long events;
    private long bytes;
    private long freshBytes;

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    long events() {
        return events;
    }

    boolean overflows() {
        return events > Limits.HELD_EVENTS_MAX || bytes > Limits.HELD_BYTES_MAX;
    }

    /** Puts events aside; answers how many of them were not held already. */
    int hold(Scope scope, long number, Parcel<T> parcel, long nowMillis) {
        TreeMap<Long, Entry<T>> numbers = waiting.computeIfAbsent(scope, _ -> new TreeMap<>());
        Entry<T> known = numbers.get(number);
        int skip = known == null ? 0 : Math.min(known.count(), parcel.lines().size());
        if (skip == parcel.lines().size()) {
            return 0;
        }
        if (skip > 0) {
            return hold(scope, number + skip, parcel.from(skip), nowMillis);
        }
        Entry<T> entry = new Entry<>(scope, number, parcel, nowMillis);
        fresh.add(entry);
        freshBytes += parcel.bytes() + 256;
        keep(entry);
        return entry.count();
    }

    /** Takes an entry that was stored, at start. */
    void restore(Entry<T> entry, String segment) {
        entry.segment = segment;
        live.merge(segment, 1, Integer::sum);
        keep(entry);
    }

    private void keep(Entry<T> entry) {
        waiting.computeIfAbsent(entry.scope, _ -> new TreeMap<>()).put(entry.number, entry);
        byAge.add(entry);
        events += entry.count();
        bytes += entry.parcel.bytes();
    }

    /** The held events of a scope with the lowest number, if that is not above {@code next}. */
    Optional<Entry<T>> ready(Scope scope, long next) {
        TreeMap<Long, Entry<T>> numbers = waiting.get(scope);
        return numbers == null || numbers.firstKey() > next
                ? Optional.empty()
                : Optional.of(numbers.firstEntry().getValue());
    }

    /** The entry that waits longest, if any. */
    Optional<Entry<T>> oldest() {
        while (!byAge.isEmpty() && byAge.getFirst().gone) {
            byAge.removeFirst();
        }
        return Optional.ofNullable(byAge.peekFirst());
    }

    /** The lowest number held in a scope that holds something. */
    long lowest(Scope scope) {
        TreeMap<Long, Entry<T>> numbers = waiting.get(scope);
        if (numbers == null) {
            throw new IllegalStateException("nothing is held: scope=" + scope);
        }
        return numbers.firstKey();
    }

    /** All events of the entry were used. */
    void release(Entry<T> entry) {
        TreeMap<Long, Entry<T>> numbers = waiting.get(entry.scope);
        if (numbers != null) {
            numbers.remove(entry.number);
            if (numbers.isEmpty()) {
                waiting.remove(entry.scope);
            }
        }
        entry.gone = true;
        events -= entry.count();
        bytes -= entry.parcel.bytes();
        if (entry.segment != null && live.merge(entry.segment, -1, Integer::sum) == 0) {
            live.remove(entry.segment);
            usedUp.add(entry.segment);
        }
    }

    /** Entries that the next commit must store. */
    List<Entry<T>> fresh() {
        fresh.removeIf(entry -> entry.gone);
        return fresh;
    }

    /** An upper bound of the bytes of {@link #fresh}. */
    long freshBytes() {
        return freshBytes;
    }

    /** Segments of which nothing is needed once the present state is committed; forgets them. */
    List<String> takeUsedUp() {
        List<String> taken = List.copyOf(usedUp);
        usedUp.clear();
        return taken;
    }

    /** The fresh entries were committed in these segments, one for each entry in order. */
    void committed(List<String> segments) {
        for (int i = 0; i < fresh.size(); i++) {
            fresh.get(i).segment = segments.get(i);
            live.merge(segments.get(i), 1, Integer::sum);
        }
        fresh.clear();
        freshBytes = 0;
    }
}
