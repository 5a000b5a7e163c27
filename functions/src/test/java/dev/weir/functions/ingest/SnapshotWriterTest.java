package dev.weir.functions.ingest;

import static dev.weir.functions.ingest.IngestWorld.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.model.Json;
import dev.weir.port.Attribute;
import dev.weir.queue.EventReader;
import dev.weir.queue.Page;
import dev.weir.queue.Position;
import dev.weir.queue.QueueEntry;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueReader;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import dev.weir.queue.SnapshotOutcome;
import dev.weir.queue.SnapshotWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots as a program writes them, through the ingest. */
class SnapshotWriterTest {
    private static final QueueName STOCK = QueueName.of("stock");

    /** Enough for three objects. */
    private static final String LARGE = "\"" + "0123456789".repeat(400_000) + "-%d\"";

    private final IngestWorld world = new IngestWorld();
    private final IngestWorld.Copy ingest = world.copy();
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final ManualTime time = new ManualTime(NOW);
    private final Queues queues = new Queues(world.bus.queueTables(), world.items, objects, time);
    private final List<String> sent = new ArrayList<>();
    private int attempts;
    private int delivered;

    private void live(int from, int to) {
        delivered++;
        ingest.take(world.numbered(
                "a",
                "live-" + delivered,
                world.bus.lanes().of("stock"),
                1,
                IngestWorld.lines("bot", "stock", from, to)));
    }

    /** What is sent waits in {@link #sent}. */
    private SnapshotWriter writer() {
        attempts++;
        sent.clear();
        return new SnapshotWriter(
                world.bus.queueTables(),
                "attempt-" + attempts,
                (key, line) -> sent.add(line.toString()),
                world.items,
                objects,
                time);
    }

    /** The first lines arrive; the others were never put. */
    private void arrive(int lines) {
        if (lines > 0) {
            ingest.take(world.numbered(
                    "a",
                    "attempt-" + attempts,
                    world.bus.lanes().of("stock"),
                    1,
                    sent.subList(0, lines).toArray(String[]::new)));
        }
    }

    private List<String> read() {
        return rest(queues.reader(STOCK, Position.beginning()));
    }

