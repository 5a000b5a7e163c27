package dev.weir.bench;

import dev.weir.flow.Bus;
import dev.weir.functions.BotHandler;
import dev.weir.functions.Wiring;
import dev.weir.functions.ledger.Ledger;
import dev.weir.local.lambda.FunctionSettings;
import dev.weir.local.lambda.InProcessFunction;
import dev.weir.local.mapping.FunctionErrorException;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryStreams;
import dev.weir.model.Lanes;
import dev.weir.port.Items;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The ledger's own handler in this JVM, on given items and a stream of one lane in memory. The clock stands still. */
final class LedgerInMemory implements AutoCloseable {
    static final Bus BUS = new Bus("weir", new Lanes(1));

    private static final long NOW_MILLIS = 1_800_000_001_000L;
    private static final String DONE = "{\"batchItemFailures\":[]}";

    private final Wiring wiring;
    private InProcessFunction function;

    LedgerInMemory(Items items) {
        ManualTime time = new ManualTime(NOW_MILLIS);
        MemoryStreams streams = new MemoryStreams(time);
        streams.create(BUS.stream(Ledger.GRAPH.source().stream()), 1);
        wiring = new Wiring(BUS, items, streams, time);
        function = start(wiring);
    }

    private static InProcessFunction start(Wiring wiring) {
        FunctionSettings settings =
                FunctionSettings.of("ledger", BotHandler.class.getName()).timingOutAfter(Duration.ofMinutes(10));
        return new InProcessFunction(settings, () -> new BotHandler<>(Ledger.GRAPH, wiring) {}, _ -> {});
    }

    /** Forgets all that is in memory: the next batch meets a cold function on the same items. */
    void forget() {
        function.close();
        function = start(wiring);
    }

    /** Handles a batch; all of it must be done. */
    void invoke(byte[] event) {
        try {
            String answer = new String(function.invoke(event), StandardCharsets.UTF_8);
            if (!answer.equals(DONE)) {
                throw new IllegalStateException("the ledger did not finish a batch: answer=" + answer);
            }
        } catch (FunctionErrorException e) {
            throw new IllegalStateException("the ledger failed", e);
        }
    }

    void invokeAll(List<byte[]> events) {
        events.forEach(this::invoke);
    }

    @Override
    public void close() {
        function.close();
    }
}
