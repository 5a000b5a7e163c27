package dev.weir.bench;

import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.model.Eid;
import dev.weir.model.Json;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Write;
import dev.weir.queue.Position;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueTables;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import dev.weir.wire.Gzip;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What reading and appending 1,000 events costs, over the length of the queue: a model of DynamoDB in memory holds it. */
@Command(
        name = "queue",
        mixinStandardHelpOptions = true,
        description = "Time and requests of reading and appending 1,000 events, over the length of the queue.")
final class QueueBench implements Callable<Integer> {
    private static final int[] LENGTHS = {10_000, 100_000, 1_000_000, 10_000_000};
    private static final int CHUNK_EVENTS = 1_000;
    private static final int WARM_UPS = 200;

    /** Before the clock of the ingest, so that what is appended comes last. */
    private static final long FIRST_MILLIS = 1_700_000_000_000L;

    private static final QueueTables TABLES = IngestInMemory.BUS.queueTables();
    private static final QueueName QUEUE = QueueName.of("bench.0");
    private static final double NANOS_PER_MILLI = 1e6;

    @Option(names = "--repeats", paramLabel = "N", defaultValue = "201", description = "Default: ${DEFAULT-VALUE}.")
    private int repeats;

    @Override
    public Integer call() {
        Figures.print("queue: chunks of %,d events, medians of %d, %s", CHUNK_EVENTS, repeats, Machine.text());
        Figures.print("milliseconds, and requests of DynamoDB, for 1,000 events");
        Figures.print("");
        Figures.print(
                "%12s %18s %18s %18s %18s", "events", "read at beginning", "read in middle", "read at end", "append");
        for (int length : LENGTHS) {
            report(length);
        }
        return 0;
    }

    private void report(int length) {
        Figures.progress("%,d events", length);
        CountedItems items = new CountedItems(new MemoryItems());
        int chunks = length / CHUNK_EVENTS;
        fill(items, chunks);
        String beginning = read(items, Position.beginning());
        String middle = read(items, Position.of(last(chunks / 2).toString()));
        String end = read(items, Position.of(last(chunks - 2).toString()));
        String append = append(items);
        Figures.progressDone();
        Figures.print("%,12d %18s %18s %18s %18s", length, beginning, middle, end, append);
    }

    /** All chunks hold the same lines, so that ten million events fit into memory; ids come from the chunks. */
    private static void fill(Items items, int chunks) {
        byte[] lines = lines();
        for (int chunk = 0; chunk < chunks; chunk++) {
            Item item = Item.at(
                            new Key(TABLES.chunks(), QUEUE.key(), last(chunk).toString()))
                    .with("start", first(chunk).toString())
                    .with("gzip", lines)
                    .with("records", CHUNK_EVENTS)
                    .with("v", 2)
                    .build();
            items.write(new Write.Put(item, Condition.ALWAYS));
        }
        Item head = Item.at(new Key(TABLES.heads(), QUEUE.key(), null))
                .with("max_eid", last(chunks - 1).toString())
                .with("v", 2)
                .build();
        items.write(new Write.Put(head, Condition.ALWAYS));
    }

    private static byte[] lines() {
        StringBuilder text = new StringBuilder();
        for (Json line : IngestInMemory.lines(CHUNK_EVENTS, 1)) {
            text.append(line).append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return new Gzip(Gzip.LEVEL_DEFAULT).compress(bytes, 0, bytes.length);
    }

    private static Eid first(int chunk) {
        return new Eid(FIRST_MILLIS + chunk, 0);
    }

    private static Eid last(int chunk) {
        return first(chunk).plus(CHUNK_EVENTS - 1);
    }

    private String read(CountedItems items, Position from) {
        Queues queues = new Queues(TABLES, items, new MemoryObjectStore(), new ManualTime(FIRST_MILLIS));
        ReadLimits limits = ReadLimits.DEFAULTS.withEvents(CHUNK_EVENTS);
        return measured(items, _ -> {
            int found =
                    queues.reader(QUEUE, from).next(limits).orThrow().events().size();
            if (found != CHUNK_EVENTS) {
                throw new IllegalStateException("events are missing: from=" + from + " found=" + found);
            }
        });
    }

    /** The ingest takes a batch of a writer. */
    private String append(CountedItems items) {
        Batches made = new Batches();
        Json[] lines = IngestInMemory.lines(CHUNK_EVENTS, 1);
        List<byte[]> batches = new ArrayList<>();
        for (int i = 0; i < WARM_UPS + repeats; i++) {
            made.beginningAt(1 + (long) i * CHUNK_EVENTS);
            batches.addAll(IngestInMemory.batches(made, lines, CHUNK_EVENTS));
        }
        try (IngestInMemory ingest = new IngestInMemory(items)) {
            return measured(items, i -> ingest.invoke(batches.get(i)));
        }
    }

    private interface Work {
        void run(int turn);
    }

    private String measured(CountedItems items, Work work) {
        Figures millis = new Figures();
        Figures requests = new Figures();
        for (int i = 0; i < WARM_UPS + repeats; i++) {
            long before = items.requests();
            long start = System.nanoTime();
            work.run(i);
            if (i >= WARM_UPS) {
                millis.add((System.nanoTime() - start) / NANOS_PER_MILLI);
                requests.add((double) (items.requests() - before));
            }
        }
        return String.format(Locale.ROOT, "%.2f ms, %.0f", millis.median(), requests.median());
    }
}
