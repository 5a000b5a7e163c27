package dev.weir.queue;

import static dev.weir.queue.Shelf.eid;
import static dev.weir.queue.Shelf.lines;
import static dev.weir.queue.Shelf.payloads;
import static dev.weir.queue.Shelf.q;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.port.ObjectStore.IfPresent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MergedReaderTest {

    @Test
    void subQueuesAreReadInTheOrderOfTheirIds() {
        Shelf shelf = new Shelf();
        shelf.inline("decided.0", 1, lines("decided", List.of("1", "2")));
        shelf.inline("decided.1", 2, lines("decided", List.of("3")));
        shelf.inline("decided.shard-shardId-000000000000", 3, lines("decided", List.of("4")));
        shelf.inline("decided.0", 4, lines("decided", List.of("5")));
        shelf.inline("decided.other", 0, lines("decided.other", List.of("no")));

        EventReader reader = shelf.queues.readerOfAll(q("decided"), Position.beginning());

        assertThat(payloads(Shelf.readAll(reader, ReadLimits.DEFAULTS.withEvents(2))))
                .containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void aQueueWithoutSubQueuesIsReadAlone() {
        Shelf shelf = new Shelf();
        shelf.inline("orders", 1, lines("orders", List.of("1")));

        assertThat(shelf.queues.readerOfAll(q("orders"), Position.beginning())).isInstanceOf(QueueReader.class);
        assertThat(shelf.queues.readerOfAll(q("unknown"), Position.now())).isInstanceOf(QueueReader.class);
    }

    @Test
    void anEventThatBecomesVisibleLateInOneSubQueueIsNotMissed() {
        Shelf shelf = new Shelf();
        shelf.inline("decided.0", 9, lines("decided", List.of("9")));
        shelf.inline("decided.1", 1, lines("decided", List.of("1")));
        EventReader reader = shelf.queues.readerOfAll(q("decided"), Position.beginning());
        assertThat(payloads(Shelf.readAll(reader, ReadLimits.DEFAULTS))).containsExactly("1", "9");

        shelf.inline("decided.1", 5, lines("decided", List.of("5")));

        assertThat(payloads(Shelf.readAll(reader, ReadLimits.DEFAULTS))).containsExactly("5");
    }

    @Test
    void aSubQueueThatCannotBeReadDoesNotStopTheOthers() {
        Shelf shelf = new Shelf();
        String key = shelf.inObject("decided.0", 1, List.of(lines("decided", List.of("1"))));
        byte[] object = shelf.objects.get(key).orElseThrow();
        shelf.objects.delete(key);
        shelf.inline("decided.1", 2, lines("decided", List.of("2")));
        EventReader reader = shelf.queues.readerOfAll(q("decided"), Position.beginning());

        Page page = reader.next(ReadLimits.DEFAULTS);
        assertThat(payloads(page.entries())).containsExactly("2");
        assertThat(page.stop()).isInstanceOf(Stop.Unreadable.class);

        shelf.objects.put(key, object, IfPresent.REPLACE);
        assertThat(payloads(reader.next(ReadLimits.DEFAULTS).entries())).containsExactly("1");
        shelf.objects.delete(key);
        EventReader another = shelf.queues.readerOfAll(q("decided"), Position.beginning());
        another.passOver((Stop.Unreadable) another.next(ReadLimits.DEFAULTS).stop());
        assertThat(another.next(ReadLimits.DEFAULTS).stop()).isEqualTo(Stop.END);
        assertThat(another.positions()).containsEntry("decided.0", Position.of(eid(1, 0)));
    }

    @Test
    void manyIdleSubQueuesCostOneLookTogether() {
        Shelf shelf = new Shelf();
        for (int lane = 0; lane < 50; lane++) {
            shelf.inline("decided." + lane, lane, lines("decided", List.of("1")));
        }
        EventReader reader = shelf.queues.readerOfAll(q("decided"), Position.beginning());
        assertThat(Shelf.readAll(reader, ReadLimits.DEFAULTS)).hasSize(50);
        shelf.items.reset();

        assertThat(reader.next(ReadLimits.DEFAULTS)).isEqualTo(new Page(List.of(), Stop.END));

        assertThat(shelf.items.gets).isEqualTo(1);
        assertThat(shelf.items.queries).isZero();
    }

    @Property(tries = 300)
    void whoeverGoesOnFromThePositionsReadsExactlyTheRest(@ForAll long seed) {
        Random random = new Random(seed);
        Shelf shelf = new Shelf();
        List<QueueName> names = List.of(q("a.0"), q("a.1"), q("a.2"));
        Map<String, List<String>> written = new TreeMap<>();
        Map<String, List<String>> read = new TreeMap<>();
        Map<String, Position> positions = Map.of();
        MergedReader reader = shelf.queues.merged(names, positions, Position.beginning());
        for (int step = 0; step < 30; step++) {
            QueueName queue = names.get(random.nextInt(names.size()));
            List<String> payloads = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                payloads.add(step + "." + (i + 1));
            }
            shelf.inline(queue.key(), 1 + 100L * step, lines("a", payloads));
            written.computeIfAbsent(queue.key(), _ -> new ArrayList<>()).addAll(payloads);
            collect(reader.next(ReadLimits.DEFAULTS.withEvents(1 + random.nextInt(6))), read);
            if (random.nextBoolean()) {
                reader = shelf.queues.merged(names, reader.positions(), Position.beginning());
            }
        }
        collect(reader.next(ReadLimits.DEFAULTS), read);

        assertThat(read).isEqualTo(written);
    }

    private static void collect(Page page, Map<String, List<String>> read) {
        for (QueueEvent event : page.events()) {
            read.computeIfAbsent(event.queue(), _ -> new ArrayList<>())
                    .add(event.payload().toString());
        }
    }
}
