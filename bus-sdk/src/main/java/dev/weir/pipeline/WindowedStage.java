package dev.weir.pipeline;

import java.util.function.BiFunction;
import java.util.function.BinaryOperator;

/** Values of keys in windows, of which it is not said yet what becomes of them. Immutable. */
public final class WindowedStage<T> {
    private final KeyedStage<T> stage;
    private final Window window;
    private final Codec<T> codec;

    WindowedStage(KeyedStage<T> stage, Window window, Codec<T> codec) {
        this.stage = stage;
        this.window = window;
        this.codec = codec;
    }

    /** How many values each window has: {@code minutes.count("trades")}. */
    public KeyedStage<Windowed<Long>> count(String name) {
        return aggregate(name, Codec.integer(), 0L, (count, _) -> count + 1, Long::sum);
    }

    /** What the values of each window come to, one of them, made of two: {@code hours.reduce("largest", Payment::larger)}. */
    public KeyedStage<Windowed<T>> reduce(String name, BinaryOperator<T> function) {
        return stage.stateful(
                name,
                new WindowOperator<T, T>(
                        window,
                        codec,
                        codec,
                        (before, value) -> before == null ? value : function.apply(before, value),
                        function));
    }

    /**
     * What the values of each window come to, beginning with {@code zero}.
     *
     * <pre>{@code minutes.aggregate("volume", Codec.integer(), 0L, (volume, trade) -> volume + trade.shares(), Long::sum)}</pre>
     *
     * @param merge puts together what two sessions came to, when a value in between makes one of them: {@code zero} is its unit
     */
    public <A> KeyedStage<Windowed<A>> aggregate(
            String name,
            Codec<A> accumulator,
            A zero,
            BiFunction<? super A, ? super T, ? extends A> function,
            BinaryOperator<A> merge) {
        return stage.stateful(
                name,
                new WindowOperator<T, A>(
                        window,
                        codec,
                        accumulator,
                        (before, value) -> function.apply(before == null ? zero : before, value),
                        merge));
    }
}
