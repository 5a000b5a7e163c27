package dev.weir.bot;

import dev.weir.cron.Invocation;
import dev.weir.flow.Bus;
import dev.weir.flow.Spine;
import dev.weir.flow.Tally;
import dev.weir.port.Items;
import dev.weir.port.Time;
import java.util.Optional;

/**
 * A {@link SourceRun} as a function that is invoked, by the bus on the bot's schedule or by anybody: takes the lock of the invocation, runs,
 * and says how the run ended. A run whose time ends before the outside has nothing new is followed by another at once. One thread at a time may
 * call it.
 */
public final class SourceBot {
    private final SourceRun source;
    private final long recordsMax;
    private final LockedRun locked;

    /** @param recordsMax after so many records a run is done, whether there is more or not; at least 1 */
    public SourceBot(SourceRun source, long recordsMax, Bus bus, Items items, Time time) {
        if (recordsMax < 1) {
            throw new IllegalArgumentException("a run brings at least one record: recordsMax=" + recordsMax);
        }
        this.source = source;
        this.recordsMax = recordsMax;
        this.locked = new LockedRun(bus, items, time);
    }

    /**
     * One invocation. An exception of the puller comes out; the bot's row says so, and it is tried again after a pause.
     *
     * @param payload what the function was given; an invocation that is not the bus's runs the bot too, without a lock
     * @param requestId unique for this invocation
     * @param remainingMillis how much time it has
     * @return how the run ended; empty if there was none, because another has the invocation or a newer one was made
     */
    public Optional<RunOutcome> invoked(byte[] payload, String requestId, long remainingMillis) {
        LockedRun.Body body = (stop, deadline) -> source.run(recordsMax, stop, deadline, () -> false);
        Optional<Invocation> invocation = Invocation.parse(payload);
        return invocation.isEmpty()
                ? Optional.of(locked.run(remainingMillis, body))
                : locked.begin(invocation.get(), requestId, remainingMillis)
                        .map(lock -> locked.run(lock, remainingMillis, body));
    }

    /** What runs did since this was last asked: see {@link Spine#takeTally}. */
    public Tally takeTally() {
        return source.takeTally();
    }
}
