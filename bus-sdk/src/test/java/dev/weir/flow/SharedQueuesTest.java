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
import dev.weir.model.Lanes;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Time;
import dev.weir.wire.Envelope;
import dev.weir.wire.Gzip;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Commits to queues that several lanes write, in every order in which a store can answer, and be written by another one meanwhile. */
class SharedQueuesTest {
    private static final int SCRIPT_LENGTH = Integer.getInteger("weir.script.length", 3);
    private static final int BATCHES = 3;
    private static final int BATCH_EVENTS = 2;
    private static final int DELIVERIES_MAX = 12;
    private static final long NOW = 1_795_194_307_123L;
    private static final Bus BUS = new Bus("weir", new Lanes(2));
    private static final List<String> QUEUES = List.of("first", "second");
    private static final Key ROW = new Key(BUS.cron(), "copier", null);

    private static final Graph<Json, NoState, Json> GRAPH = Graph.named("copier")
            .readFrom(Source.stream("in", Decoded::value))
            .forEach((Json event, long _) -> event)
            .writeTo(Sink.queues(event -> QUEUES.stream()
                    .<Output>map(queue -> new Output.Payload(queue, event))
                    .toList()));

    @Test
    void everyEventIsInEveryQueueOnceAndInOrderHoweverTheStoreAnswers() {
        List<String> scripts = new ArrayList<>(List.of(""));
        for (int length = 0; length < SCRIPT_LENGTH; length++) {
            List<String> longer = new ArrayList<>();
            for (String script : scripts) {
                ScriptedStore.LETTERS.chars().forEach(c -> longer.add(script + (char) c));
            }
            scripts = longer;
        }
        scripts.addAll(List.of("V", "oV", "ooooooooo", "lov", "luovzz", "lvzoloz", "ovovovov"));
        scripts.forEach(script -> new Play(script).play());
        assertThat(scripts).hasSizeGreaterThan(500);
    }

    @Test
    void theHeadIsReadAgainAtOnceAndTheCheckpointStaysOurs() {
        Play play = new Play("o");
        play.deliver(0);
        assertThat(play.store.transactions())
                .as("the other was faster, then we")
                .isEqualTo(2);
        assertThat(play.deliveries).as("no batch came again").isEqualTo(1);
    }

    /** The try that landed had other ids and another time than the one that was tried last: what is in memory belongs to neither. */
    @Test
    void anEarlierTryThatLandsAfterAllIsNotTakenForTheLastOne() {
        Play play = new Play("lvz");
        play.deliver(0);
        assertThat(play.store.transactions()).isEqualTo(3);
        assertThat(play.deliveries)
                .as("the lane was loaded anew, and the batch came again")
                .isEqualTo(2);
        assertThat(play.events("first")).containsExactly("\"a0\"", "\"a1\"");
    }

    @Test
    void aTwinThatHasOurLaneFencesUsThoughHeadsMovedToo() {
        Play play = new Play("t");
        play.deliver(0);
        assertThat(play.deliveries).isEqualTo(2);
        assertThat(play.events("first")).containsExactly("\"a0\"", "\"a1\"");
    }

    @Test
    void aRowThatIsRemovedAgainAndAgainCostsItsCheckpointAndNothingElse() {
        Play play = new Play("V");
        for (int batch = 0; batch < BATCHES; batch++) {
            play.deliver(batch);
        }
        assertThat(play.events("first")).hasSize(BATCHES * BATCH_EVENTS);
        assertThat(play.deliveries).as("no batch came again").isEqualTo(BATCHES);
    }

    /** Two shards, each with its lane; the other one writes when the script says so. */
    private static final class Play {
        private final MemoryItems stored = new MemoryItems();
        private final ManualTime time = new ManualTime(NOW);
        private final String script;
        private final ScriptedStore store;
        private final Spine<Json, NoState, Json> ours;
        private final Spine<Json, NoState, Json> others;
        private int othersBatches;
        private int deliveries;
        private int delivered;
        private Map<String, String> headsSeen = Map.of("first", "", "second", "");

        private Play(String script) {
            this.script = script;
            this.store = new ScriptedStore(stored, time, script, ROW, this::other, this::twin);
            this.ours = spine(store, time, "ours");
            this.others = spine(stored, new Ahead(time), "others");
        }