    private static List<String> rest(EventReader reader) {
        List<String> payloads = new ArrayList<>();
        Page page;
        do {
            page = reader.next(ReadLimits.DEFAULTS).orThrow();
            for (QueueEntry entry : page.entries()) {
                payloads.add(((QueueEvent) entry).payload().toString());
            }
        } while (!page.isEnd());
        return payloads;
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static List<String> and(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static Iterator<Json> jsons(List<String> payloads) {
        return payloads.stream().map(Json::of).iterator();
    }

    private static List<String> large() {
        return IntStream.range(0, 7).mapToObj(LARGE::formatted).toList();
    }

    @Test
    void whoBeginsAtTheBeginningReadsTheSnapshotAndGoesOnBehindItsLastEvent() {
        live(0, 5);
        SnapshotOutcome outcome = writer().write("keeper", STOCK, () -> {
            live(5, 8); // while it is made, in the same minute
            return jsons(numbers(100, 103));
        });
        arrive(sent.size());
        live(8, 10);

        String fifth = world.reader("stock").read().seen.get(4).eid();
        assertThat(outcome).isEqualTo(new SnapshotOutcome.Written("_snapshot/z/2026/11/20/17/05/", fifth, 3));
        assertThat(read()).isEqualTo(and(numbers(100, 103), numbers(5, 10)));
        assertThat(rest(queues.reader(STOCK, Position.of("z/2026")))).isEqualTo(numbers(0, 10));
        assertThat(world.parked("a")).isEmpty();
    }

    /** As the wire has it: pointers with the moment of the snapshot, and then the command that makes it known. */
    @Test
    void otherClientsFindWhatTheyKnow() {
        live(0, 1);
        writer().write("keeper", STOCK, () -> jsons(numbers(100, 103)));
        arrive(sent.size());

        long minute = NOW - NOW % 60_000;
        assertThat(sent.getFirst())
                .startsWith("{\"snapshot\":" + minute + ",\"event\":\"stock\",\"start\":null,\"end\":2,");
        assertThat(sent.getLast())
                .startsWith("{\"_cmd\":\"registerSnapshot\",\"event\":\"stock\",\"start\":" + minute + ",\"next\":"
                        + NOW + ",\"id\":\"keeper\",\"after\":\"z/2026/11/20/17/05/");
        assertThat(world.chunks("stock/_snapshot").getFirst().text("start")).startsWith("z/2026/11/20/17/05/");
        assertThat(world.head("stock").orElseThrow().struct("snapshot"))
                .containsEntry("start", Attribute.of("_snapshot/z/2026/11/20/17/05/"))
                .containsEntry("next", Attribute.of(world.maxEid("stock")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aWriterThatDiesInTheMiddleLeavesNothingToBeSeenAndTheNextOneIsWhole(int lines) {
        live(0, 3);
        writer().write("keeper", STOCK, () -> jsons(large()));
        assertThat(sent).as("three pointers and the command").hasSize(4);
        arrive(lines);

        assertThat(read()).as("after the death").isEqualTo(numbers(0, 3));

        live(3, 5);
        SnapshotOutcome outcome = writer().write("keeper", STOCK, () -> jsons(large()));
        arrive(sent.size());
        live(5, 7);

        assertThat(outcome).isInstanceOf(SnapshotOutcome.Written.class);
        assertThat(read()).isEqualTo(and(large(), numbers(5, 7)));
    }

    /** What the dead one had put arrives after all, when the next one is being written or is done. */
    @Test
    void whatComesLateOfADeadOneMixesWithNothing() {
        live(0, 3);
        writer().write("keeper", STOCK, () -> jsons(numbers(100, 110)));
        List<String> late = List.copyOf(sent.subList(0, 1));
        writer().write("keeper", STOCK, () -> jsons(numbers(200, 210)));
        arrive(1);
        ingest.take(world.numbered("a", "attempt-1", world.bus.lanes().of("stock"), 1, late.toArray(String[]::new)));
        ingest.take(world.numbered("a", "attempt-2", world.bus.lanes().of("stock"), 1, sent.toArray(String[]::new)));

        assertThat(read()).isEqualTo(numbers(200, 210));
    }

    /** Other clients reserve no minute: what leo-sdk has begun is seen in the queue's snapshots alone. */
    @Test
    void whatAnotherClientHasBegunMixesWithNothing() {
        live(0, 3);
        ingest.take(world.gzip("a", Pointers.snapshot("stock", "part-1", 100, NOW)));

        writer().write("keeper", STOCK, () -> jsons(numbers(200, 210)));
        arrive(sent.size());

        assertThat(read()).isEqualTo(numbers(200, 210));
    }

    @Test
    void whoReadsAnOlderSnapshotMissesNothingWhenANewOneComes() {
        live(0, 3);
        writer().write("keeper", STOCK, () -> jsons(numbers(100, 104)));
        arrive(sent.size());
        QueueReader reader = queues.reader(STOCK, Position.beginning());
        reader.next(ReadLimits.DEFAULTS.withEvents(2));
        ingest.time.advance(Duration.ofMinutes(3));
        live(3, 6);
        writer().write("keeper", STOCK, () -> jsons(numbers(200, 203)));
        arrive(sent.size());
        live(6, 8);

        List<String> rest =
                rest(queues.reader(STOCK, Position.of(reader.position().text())));
        assertThat(rest).as("the rest of the old one").startsWith("102", "103");
        assertThat(rest).as("all since").endsWith("3", "4", "5", "6", "7");
        assertThat(read()).isEqualTo(and(numbers(200, 203), numbers(6, 8)));
    }

    @Test
    void aSecondSnapshotOfAMinuteIsRefused() {
        live(0, 3);
        writer().write("keeper", STOCK, () -> jsons(numbers(100, 103)));
        arrive(sent.size());

        assertThat(writer().write("keeper", STOCK, () -> jsons(numbers(200, 203))))
                .isInstanceOf(SnapshotOutcome.Refused.class);
        assertThat(sent).isEmpty();
        assertThat(read()).isEqualTo(numbers(100, 103));
    }

    /** Both have begun; the later one is done first. */
    @Test
    void aWriterThatIsOvertakenGivesUp() {
        live(0, 3);
        writer().write("keeper", STOCK, () -> jsons(numbers(100, 103)));
        List<String> first = List.copyOf(sent);

        SnapshotOutcome second = writer().write("keeper", STOCK, () -> {
            ingest.take(
                    world.numbered("a", "attempt-1", world.bus.lanes().of("stock"), 1, first.toArray(String[]::new)));
            return jsons(numbers(200, 203));
        });
        arrive(sent.size());

        assertThat(second).isInstanceOf(SnapshotOutcome.Refused.class);
        assertThat(read()).isEqualTo(numbers(100, 103));
    }

    @Test
    void aQueueThatHasNothingYetHasASnapshotToo() {
        SnapshotOutcome outcome = writer().write("keeper", STOCK, () -> jsons(numbers(100, 103)));
        arrive(sent.size());
        live(0, 3);

        assertThat(outcome).isInstanceOf(SnapshotOutcome.Written.class);
        assertThat(read()).isEqualTo(and(numbers(100, 103), numbers(0, 3)));
    }

    @Test
    void aSnapshotOfNothingHidesWhatWasBefore() {
        live(0, 3);
        writer().write("keeper", STOCK, () -> jsons(List.of()));
        arrive(sent.size());
        live(3, 5);

        assertThat(read()).isEqualTo(numbers(3, 5));
    }

    @Test
    void whatIsNoEventIdIsNoPlaceToGoOn() {
        assertThatThrownBy(() -> writer().write("keeper", STOCK, "z/2026/11", () -> jsons(List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("upTo=z/2026/11");
        ingest.take(
                world.gzip(
                        "a",
                        "{\"_cmd\":\"registerSnapshot\",\"event\":\"stock\",\"start\":1795178760000,\"next\":1795178820000,\"id\":\"b\",\"after\":\"soon\"}"));
        assertThat(world.parked("a")).hasSize(1);
        assertThat(world.head("stock").map(head -> head.struct("snapshot")).orElse(Map.of()))
                .isEmpty();
    }
}
