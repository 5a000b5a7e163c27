package dev.weir.local.mapping;

import dev.weir.local.mapping.DiscardedBatch.Condition;
import dev.weir.local.mapping.MappingSettings.Retrying;
import dev.weir.model.Record;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The event source mapping for one shard, as a state machine: {@link #next} says what to do, and the other methods tell it what came of it.
 * One invocation at a time, in the order of the shard.
 *
 * <p>A batch leaves when it is full (records or payload), when its window has passed since its first record, or when the shard has ended.
 * A batch that fails is retried after a growing pause, or split in two when bisecting; a split costs no retry and no pause, and the second
 * half waits until the first is done or discarded. An answer that names a failed record makes the records before it done; the rest is
 * retried, at the cost of a retry unless bisecting. An answer that fails the whole batch, also by naming its first record, is
 * a failed batch. What has run out of retries or is too old goes to the failure destination, and the shard goes on.
 *
 * <p>Where the AWS documentation is silent: the halves of a split keep the retries of the whole; the age of a record is checked before each
 * invocation, from the first record of the batch on; records are discarded in order.
 *
 * <p>Holds one batch and what was read with it. No clock, no threads: not thread-safe, times are milliseconds since the epoch.
 */
public final class ShardPoller {
    private final MappingSettings settings;
    private final Retrying retrying;
    private final EventJson json;
    private final Gathering gathering;
    /** Batches that failed or were split off, in the order of the shard; the first is tried next. At most one plus a half per split. */
    private final Deque<Batch> pending = new ArrayDeque<>();

    private Position fetchFrom;
    private Position done;
    private boolean atEnd;
    private long windowOpenedMillis;
    private long retryAtMillis;
    private int refusals;
    private @Nullable Batch running;
    private @Nullable DiscardedBatch discarded;

    /**
     * @param from where to begin: the position that {@link #done} gave before, or a starting position; anything but the end
     */
    public ShardPoller(MappingSettings settings, Position from) {
        this.settings = settings;
        this.retrying = settings.retrying();
        this.json = new EventJson(settings);
        this.gathering = new Gathering(json, settings.batching().size());
        this.fetchFrom = from;
        this.done = from;
    }

    /** The next step. Asking twice is harmless, except that {@link Next.Invoke} is given out once. */
    public Next next(long nowMillis) {
        if (running != null) {
            return new Next.AwaitAnswer();
        }
        discardTooOld(nowMillis);
        if (discarded != null) {
            return new Next.Discard(discarded);
        }
        if (!pending.isEmpty()) {
            return nowMillis < retryAtMillis ? new Next.Wait(retryAtMillis) : invoke(pending.removeFirst());
        }
        if (gathering.isBlockedByTooLarge()) {
            return discard(Batch.fresh(List.of(gathering.takeTooLarge())), Condition.RECORD_TOO_LARGE);
        }
        return gathering.isEmpty() ? nextWhenEmpty() : nextWhenGathering(nowMillis);
    }

    private Next nextWhenEmpty() {
        if (atEnd) {
            done = Position.END;
            return new Next.Ended();
        }
        return fetch(OptionalLong.empty());
    }

    private Next nextWhenGathering(long nowMillis) {
        long leavesAt = windowOpenedMillis + settings.batching().window().toMillis();
        if (gathering.isFull() || atEnd || nowMillis >= leavesAt) {
            return invoke(Batch.fresh(gathering.take()));
        }
        return fetch(OptionalLong.of(leavesAt));
    }

    private Next fetch(OptionalLong wakeAtMillis) {
        return new Next.Fetch(fetchFrom, gathering.recordsWanted(), gathering.bytesWanted(), wakeAtMillis);
    }

    private Next invoke(Batch batch) {
        running = batch.invoked();
        return new Next.Invoke(running, json.write(running.records()));
    }

    /** The answer to {@link Next.Fetch}. */
    public void fetched(ShardSource.Read read, long nowMillis) {
        if (gathering.isEmpty()) {
            windowOpenedMillis = nowMillis;
            done = read.records().isEmpty() ? read.next() : fixed(read.records().getFirst());
        }
        gathering.add(read.records());
        fetchFrom = read.next();
        atEnd = read.atEnd();
    }

    /** A start at the latest record must not move when the process restarts before its first batch is done. */
    private Position fixed(Record first) {
        return done instanceof Position.Latest ? new Position.AtTimestamp(first.arrivalMillis()) : done;
    }

    /** The function answered. Without ReportBatchItemFailures any answer means that the batch is done. */
    public Outcome answered(byte[] answer, long nowMillis) {
        Batch batch = takeRunning();
        BatchVerdict verdict = retrying.reportBatchItemFailures()
                ? BatchVerdict.of(answer, batch.records())
                : new BatchVerdict.AllDone();
        return switch (verdict) {
            case BatchVerdict.AllDone all -> finish(batch);
            case BatchVerdict.AllFailed all -> fail(batch, nowMillis);
            case BatchVerdict.FailedFrom from ->
                from.index() == 0 ? fail(batch, nowMillis) : finishPart(batch, from.index(), nowMillis);
        };
    }

    /** The function failed or timed out. */
    public Outcome failed(long nowMillis) {
        return fail(takeRunning(), nowMillis);
    }

    /** The function could not be called (throttling, no environment): tried again after a pause, without counting. */
    public Outcome notInvoked(long nowMillis) {
        Batch batch = takeRunning();
        pending.addFirst(new Batch(batch.records(), batch.retries(), batch.invocations() - 1));
        retryAtMillis = nowMillis + retrying.backoffMillis(refusals++);
        return Outcome.NOT_INVOKED;
    }

    /** The failure destination has taken what {@link Next.Discard} gave. */
    public void delivered() {
        if (discarded == null) {
            throw new IllegalStateException("nothing was given to the failure destination: done=" + done.text());
        }
        doneUpTo(discarded.batch().last());
        discarded = null;
    }

    /** What is done, for good: reading on from here misses nothing. */
    public Position done() {
        return done;
    }

    private Outcome finish(Batch batch) {
        refusals = 0;
        doneUpTo(batch.last());
        return Outcome.DONE;
    }

    private Outcome finishPart(Batch batch, int failedFrom, long nowMillis) {
        refusals = 0;
        doneUpTo(batch.records().get(failedFrom - 1));
        Batch rest = batch.tail(failedFrom);
        if (retrying.bisect()) {
            tryAgain(rest, nowMillis);
            return Outcome.PARTLY_DONE;
        }
        Outcome outcome = retryOrGiveUp(rest, nowMillis);
        return outcome == Outcome.RETRIED ? Outcome.PARTLY_DONE : outcome;
    }

    private Outcome fail(Batch batch, long nowMillis) {
        refusals = 0;
        if (retrying.bisect() && batch.size() > 1) {
            int half = batch.size() / 2;
            tryAgain(batch.tail(half), nowMillis);
            tryAgain(batch.head(half), nowMillis);
            return Outcome.BISECTED;
        }
        return retryOrGiveUp(batch, nowMillis);
    }

    private Outcome retryOrGiveUp(Batch batch, long nowMillis) {
        if (retrying.attemptsMax() >= 0 && batch.retries() >= retrying.attemptsMax()) {
            discard(batch, Condition.RETRY_ATTEMPTS_EXHAUSTED);
            return Outcome.EXHAUSTED;
        }
        tryAgain(batch.retried(), nowMillis + retrying.backoffMillis(batch.retries()));
        return Outcome.RETRIED;
    }

    private void tryAgain(Batch batch, long atMillis) {
        pending.addFirst(batch);
        retryAtMillis = atMillis;
    }

    /** A retry that is not due yet is cut short by age, too: waiting on would not make its records younger. */
    private void discardTooOld(long nowMillis) {
        boolean noLimit = retrying.recordAgeSecondsMax() < 0;
        if (noLimit || discarded != null) {
            return;
        }
        long arrivedBefore = nowMillis - retrying.recordAgeSecondsMax() * 1000L;
        if (!pending.isEmpty()) {
            discardTooOldOfPending(arrivedBefore);
            return;
        }
        List<Record> old = gathering.takeArrivedBefore(arrivedBefore);
        if (!old.isEmpty()) {
            discard(Batch.fresh(old), Condition.RECORD_AGE_EXCEEDED);
        }
    }

    private void discardTooOldOfPending(long arrivedBefore) {
        int old = pending.getFirst().countArrivedBefore(arrivedBefore);
        if (old == 0) {
            return;
        }
        Batch batch = pending.removeFirst();
        if (old < batch.size()) {
            pending.addFirst(batch.tail(old));
        }
        discard(batch.head(old), Condition.RECORD_AGE_EXCEEDED);
    }

    private Next discard(Batch batch, Condition condition) {
        discarded = new DiscardedBatch(batch, condition, settings, json.write(batch.records()));
        return new Next.Discard(discarded);
    }

    private void doneUpTo(Record record) {
        done = new Position.After(record.sequenceNumber());
    }

    private Batch takeRunning() {
        Batch batch = running;
        if (batch == null) {
            throw new IllegalStateException("no batch is with the function: done=" + done.text());
        }
        running = null;
        return batch;
    }
}
