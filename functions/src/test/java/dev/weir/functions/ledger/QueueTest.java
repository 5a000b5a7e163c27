package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Eid;
import dev.weir.port.Item;
import dev.weir.queue.Position;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueReader;
import dev.weir.queue.ReadLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue of outcomes, as its readers see it. */
class QueueTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, -3_600_000, 86_400_000})
    void idsRiseWhateverTheClockDoes(long stepMillis) {
        var world = World.ledger(1);
        world.put(new Numbered("p", 1)
                .addAll(Transfers.traffic(new Random(51), 5, 60))
                .records(1));
        var delivery = new Delivery<>(world).inBatchesOf(() -> 2);
        List<Eid> ends = new ArrayList<>();
        while (delivery.step()) {
            delivery.forget();
            world.time.advance(Duration.ofMillis(stepMillis));
            List<Item> chunks = chunks(world);
            Eid last = Eid.parse(String.valueOf(chunks.getLast().key().sort())).orElseThrow();
            assertThat(ends).allMatch(end -> end.compareTo(last) < 0);
            ends.add(last);
        }
        Eid previous = new Eid(0, 0);
        for (Item chunk : chunks(world)) {
            Eid start = Eid.parse(chunk.text("start")).orElseThrow();
            Eid end = Eid.parse(String.valueOf(chunk.key().sort())).orElseThrow();
            assertThat(start).isGreaterThan(previous);
            assertThat(start.plus(chunk.integer("records") - 1)).isEqualTo(end);
            previous = end;
        }
        assertThat(world.results()).hasSize(60);
    }

    private static List<Item> chunks(World<?, ?, ?> world) {
        return world.items.query(world.bus.queues(), "transfers.decided", "z/", "z0", Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aReaderThatFollowsAllAlongSeesEveryOutcomeOnce(int lanes) {
        Random random = new Random(52);
        List<String> transfers = Transfers.traffic(random, 10, 300);
        var world = World.ledger(lanes);
        world.put(new Numbered("p", lanes).addAll(transfers).records(3));
        TreeMap<String, String> positions = new TreeMap<>();
        TreeMap<String, List<String>> read = new TreeMap<>();
        var delivery = new Delivery<>(world)
                .inBatchesOf(() -> 1 + random.nextInt(3))
                .by(() -> world.copy(Plan.random(random, 0.05)));
        while (delivery.step()) {
            follow(world, positions, read);
            world.time.advance(Duration.ofMillis(random.nextInt(5) - 2));
        }
        follow(world, positions, read);

        assertThat(read.values().stream().flatMap(List::stream).toList())
                .hasSize(300)
                .containsExactlyInAnyOrderElementsOf(world.results());
        Auditor.audit(world, transfers);
    }

    /** Each time a new reader, which has nothing but the position. */
    private static void follow(
            World<?, ?, ?> world, TreeMap<String, String> positions, TreeMap<String, List<String>> read) {
        world.lanes().forEach(lane -> {
            String queue = world.bus.queue("transfers.decided", lane);
            QueueReader reader =
                    world.queues().reader(QueueName.of(queue), Position.of(positions.getOrDefault(queue, "")));
            for (QueueEvent event : reader.next(ReadLimits.DEFAULTS).events()) {
                read.computeIfAbsent(queue, _ -> new ArrayList<>())
                        .add(event.payload().toString());
            }
            positions.put(queue, reader.position().text());
        });
    }

    @Test
    void aReaderThatBeginsInsideAChunkGetsTheRestOfIt() {
        var world = World.ledger(1);
        world.put(new Numbered("p", 1)
                .addAll(Transfers.traffic(new Random(53), 5, 20))
                .records(20));
        world.deliver();
        Eid start = Eid.parse(chunks(world).getFirst().text("start")).orElseThrow();

        QueueReader reader = world.queues()
                .reader(
                        QueueName.of("transfers.decided"),
                        Position.of(start.plus(6).toString()));

        assertThat(reader.next(ReadLimits.DEFAULTS).events())
                .extracting(event -> event.payload().toString())
                .isEqualTo(world.results().subList(7, 20));
    }

    @Test
    void theHeadIsTheLastIdOfTheQueue() {
        var world = World.ledger(1);
        world.put(new Numbered("p", 1)
                .addAll(Transfers.traffic(new Random(54), 5, 20))
                .records(3));
        world.deliver();

        Item head = world.items.scan(world.bus.heads()).iterator().next();
        assertThat(head.text("max_eid")).isEqualTo(chunks(world).getLast().key().sort());
    }
}
