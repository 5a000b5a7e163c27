package dev.weir.pipeline;

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
        KeyedEvent<T> event = new KeyedEvent<>(turn.key(), Stage.cast(value), turn.millis());
        step.take(event, Stage.<Cell<S>>cast(turn), Stage.<Results<R>>cast(turn));
    }
}
