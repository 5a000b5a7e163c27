package dev.weir.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.graph.Decoded;
import dev.weir.graph.Graph;
import dev.weir.graph.NoState;
import dev.weir.graph.Output;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryStreams;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.queue.QueueName;
import dev.weir.wire.Gzip;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Events that write to many shared queues, for many authors, in all forms and sizes: each commit is within DynamoDB's limits. */
class OutputsPropertyTest {
    private static final long SEEDS = Long.getLong("weir.seeds", 25);
    private static final long NOW = 1_795_194_307_123L;
    private static final Bus BUS = new Bus("weir", new Lanes(1));

    @Test
    void everyCommitIsWithinTheLimitsAndNothingIsLost() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            new Play(seed).play();
        }
    }

    /** One run: events are numbers, and what an event writes follows from the number. The store refuses what breaks a limit. */
    private static final class Play {
        private final long seed;
        private final Random random;
        private final int queues;
        private final int authors;
        private final int bytesMax;
        private final List<List<Output>> events = new ArrayList<>();
        private final MemoryItems items = new MemoryItems();

        private Play(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.queues = 1 + random.nextInt(1 + random.nextInt(120));
            this.authors = 1 + random.nextInt(1 + random.nextInt(120));
            this.bytesMax = 10 + random.nextInt(random.nextInt(4) == 0 ? 390_000 : 3_000);
        }

        private void play() {
            int count = Math.min(1_500, 8_000_000 / bytesMax);
            for (int i = 0; i < count; i++) {
                events.add(outputs(i));
            }
            Graph<Json, NoState, List<Output>> graph = Graph.named("bot")
                    .readFrom(Source.stream("in", Decoded::value))
                    .forEach((Json event, long _) -> events.get(Integer.parseInt(event.toString())))
                    .writeTo(Sink.queues(outputs -> outputs));
            ManualTime time = new ManualTime(NOW);
            Spine<Json, NoState, List<Output>> spine =
                    new Spine<>(graph, BUS, items, new MemoryStreams(time), time, Runnable::run, "seed-" + seed);
            assertThat(spine.process(records(count), NOW + 60_000))
                    .as("seed=%d", seed)
                    .isEmpty();
            assertThat(LaneStatus.parked(BUS, "bot", new LaneId.PassThrough("shard"), items, 10))
                    .as("seed=%d", seed)
                    .isEmpty();
            assertQueues();
        }

        private static List<Record> records(int count) {
            List<Record> records = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] data = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
                records.add(new Record("shard", new SequenceNumber(Integer.toString(i + 1)), "key", NOW, data));
            }
            return records;
        }

        private List<Output> outputs(int event) {
            List<Output> outputs = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                String queue = "queue-" + random.nextInt(queues);
                String bot = "author-" + random.nextInt(authors);
                Output.Author author = new Output.Author(bot, QueueName.of(queue), 0, 1, 1, 1);
                outputs.add(
                        switch (random.nextInt(12)) {
                            case 0 ->
                                new Output.Payload(queue, Json.of("{\"event\":" + event + ",\"x\":" + text() + "}"));
                            case 1 ->
                                new Output.Stored(
                                        new Output.Log.Live(queue),
                                        7,
                                        Map.of("n", Attribute.of(event)),
                                        List.of(author),
                                        50);
                            default ->
                                new Output.Line(
                                        new Output.Log.Live(queue),
                                        Json.of("{\"payload\":{\"event\":" + event + ",\"x\":" + text() + "}}"),
                                        author);
                        });
            }
            return outputs;
        }

        /** JSON that hardly compresses. */
        private String text() {
            int bytes = random.nextInt(bytesMax);
            StringBuilder text = new StringBuilder(bytes + 2).append('"');
            for (int i = 0; i < bytes; i++) {
                text.append((char) ('#' + random.nextInt(57)));
            }
            return text.append('"').toString();
        }

        private void assertQueues() {
            Map<String, List<String>> expected = new TreeMap<>();
            for (int event = 0; event < events.size(); event++) {
                for (Output output : events.get(event)) {
                    expected.computeIfAbsent(queue(output), _ -> new ArrayList<>())
                            .add(output instanceof Output.Stored ? "stored " + event : "event " + event);
                }
            }
            expected.forEach((queue, wanted) -> assertThat(stored(queue))
                    .as("seed=%d queue=%s", seed, queue)
                    .isEqualTo(wanted));
        }

        private static String queue(Output output) {
            return switch (output) {
                case Output.Payload payload -> payload.queue();
                case Output.Line line -> line.log().text();
                case Output.Stored stored -> stored.log().text();
                case Output.Note note -> note.queue();
            };
        }

        private List<String> stored(String queue) {
            List<String> stored = new ArrayList<>();
            for (Item chunk : items.query(BUS.queues(), queue, "z/", "z0", Integer.MAX_VALUE)) {
                if (chunk.get("gzip") == null) {
                    stored.add("stored " + chunk.integer("n"));
                } else {
                    stored.addAll(events(chunk));
                }
            }
            return stored;
        }

        private static List<String> events(Item chunk) {
            return new String(Gzip.decompress(chunk.bytes("gzip"), 1 << 26), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst(".*\"payload\":\\{\"event\":(\\d+),.*", "event $1"))
                    .collect(Collectors.toList());
        }
    }
}
