package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Bus;
import dev.weir.flow.Spine;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.memory.MemoryStreams;
import dev.weir.model.Chunk;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.queue.Position;
import dev.weir.queue.QueueName;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import dev.weir.wire.ChunkEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A large batch of a stream: programs work on one piece of it while lanes commit it and read the next, and owe nothing at its end. */
class ProgramsBesideTest {
    private static final long NOW = 1_795_194_307_123L;
    private static final int RECORD_EVENTS = 500;
    private static final Bus BUS = new Bus("weir", new Lanes(2));

    private final MemoryItems items = new MemoryItems();
    private final ManualTime time = new ManualTime(NOW);
    private final Slow slow = new Slow();
    private int records;

    /** Answers what it was given, when it is waited for. */
    private static final class Slow implements Programs {
        private final Map<String, List<Json>> given = new HashMap<>();
        private final List<String> said = new ArrayList<>();

        @Override
        public Answers give(Id id, Program program, Progress progress, Json line) {
            say("give " + id.key());
            given.computeIfAbsent(id.key(), _ -> new ArrayList<>()).add(line);
            return new Answers(List.of(), Optional.empty());
        }

        @Override
        public Answers rest(Id id, Program program, Progress progress) {
            say("wait " + id.key());
            List<Json> lines = given.getOrDefault(id.key(), List.of());
            return new Answers(List.copyOf(lines.subList((int) progress.written(), lines.size())), Optional.empty());
        }

        private void say(String what) {
            if (said.isEmpty() || !said.getLast().equals(what)) {
                said.add(what);
            }
        }
    }

    @Test
    void nobodyIsWaitedForBeforeTheEndOfABatchAndThenEveryLaneThatHadSomethingIs() {
        Pipeline pipeline = Pipeline.of(
                "echo",
                Pipeline.from(Feed.stream("in", Codec.text()))
                        .keyBy(text -> text.substring(0, text.indexOf(' ')))
                        .program("echo", Codec.text(), Program.of("echo"))
                        .to(To.queue("out", Codec.json())));
        Spine<Work, KeyState, List<dev.weir.graph.Effect>> spine =
                new Spine<>(pipeline.graph(slow), BUS, items, new MemoryStreams(time), time, Runnable::run, "copy");
        String early = key(0);
        String late = key(1);
        List<Record> batch = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            batch.add(record(0, early, i * RECORD_EVENTS));
        }
        batch.add(record(1, late, 0));

        assertThat(spine.process(batch, NOW + 60_000)).isEmpty();

        assertThat(slow.said).containsExactly("give " + early, "give " + late, "wait " + late, "wait " + early);
        assertThat(out(0)).isEqualTo(texts(early, 0, 4 * RECORD_EVENTS));
        assertThat(out(1)).isEqualTo(texts(late, 0, RECORD_EVENTS));
    }

    private static String key(int lane) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "k" + i)
                .filter(key -> BUS.lanes().of(key) == lane)
                .findFirst()
                .orElseThrow();
    }

    private Record record(int lane, String key, int first) {
        ChunkEncoder chunk = new ChunkEncoder();
        chunk.begin(new Chunk("writer-" + lane, lane, 2, first + 1L));
        texts(key, first, RECORD_EVENTS).forEach(text -> chunk.add(Json.of(text)));
        records++;
        return new Record("shard", new SequenceNumber("" + records), key, NOW, chunk.finish());
    }

    private static List<String> texts(String key, int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "\"" + key + " " + i + "\"")
                .toList();
    }

    private List<String> out(int lane) {
        Queues queues = new Queues(BUS.queueTables(), items, new MemoryObjectStore(), time);
        List<String> all = new ArrayList<>();
        String queue = BUS.queue("out", new LaneId.Slice(lane));
        var reader = queues.reader(QueueName.of(queue), Position.beginning());
        for (var page = reader.next(ReadLimits.DEFAULTS).orThrow();
                ;
                page = reader.next(ReadLimits.DEFAULTS).orThrow()) {
            page.events().forEach(event -> all.add(event.payload().toString()));
            if (page.isEnd()) {
                return all;
            }
        }
    }
}