        private static Spine<Json, NoState, Json> spine(Items items, Time time, String incarnation) {
            return new Spine<>(GRAPH, BUS, items, new MemoryStreams(time), time, Runnable::run, incarnation);
        }

        private void play() {
            for (int batch = 0; batch < BATCHES; batch++) {
                deliver(batch);
                assertHeadsRose();
            }
            store.arriveAll();
            deliver(BATCHES - 1); // once more: it must be known
            assertHeadsRose();
            for (String queue : QUEUES) {
                List<String> events = events(queue);
                assertThat(events.stream().filter(event -> event.startsWith("\"a")))
                        .as("script=%s queue=%s", script, queue)
                        .isEqualTo(expected("a", BATCHES));
                assertThat(events.stream().filter(event -> event.startsWith("\"b")))
                        .as("script=%s queue=%s", script, queue)
                        .isEqualTo(expected("b", othersBatches));
            }
        }

        private static List<String> expected(String shard, int batches) {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < batches * BATCH_EVENTS; i++) {
                expected.add("\"" + shard + i + "\"");
            }
            return expected;
        }

        /** As the mapping does: again, until it is done. */
        private void deliver(int batch) {
            delivered = batch;
            for (int i = 0; i < DELIVERIES_MAX; i++) {
                deliveries++;
                if (ours.process(records("a", batch), time.epochMillis() + 5_000)
                        .isEmpty()) {
                    return;
                }
            }
            throw new AssertionError("a batch does not get through: script=" + script + " batch=" + batch);
        }

        private void other() {
            assertThat(others.process(records("b", othersBatches), time.epochMillis() + 5_000))
                    .isEmpty();
            othersBatches++;
        }

        /** Another copy of our function has the same batch, cut earlier. */
        private void twin() {
            spine(stored, time, "twin" + deliveries)
                    .process(records("a", delivered).subList(0, 1), time.epochMillis() + 5_000);
        }

        private static List<Record> records(String shard, int batch) {
            List<Record> records = new ArrayList<>();
            for (int i = batch * BATCH_EVENTS; i < (batch + 1) * BATCH_EVENTS; i++) {
                byte[] data = ("\"" + shard + i + "\"").getBytes(StandardCharsets.UTF_8);
                records.add(new Record("shard-" + shard, new SequenceNumber("" + (i + 1)), "key", NOW, data));
            }
            return records;
        }

        private void assertHeadsRose() {
            for (Item head : stored.scan(BUS.heads())) {
                String queue = head.key().partition();
                assertThat(head.text("max_eid"))
                        .as("script=%s queue=%s", script, queue)
                        .isGreaterThanOrEqualTo(headsSeen.get(queue));
            }
            headsSeen = Map.of("first", head("first"), "second", head("second"));
        }

        private String head(String queue) {
            return stored.get(new Key(BUS.heads(), queue, null))
                    .map(item -> item.text("max_eid"))
                    .orElse("");
        }

        /** Chunk after chunk, which must follow each other, up to the head. */
        private List<String> events(String queue) {
            List<String> events = new ArrayList<>();
            String last = "";
            for (Item chunk : stored.query(BUS.queues(), queue, "z/", "z0", Integer.MAX_VALUE)) {
                assertThat(chunk.text("start")).as("script=%s", script).isGreaterThan(last);
                last = String.valueOf(chunk.key().sort());
                new String(Gzip.decompress(chunk.bytes("gzip"), 1 << 20), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(line ->
                                events.add(Envelope.payloadOf(Json.of(line)).toString()));
            }
            assertThat(last).as("script=%s", script).isEqualTo(head(queue));
            assertThat(script.contains("V") ? last : checkpoint(queue))
                    .as("write checkpoint, script=%s", script)
                    .isEqualTo(last);
            return events;
        }

        private String checkpoint(String queue) {
            Map<String, Attribute> row = stored.get(ROW).orElseThrow().struct("checkpoints");
            Attribute write = ((Attribute.Struct) row.get("write")).value().get("queue:" + queue);
            return ((Attribute.Text) ((Attribute.Struct) write).value().get("checkpoint")).value();
        }
    }

    /** A clock that is ahead of another. */
    private record Ahead(Time time) implements Time {
        @Override
        public long epochMillis() {
            return time.epochMillis() + 900;
        }

        @Override
        public void pause(Duration duration) {
            time.pause(duration);
        }
    }
}
