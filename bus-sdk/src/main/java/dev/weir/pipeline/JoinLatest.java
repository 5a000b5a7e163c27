package dev.weir.pipeline;

import java.util.Optional;
import java.util.function.BiFunction;

/** Side 0 is put together with the latest value of side 1. */
final class JoinLatest<T, U, R> implements Operator {
    private final Codec<U> codec;
    private final BiFunction<? super T, Optional<U>, ? extends R> function;

    JoinLatest(Codec<U> codec, BiFunction<? super T, Optional<U>, ? extends R> function) {
        this.codec = codec;
        this.function = function;
    }

    @Override
    public String verb() {
        return "join with latest";
    }

    @Override
    public Codec<Object> codec() {
        return Stage.cast(codec);
    }

    @Override
    public void take(int side, Object value, Turn turn) {
        if (side == 1) {
            turn.set(value);
            return;
        }
        Object latest = turn.get();
        Optional<U> other = latest == null ? Optional.empty() : Optional.of(Stage.<U>cast(latest));
        turn.add(function.apply(Stage.cast(value), other));
    }
}
