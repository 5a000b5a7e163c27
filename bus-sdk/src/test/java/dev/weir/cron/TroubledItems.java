package dev.weir.cron;

import dev.weir.memory.MemoryItems;
import dev.weir.port.ForwardingItems;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/** Items in memory whose next writes go as a test says; after those all goes well. */
final class TroubledItems extends ForwardingItems {
    final MemoryItems memory;
    private final Deque<Function<Write, WriteOutcome>> next = new ArrayDeque<>();
    int writes;

    TroubledItems() {
        this(new MemoryItems());
    }

    private TroubledItems(MemoryItems memory) {
        super(memory);
        this.memory = memory;
    }

    /** Somebody else acts between what the writer read and its next write. */
    void before(Runnable other) {
        next.add(write -> {
            other.run();
            return memory.write(write);
        });
    }

    void throttle() {
        next.add(_ -> new WriteOutcome.Retry("ThrottlingException"));
    }

    void loseRequest() {
        next.add(_ -> new WriteOutcome.Unknown("the request was lost"));
    }

    void loseAnswer() {
        next.add(write -> {
            memory.write(write);
            return new WriteOutcome.Unknown("the answer was lost");
        });
    }

    /** From now on all goes well. */
    void calm() {
        next.clear();
    }

    @Override
    public WriteOutcome write(Write write) {
        writes++;
        Function<Write, WriteOutcome> how = next.poll();
        return how == null ? memory.write(write) : how.apply(write);
    }
}
