package dev.weir.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Two sides within a time of each other. Of a key it keeps the values of both that may still find another: side, event time, value. */
final class JoinWithin<T, U, R> implements Operator {
    private final long withinMillis;
    private final Codec<Object> left;
    private final Codec<Object> right;
    private final ListCodec values;
    private final BiFunction<? super T, ? super U, ? extends R> function;

    JoinWithin(
            long withinMillis, Codec<T> left, Codec<U> right, BiFunction<? super T, ? super U, ? extends R> function) {
        this.withinMillis = withinMillis;
        this.left = Stage.cast(left);
        this.right = Stage.cast(right);
        this.values =
                new ListCodec("waiting " + left.type() + " and " + right.type(), new SidedCodec(this.left, this.right));
        this.function = function;
    }

    @Override
    public String verb() {
        return "join within";
    }

    @Override
    public Codec<Object> codec() {
        return values;
    }

    @Override
    public Optional<Duration> span() {
        return Optional.of(Duration.ofMillis(3 * withinMillis));
    }

    @Override
    public boolean isTimed() {
        return true;
    }

    @Override
    public void take(int side, Object value, Turn turn) {
        long millis = turn.millis();
        if (millis + 2 * withinMillis <= turn.watermark()) {
            turn.late(
                    "what it may join was let go already: watermark=" + turn.watermark(),
                    (side == 0 ? left : right).encode(value));
            return;
        }
        List<Pane> waiting = new ArrayList<>(waiting(turn));
        for (Pane other : waiting) {
            if (other.to() != side && Math.abs(other.from() - millis) <= withinMillis) {
                Object otherValue = ((Sided) other.value()).value();
                turn.add(
                        side == 0
                                ? function.apply(Stage.cast(value), Stage.cast(otherValue))
                                : function.apply(Stage.cast(otherValue), Stage.cast(value)));
            }
        }
        waiting.add(new Pane(millis, side, new Sided(side, value)));
        turn.set(List.copyOf(waiting));
        turn.timer(millis + 3 * withinMillis + 1);
    }

    private static List<Pane> waiting(Turn turn) {
        Object state = turn.get();
        return state == null ? List.of() : Stage.cast(state);
    }

    /** A value is let go when all that it may join is late. */
    @Override
    public void due(long millis, Turn turn) {
        List<Pane> left = waiting(turn).stream()
                .filter(pane -> pane.from() + 3 * withinMillis + 1 > turn.watermark())
                .toList();
        if (left.isEmpty()) {
            turn.clear();
        } else {
            turn.set(left);
        }
    }
}
