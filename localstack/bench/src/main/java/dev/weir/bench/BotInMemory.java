package dev.weir.bench;

import dev.weir.flow.Bus;
import dev.weir.functions.BotHandler;
import dev.weir.functions.Wiring;
import dev.weir.graph.Graph;
import dev.weir.local.lambda.FunctionSettings;
import dev.weir.local.lambda.InProcessFunction;
import dev.weir.local.mapping.FunctionErrorException;
import dev.weir.memory.ManualTime;
import dev.weir.model.Lanes;
import dev.weir.port.Items;
import dev.weir.port.StreamRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A bot's handler in this JVM, on given items: one lane, and what the bot sends to itself comes back. The clock moves by a millisecond with each batch. */
final class BotInMemory implements AutoCloseable {
    static final Bus BUS = new Bus("weir", new Lanes(1));

    private static final long NOW_MILLIS = 1_800_000_001_000L;
    private static final String DONE = "{\"batchItemFailures\":[]}";

    private final ManualTime time = new ManualTime(NOW_MILLIS);
    private final ReturnedRecords returned = new ReturnedRecords();
    private final InProcessFunction function;

    BotInMemory(Graph<?, ?, ?> graph, Items items) {
        Wiring wiring = new Wiring(BUS, items, returned, time);
        FunctionSettings settings =
                FunctionSettings.of("bench", BotHandler.class.getName()).timingOutAfter(Duration.ofMinutes(10));
        function = new InProcessFunction(settings, () -> handler(graph, wiring), _ -> {});
    }

    private static <T, V, R> BotHandler<T, V, R> handler(Graph<T, V, R> graph, Wiring wiring) {
        return new BotHandler<>(graph, wiring) {};
    }

    /** Handles a batch; all of it must be done. Answers the data of the records that the bot sent meanwhile. */
    List<byte[]> invoke(byte[] event) {
        time.advance(Duration.ofMillis(1));
        try {
            String answer = new String(function.invoke(event), StandardCharsets.UTF_8);
            if (!answer.equals(DONE)) {
                throw new IllegalStateException("the bot did not finish a batch: answer=" + answer);
            }
        } catch (FunctionErrorException e) {
            throw new IllegalStateException("the bot failed", e);
        }
        return returned.take().stream().map(StreamRecord::data).toList();
    }

    @Override
    public void close() {
        function.close();
    }
}
