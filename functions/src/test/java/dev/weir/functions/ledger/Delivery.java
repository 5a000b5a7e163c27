package dev.weir.functions.ledger;

import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Shard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays the event source mapping: batches of each shard in order, parents before children, again from where the function says, and the
 * whole batch again after it died. A process is used until it dies.
 */
final class Delivery<T, V, R> {
    private static final int INVOCATIONS_MAX = 5_000;

    private final World<T, V, R> world;
    private final Map<String, Integer> positions = new HashMap<>();
    private Supplier<World.Copy<T, V, R>> processes;
    private IntSupplier batchRecords = () -> 100;
    private IntUnaryOperator choice = _ -> 0;
    private World.@Nullable Copy<T, V, R> warm;
    private int invocations;

    Delivery(World<T, V, R> world) {
        this.world = world;
        this.processes = world::copy;
    }

    /** Where a process comes from when there is none. */
    Delivery<T, V, R> by(Supplier<World.Copy<T, V, R>> coldStart) {
        processes = coldStart;
        return this;
    }

    /** How many records a batch has at most, drawn for each. */
    Delivery<T, V, R> inBatchesOf(IntSupplier records) {
        batchRecords = records;
        return this;
    }

    /** Which of n shards is next. */
    Delivery<T, V, R> choosing(IntUnaryOperator shard) {
        choice = shard;
        return this;
    }

    /** Begins in a shard after so many records. */
    void from(String shard, int records) {
        positions.put(shard, records);
    }

    /** The next batch meets a cold start. */
    void forget() {
        warm = null;
    }

    /** Delivers until nothing is left. */
    void drain() {
        while (step()) {
            if (++invocations > INVOCATIONS_MAX) {
                throw new AssertionError(
                        "the bot does not finish: invocations=" + invocations + " positions=" + positions);
            }
        }
    }

    /** Delivers one batch; answers whether there was one. */
    boolean step() {
        List<Shard> shards = readable();
        if (shards.isEmpty()) {
            return false;
        }
        String shard = shards.get(choice.applyAsInt(shards.size())).id();
        List<Record> records = world.streams.records(world.stream, shard);
        int from = position(shard);
        List<Record> batch = records.subList(from, Math.min(records.size(), from + batchRecords.getAsInt()));
        positions.put(shard, from + done(batch));
        return true;
    }

    /** Plays a part of what was delivered once more. */
    void redeliver(String shard, int from, int to) {
        done(world.streams.records(world.stream, shard).subList(from, to));
    }

    private int done(List<Record> batch) {
        Optional<SequenceNumber> again = invoke(batch);
        int done = 0;
        while (done < batch.size() && !again.equals(Optional.of(batch.get(done).sequenceNumber()))) {
            done++;
        }
        if (again.isPresent() && done == batch.size()) {
            throw new AssertionError("the answer is not in the batch: answer=" + again);
        }
        return done;
    }

    private Optional<SequenceNumber> invoke(List<Record> batch) {
        World.Copy<T, V, R> copy = warm == null ? processes.get() : warm;
        warm = copy;
        try {
            return copy.spine().process(batch, world.deadlineMillis());
        } catch (Death _) {
            warm = null;
            return Optional.of(batch.getFirst().sequenceNumber());
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof Death)) {
                throw e;
            }
            warm = null;
            return Optional.of(batch.getFirst().sequenceNumber());
        }
    }

    private int position(String shard) {
        return positions.getOrDefault(shard, 0);
    }

    /** The shards that have something to read and whose parents are read. */
    private List<Shard> readable() {
        List<Shard> readable = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        for (Shard shard : world.streams.shards(world.stream)) {
            boolean hasMore = position(shard.id())
                    < world.streams.records(world.stream, shard.id()).size();
            boolean waits = shard.parents().stream().anyMatch(unread::contains);
            if (hasMore && !waits) {
                readable.add(shard);
            }
            if (hasMore || waits) {
                unread.add(shard.id());
            }
        }
        return readable;
    }
}
