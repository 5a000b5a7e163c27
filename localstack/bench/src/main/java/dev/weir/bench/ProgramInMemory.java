package dev.weir.bench;

import dev.weir.flow.Bus;
import dev.weir.functions.BotHandler;
import dev.weir.functions.Wiring;
import dev.weir.local.lambda.FunctionSettings;
import dev.weir.local.lambda.InProcessFunction;
import dev.weir.local.mapping.FunctionErrorException;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.memory.MemoryStreams;
import dev.weir.model.Lanes;
import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Program;
import dev.weir.pipeline.To;
import dev.weir.program.ProcessPrograms;
import dev.weir.queue.Page;
import dev.weir.queue.Position;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueReader;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A pipeline with a program in it, as a function behind a stream of one lane, on a store in memory. The clock stands still. */
final class ProgramInMemory implements AutoCloseable {
    private static final long NOW_MILLIS = 1_800_000_001_000L;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String DONE = "{\"batchItemFailures\":[]}";
    private static final String DECIDED = "decided";

    private final Bus bus = new Bus("weir", new Lanes(1));
    private final Queues queues;
    private final ProcessPrograms programs;
    private final InProcessFunction function;

    ProgramInMemory(List<String> command) {
        ManualTime time = new ManualTime(NOW_MILLIS);
        MemoryStreams streams = new MemoryStreams(time);
        MemoryItems items = new MemoryItems();
        queues = new Queues(bus.queueTables(), items, new MemoryObjectStore(), time);
        programs = new ProcessPrograms(bus, queues, System.err::println, PATIENCE);
        Pipeline pipeline = Pipeline.of(
                "bank",
                Pipeline.from(Feed.stream("transfers", Codec.json()))
                        .keyBy(_ -> "bank")
                        .program("decide", Codec.json(), Program.of(command.toArray(String[]::new)))
                        .to(To.queue(DECIDED, Codec.json())));
        streams.create(bus.stream("transfers"), 1);
        Wiring wiring = new Wiring(bus, items, streams, time);
        FunctionSettings settings =
                FunctionSettings.of("bank", "in this process").timingOutAfter(Duration.ofMinutes(10));
        function = new InProcessFunction(
                settings, () -> new BotHandler<>(pipeline.graph(programs), wiring) {}, System.err::println);
    }

    /** Handles batches; all must be done. */
    void invokeAll(List<byte[]> events) {
        for (byte[] event : events) {
            try {
                String answer = new String(function.invoke(event), StandardCharsets.UTF_8);
                if (!answer.equals(DONE)) {
                    throw new IllegalStateException("the bot did not finish a batch: answer=" + answer);
                }
            } catch (FunctionErrorException e) {
                throw new IllegalStateException("the bot failed", e);
            }
        }
    }

    /** Gives what came out, in order. */
    void decided(Consumer<String> lines) {
        for (QueueName part : queues.parts(QueueName.of(DECIDED))) {
            QueueReader reader = queues.reader(part, Position.beginning());
            Page page;
            do {
                page = reader.next(ReadLimits.DEFAULTS).orThrow();
                page.events().forEach(event -> lines.accept(event.payload().toString()));
            } while (!page.isEnd());
        }
    }

    @Override
    public void close() {
        function.close();
        programs.close();
    }
}
