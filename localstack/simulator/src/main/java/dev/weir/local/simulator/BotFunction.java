package dev.weir.local.simulator;

import dev.weir.flow.Bus;
import dev.weir.flow.Spine;
import dev.weir.flow.Version;
import dev.weir.graph.Graph;
import dev.weir.model.Record;
import dev.weir.port.Items;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import dev.weir.wire.BatchAnswer;
import dev.weir.wire.LambdaEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One copy of a bot's function, as Lambda keeps it warm: it gets the same bytes as the deployed one, and answers with the same. */
public interface BotFunction {

    /** Takes an event of the mapping. */
    byte[] invoke(byte[] event, long deadlineMillis);

    /** Takes a scheduled tick. */
    boolean tick(long deadlineMillis);

    /** How a copy is made. */
    @FunctionalInterface
    interface Factory {

        /**
         * Makes a copy. What it draws from {@code incarnations} here is the same in every copy that is restored from the same snapshot; what
         * it draws later is its own.
         */
        BotFunction start(Items items, Streams streams, Time time, Supplier<String> incarnations);
    }

    /**
     * The function of a graph, without versions: event, spine, answer, as the handler on Lambda does it.
     *
     * @param graph asked once for each copy, as each process has its own
     */
    static <T, V, R> Factory of(Supplier<Graph<T, V, R>> graph, Bus bus) {
        return of(graph, bus, Version.NONE);
    }

    /** The same of a published version. */
    static <T, V, R> Factory of(Supplier<Graph<T, V, R>> graph, Bus bus, Version version) {
        return (items, streams, time, incarnations) -> new BotFunction() {
            private final Graph<T, V, R> own = graph.get();
            private @Nullable Spine<T, V, R> spine;

            @Override
            public byte[] invoke(byte[] event, long deadlineMillis) {
                List<Record> records = LambdaEvent.read(new ByteArrayInputStream(event));
                ByteArrayOutputStream answer = new ByteArrayOutputStream();
                new BatchAnswer(spine().process(records, deadlineMillis)).writeTo(answer);
                return answer.toByteArray();
            }

            @Override
            public boolean tick(long deadlineMillis) {
                return spine().tick(deadlineMillis);
            }

            private Spine<T, V, R> spine() {
                if (spine == null) {
                    spine = new Spine<>(own, bus, items, streams, time, Runnable::run, incarnations.get(), version);
                }
                return spine;
            }
        };
    }
}
