package dev.weir.local.mapping;

import dev.weir.local.mapping.MappingListener.BatchInfo;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One shard, from its position to its end: does what its {@link ShardPoller} says. Runs on a thread of its own. */
final class ShardWorker implements Runnable {
    /** Longest wait for records without asking the source again. */
    static final Duration AWAIT_MAX = Duration.ofSeconds(1);

    private final String shardId;
    private final EventSourceMapping.Parts parts;
    private final ShardPoller poller;
    private final Runnable whenEnded;
    private Position saved;
    private int troubles;

    ShardWorker(String shardId, Position from, EventSourceMapping.Parts parts, Runnable whenEnded) {
        this.shardId = shardId;
        this.parts = parts;
        this.poller = new ShardPoller(parts.settings(), from);
        this.whenEnded = whenEnded;
        this.saved = from;
    }

    @Override
    public void run() {
        parts.gate().join();
        try {
            parts.listener().shardStarted(shardId, poller.done());
            while (!parts.gate().isStopped() && !step()) {
                save();
            }
        } catch (InterruptedException e) {
            // the mapping stops; what is not done will be read again
        } finally {
            parts.gate().leave();
        }
    }

    /** Does one thing; true when the shard has ended. */
    private boolean step() throws InterruptedException {
        try {
            boolean ended = follow(poller.next(now()));
            troubles = 0;
            return ended;
        } catch (RuntimeException trouble) {
            if (parts.gate().isStopped()) {
                return false;
            }
            parts.listener().troubled(shardId, trouble);
            Thread.sleep(parts.settings().retrying().backoffMillis(troubles++));
            return false;
        }
    }

    private boolean follow(Next next) throws InterruptedException {
        switch (next) {
            case Next.Fetch fetch -> fetch(fetch);
            case Next.Invoke invoke -> invoke(invoke);
            case Next.Discard discard -> discard(discard.discarded());
            case Next.Wait wait -> Thread.sleep(Math.max(1, wait.untilMillis() - now()));
            case Next.AwaitAnswer await ->
                throw new IllegalStateException(
                        "the batch of this shard was left without an answer: shardId=" + shardId);
            case Next.Ended ended -> {
                save();
                parts.listener().shardEnded(shardId);
                whenEnded.run();
                return true;
            }
        }
        return false;
    }

    private void fetch(Next.Fetch fetch) throws InterruptedException {
        ShardSource.Read read = parts.source().read(shardId, fetch.from(), fetch.recordsMax(), fetch.bytesMax());
        poller.fetched(read, now());
        if (read.records().isEmpty() && !read.atEnd()) {
            parts.source().awaitMore(shardId, read.next(), waitFor(fetch.wakeAtMillis()));
        }
    }

    private Duration waitFor(OptionalLong wakeAtMillis) {
        Duration left =
                wakeAtMillis.isEmpty() ? AWAIT_MAX : Duration.ofMillis(Math.max(0, wakeAtMillis.getAsLong() - now()));
        return left.compareTo(AWAIT_MAX) < 0 ? left : AWAIT_MAX;
    }

    private void invoke(Next.Invoke invoke) {
        if (!parts.gate().enter()) {
            poller.notInvoked(now());
            return;
        }
        try {
            var info = BatchInfo.of(invoke.batch());
            parts.listener().batchStarted(info);
            call(invoke, info);
            save();
        } finally {
            parts.gate().exit();
        }
    }

    private void call(Next.Invoke invoke, BatchInfo info) {
        Outcome outcome;
        String error = null;
        try {
            outcome = poller.answered(parts.function().invoke(invoke.event()), now());
        } catch (FunctionErrorException e) {
            error = e.getMessage();
            outcome = poller.failed(now());
        } catch (RuntimeException e) {
            error = String.valueOf(e.getMessage());
            outcome = poller.notInvoked(now());
        }
        report(invoke.batch(), info, outcome, error);
    }

    private void report(Batch batch, BatchInfo info, Outcome outcome, @Nullable String error) {
        parts.counters().finished(batch, outcome);
        parts.listener().batchFinished(info, outcome, error);
    }

    private void discard(DiscardedBatch discarded) {
        parts.failures().send(discarded, discarded.toJson(now()));
        poller.delivered();
        parts.counters().discarded(discarded.batch());
        parts.listener().batchDiscarded(BatchInfo.of(discarded.batch()), discarded.condition());
    }

    private void save() {
        Position done = poller.done();
        if (done.equals(saved)) {
            return;
        }
        try {
            parts.positions().save(shardId, done);
            saved = done;
        } catch (RuntimeException trouble) {
            if (!parts.gate().isStopped()) {
                parts.listener().troubled(shardId, trouble);
            }
        }
    }

    private long now() {
        return parts.time().epochMillis();
    }
}
