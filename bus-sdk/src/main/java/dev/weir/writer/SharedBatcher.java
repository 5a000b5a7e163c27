package dev.weir.writer;

import dev.weir.model.Json;
import dev.weir.port.PutOutcome;
import dev.weir.port.Time;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The batcher behind a lock, and all waiting: puts wait for room, flush and close for progress, senders for work. Thread-safe. What its
 * methods throw is said at {@link StreamWriter}.
 */
final class SharedBatcher {

    private final Producer producer;
    private final Elapsed elapsed;
    private final ReentrantLock lock = new ReentrantLock();
    /** For senders: a lane may be due. */
    private final Condition work = lock.newCondition();
    /** For flush and close: something was settled, or a sender ended. */
    private final Condition progress = lock.newCondition();
    /** For put: the buffer has room again. */
    private final Condition room = lock.newCondition();

    private final Batcher batcher;
    private @Nullable Failure failure;
    private boolean closing;
    private int sendersRunning;
    private int sendersIdle;
    private int putsWaiting;
    /** When an idle sender looks again by itself; whoever makes a lane due before that wakes one. */
    private long wakeMillis = LaneBuffer.NOW;

    SharedBatcher(Producer producer, Time time, RandomGenerator random, WriterLimits limits) {
        this.producer = producer;
        this.elapsed = new Elapsed(time);
        this.batcher = new Batcher(producer, limits, random);
        this.sendersRunning = limits.senders();
    }

    void put(int lane, Json event) {
        lock.lock();
        try {
            awaitRoom(event.length());
            if (batcher.add(lane, event, elapsed.millis())) {
                wake(batcher.dueMillis(lane));
            }
        } finally {
            lock.unlock();
        }
    }

    Flushed flush() {
        lock.lock();
        try {
            requireSound();
            long[] numbers = batcher.flush();
            wake(LaneBuffer.NOW);
            while (!batcher.isAccepted(numbers)) {
                requireSound();
                await(progress, "interrupted while flushing; what was put is still being sent");
            }
            return batcher.flushed();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closing = true;
            batcher.flush();
            work.signalAll();
            room.signalAll();
            while (sendersRunning > 0) {
                await(progress, "interrupted while closing; what was put is still being sent");
            }
            requireSound();
        } finally {
            lock.unlock();
        }
    }

    Flushed closed() {
        lock.lock();
        try {
            requireSound();
            if (!closing || sendersRunning > 0) {
                throw new IllegalStateException("the writer is open, close it first: producer=" + producer.id());
            }
            return batcher.flushed();
        } finally {
            lock.unlock();
        }
    }

    Map<Integer, Long> accepted() {
        lock.lock();
        try {
            return batcher.accepted();
        } finally {
            lock.unlock();
        }
    }

    private void awaitRoom(int eventBytes) {
        requireOpen();
        while (!batcher.hasRoom(eventBytes)) {
            putsWaiting++;
            batcher.hurry(true);
            wake(LaneBuffer.NOW);
            try {
                await(room, "interrupted while waiting for room; the event was not taken");
            } finally {
                putsWaiting--;
                batcher.hurry(putsWaiting > 0);
            }
            requireOpen();
        }
    }

    private void requireOpen() {
        requireSound();
        if (closing) {
            throw new IllegalStateException("the writer is closed: producer=" + producer.id());
        }
    }

    private void requireSound() {
        if (failure != null) {
            throw new WriterFailedException(producer, failure);
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the callers loop
    private void await(Condition condition, String interrupted) {
        try {
            condition.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WriterInterruptedException(interrupted + ": producer=" + producer.id(), e);
        }
    }

    private void wake(long dueMillis) {
        if (sendersIdle > 0 && dueMillis < wakeMillis) {
            wakeMillis = dueMillis;
            work.signal();
        }
    }

    /** Waits for the next request; empty when the sender shall end. */
    List<Claim> nextRequest() {
        lock.lock();
        try {
            while (failure == null && !(closing && batcher.isDrained())) {
                boolean _ = Thread.interrupted(); // else the port would take it for its own
                long nowMillis = elapsed.millis();
                List<Claim> claims = batcher.claim(nowMillis);
                if (!claims.isEmpty()) {
                    wakeMillis = LaneBuffer.NEVER;
                    work.signal(); // another sender looks after the lanes that are left
                    return claims;
                }
                idle(batcher.dueMillis(), nowMillis);
            }
            work.signalAll(); // the others end too
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private void idle(long dueMillis, long nowMillis) {
        wakeMillis = dueMillis;
        sendersIdle++;
        try {
            if (dueMillis == LaneBuffer.NEVER) {
                work.awaitUninterruptibly();
            } else {
                awaitSoon(TimeUnit.MILLISECONDS.toNanos(dueMillis - nowMillis));
            }
        } finally {
            sendersIdle--;
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private void awaitSoon(long nanos) {
        try {
            long _ = work.awaitNanos(nanos);
        } catch (InterruptedException _) {
            // a sender ends by close or failure alone: it looks again
        }
    }

    void settle(List<Claim.Encoded> claims, List<PutOutcome> outcomes) {
        lock.lock();
        try {
            batcher.settle(claims, outcomes, elapsed.millis()).ifPresent(this::fail);
            progress.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A sender cannot go on with what it claimed. */
    void fail(List<Claim> claims, Throwable thrown) {
        lock.lock();
        try {
            var lane = claims.isEmpty() ? batcher.behind() : claims.getFirst().lane();
            fail(new Failure(lane.lane(), lane.accepted() + 1, lane.tries() + 1, "sender broke: " + thrown, thrown));
        } finally {
            lock.unlock();
        }
    }

    private void fail(Failure first) {
        failure = failure == null ? first : failure;
        work.signalAll();
        progress.signalAll();
        room.signalAll();
    }

    void senderEnded() {
        lock.lock();
        try {
            sendersRunning--;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
