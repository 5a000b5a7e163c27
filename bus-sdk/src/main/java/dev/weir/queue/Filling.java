package dev.weir.queue;

import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A page that is being filled. Not thread-safe. */
final class Filling {
    private final ReadLimits limits;
    private final Time time;
    private final long beganMillis;
    private final List<QueueEntry> entries = new ArrayList<>();
    private long bytes;

    Filling(ReadLimits limits, Time time) {
        this.limits = limits;
        this.time = time;
        this.beganMillis = time.epochMillis();
    }

    void add(QueueEntry entry) {
        entries.add(entry);
        bytes += entry.line().length() + 1;
    }

    boolean isFull() {
        return entries.size() >= limits.events() || bytes >= limits.bytes();
    }

    Optional<Stop> full() {
        if (entries.size() >= limits.events()) {
            return Optional.of(Stop.EVENTS);
        }
        return bytes >= limits.bytes() ? Optional.of(Stop.BYTES) : Optional.empty();
    }

    /** Asked before anything that takes time. */
    Optional<Stop> late() {
        boolean isLate = !entries.isEmpty() && time.epochMillis() - beganMillis >= limits.millis();
        return isLate ? Optional.of(Stop.TIME) : Optional.empty();
    }

    /** What was read is given, also when a store then does not answer: the reader has passed it. */
    Optional<Stop> answered(Supplier<Optional<Stop>> call) {
        try {
            return call.get();
        } catch (StoreUnavailableException e) {
            if (entries.isEmpty()) {
                throw e;
            }
            return Optional.of(Stop.TIME);
        }
    }

    Page ended(Stop stop) {
        return new Page(entries, stop);
    }
}
