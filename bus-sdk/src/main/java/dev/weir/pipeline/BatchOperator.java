package dev.weir.pipeline;

import dev.weir.model.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gathers the values of a key. Of a key it keeps the batch that has not ended. */
final class BatchOperator<T> implements Operator {
    private final Batch rules;
    private final Codec<T> codec;

    BatchOperator(Batch rules, Codec<T> codec) {
        this.rules = rules;
        this.codec = codec;
    }

    @Override
    public String verb() {
        return "batch";
    }

    @Override
    public Codec<Object> codec() {
        return Stage.cast(new GatheredCodec("batch of " + codec.type()));
    }

    /** Most bytes of what it keeps of a key. */
    int bytesMax() {
        return rules.bytes();
    }

    @Override
    public Optional<Duration> span() {
        return rules.time();
    }

    @Override
    public boolean isTimed() {
        return rules.time().isPresent();
    }

    @Override
    public void take(int side, Object value, Turn turn) {
        Json text = codec.encode(Stage.cast(value));
        Gathered before = gathered(turn);
        if (!before.isEmpty() && (turn.arrival() >= before.until() || before.bytesWith(text) > rules.bytes())) {
            end(before, turn);
            before = Gathered.NONE;
        }
        Gathered after = before.with(text, turn.millis(), until(before, turn));
        if (after.values().size() >= rules.count() || after.bytes() >= rules.bytes()) {
            end(after, turn);
            return;
        }
        if (after.until() != before.until()) {
            turn.wakeAt(after.until());
        }
        turn.set(after);
    }

    private long until(Gathered before, Turn turn) {
        return before.until() == Gathered.EVER
                ? rules.time()
                        .map(Duration::toMillis)
                        .map(millis -> turn.arrival() + millis)
                        .orElse(Gathered.EVER)
                : before.until();
    }

    /** What was set for a batch that ended before its time is let go, so that no more of it is kept than of what waits. */
    private void end(Gathered batch, Turn turn) {
        if (turn.get() != null) {
            turn.clear();
            if (isTimed() && batch.until() != Gathered.EVER) {
                turn.letSleep(batch.until());
            }
        }
        List<T> values = batch.values().stream().map(codec::decodeOrThrow).toList();
        turn.add(batch.latest(), values);
    }

    private static Gathered gathered(Turn turn) {
        return turn.get() instanceof Gathered gathered ? gathered : Gathered.NONE;
    }

    @Override
    public void due(long millis, Turn turn) {
        Gathered batch = gathered(turn);
        if (!batch.isEmpty() && batch.until() <= millis) {
            end(batch, turn);
        }
    }
}
