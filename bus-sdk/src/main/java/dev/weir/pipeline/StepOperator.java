package dev.weir.pipeline;

import org.jspecify.annotations.Nullable;

/** A step of the user's. */
final class StepOperator<T, S, R> implements Operator {
    private final Codec<S> codec;
    private final KeyedStep<T, S, R> step;

    StepOperator(Codec<S> codec, KeyedStep<T, S, R> step) {
        this.codec = codec;
        this.step = step;
    }

    @Override
    public String verb() {
        return "process";
    }

    @Override
    public Codec<Object> codec() {
        return Stage.cast(codec);
    }

    @Override
    public void take(int side, Object value, Turn turn) {
        step.take(new KeyedEvent<>(turn.key(), Stage.<T>cast(value), turn.millis()), new Typed<>(turn), turn::add);
    }

    /** The cell of the turn in the user's type. */
    private record Typed<S>(Turn turn) implements Cell<S> {
        @Override
        public @Nullable S get() {
            Object value = turn.get();
            return value == null ? null : Stage.<S>cast(value);
        }

        @Override
        public void set(S value) {
            turn.set(java.util.Objects.requireNonNull(value));
        }

        @Override
        public void clear() {
            turn.clear();
        }
    }
}
