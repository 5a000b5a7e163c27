package dev.weir.bench;

import dev.weir.flow.Bus;
import dev.weir.functions.Wiring;
import dev.weir.functions.ingest.IngestHandler;
import dev.weir.local.lambda.FunctionSettings;
import dev.weir.local.lambda.InProcessFunction;
import dev.weir.local.mapping.FunctionErrorException;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryStreams;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.port.Items;
import dev.weir.wire.ByteSink;
import dev.weir.wire.EnvelopeEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The ingest's own handler in this JVM, on given items and a stream of one lane in memory. The clock moves by a millisecond with each batch. */
final class IngestInMemory implements AutoCloseable {
    static final Bus BUS = new Bus("weir", new Lanes(1));

    private static final long NOW_MILLIS = 1_800_000_001_000L;
    private static final Duration RETENTION = Duration.ofDays(7);
    private static final int EVENTS_PER_RECORD = 1_000;
    private static final String DONE = "{\"batchItemFailures\":[]}";

    private final ManualTime time = new ManualTime(NOW_MILLIS);
    private final InProcessFunction function;

    IngestInMemory(Items items) {
        MemoryStreams streams = new MemoryStreams(time);
        streams.create(BUS.stream(Bus.EVENTS), 1);
        Wiring wiring = new Wiring(BUS, items, streams, time);
        FunctionSettings settings =
                FunctionSettings.of("ingest", IngestHandler.class.getName()).timingOutAfter(Duration.ofMinutes(10));
        function = new InProcessFunction(settings, () -> new IngestHandler(wiring, RETENTION), _ -> {});
    }

    /** Events as a writer's lines, one after the other to so many queues: {@code bench.0}, {@code bench.1} and so on. */
    static Json[] lines(int events, int queues) {
        Json[] lines = new Json[events];
        ByteSink sink = new ByteSink();
        List<EnvelopeEncoder> encoders = new ArrayList<>();
        for (int queue = 0; queue < queues; queue++) {
            encoders.add(new EnvelopeEncoder("bench", "bench." + queue, sink));
        }
        for (int i = 0; i < events; i++) {
            sink.clear();
            Json payload = Json.of("{\"i\":" + i + ",\"text\":\"invoice " + i * 31 % 10_007 + " of this year\"}");
            encoders.get(i % queues).line(payload, NOW_MILLIS, NOW_MILLIS, 0);
            lines[i] = Json.of(new Json(sink.array(), 0, sink.size() - 1).toBytes());
        }
        return lines;
    }

    /** The batches of one writer that Lambda would give. */
    static List<byte[]> batches(Batches made, Json[] lines, int eventsPerBatch) {
        return made.ofWriter("bench", lines, eventsPerBatch, EVENTS_PER_RECORD);
    }

    /** Handles a batch; all of it must be done. */
    void invoke(byte[] event) {
        time.advance(Duration.ofMillis(1));
        try {
            String answer = new String(function.invoke(event), StandardCharsets.UTF_8);
            if (!answer.equals(DONE)) {
                throw new IllegalStateException("the ingest did not finish a batch: answer=" + answer);
            }
        } catch (FunctionErrorException e) {
            throw new IllegalStateException("the ingest failed", e);
        }
    }

    @Override
    public void close() {
        function.close();
    }
}
