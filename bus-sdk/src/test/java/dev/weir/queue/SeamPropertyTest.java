package dev.weir.queue;

import static dev.weir.queue.Shelf.eid;
import static dev.weir.queue.Shelf.q;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.port.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A queue that is written, archived and forgotten while somebody reads it: whatever the borders of its chunks and of its archive, and
 * whatever has gone from the queue, each event is read once, in order.
 */
class SeamPropertyTest {
    private static final String QUEUE = "orders";

    @Property(tries = 400)
    void archiveAndQueueAreReadAsOneWithoutASeam(@ForAll long seed) {
        Random random = new Random(seed);
        History history = new History(random);
        for (int i = random.nextInt(8); i >= 0; i--) {
            history.step();
        }
        int from = random.nextInt(history.eids.size() + 1);
        Position start = from == 0 ? Position.beginning() : Position.of(history.eids.get(from - 1));
        QueueReader reader = history.shelf.queues.reader(q(QUEUE), start);

        List<QueueEntry> read = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            read.addAll(reader.next(ReadLimits.DEFAULTS.withEvents(1 + random.nextInt(20)))
                    .entries());
            if (random.nextBoolean()) {
                history.step();
            }
            if (random.nextBoolean()) { // somebody else goes on, who has nothing but the position
                reader = history.shelf.queues.reader(
                        q(QUEUE), Position.of(reader.position().text()));
                history.mayForget();
            }
        }
        read.addAll(Shelf.readAll(reader, ReadLimits.DEFAULTS));

        assertThat(read).extracting(QueueEntry::eid).isEqualTo(history.eids.subList(from, history.eids.size()));
        assertThat(Shelf.payloads(read)).isEqualTo(Shelf.numbers(from, history.eids.size()));
    }

    private static final class History {
        private final Random random;
        private final Shelf shelf = new Shelf();
        private final List<String> eids = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();
        private final List<String> chunkEnds = new ArrayList<>();
        private int archived;
        private long millis;

        History(Random random) {
            this.random = random;
            write();
        }

        void step() {
            switch (random.nextInt(3)) {
                case 0, 1 -> write();
                default -> {
                    archive();
                    mayForget();
                }
            }
        }

        private void write() {
            millis += 1 + random.nextInt(100_000);
            List<List<String>> sections = new ArrayList<>();
            int place = 0;
            for (int i = random.nextInt(4); i >= 0; i--) {
                List<String> section = new ArrayList<>();
                for (int n = random.nextInt(6); n >= 0; n--) {
                    section.add(Shelf.line(QUEUE, Integer.toString(eids.size()), place));
                    lines.add(section.getLast());
                    eids.add(eid(millis, place++));
                }
                sections.add(section);
            }
            if (random.nextBoolean()) {
                shelf.inObject(QUEUE, millis, sections);
            } else {
                shelf.inline(
                        QUEUE, millis, sections.stream().flatMap(List::stream).toList());
            }
            chunkEnds.add(eids.getLast());
        }

        private void archive() {
            int to = archived + random.nextInt(eids.size() - archived + 1);
            while (archived < to) {
                int end = archived + 1 + random.nextInt(to - archived);
                shelf.archive(QUEUE, eids.subList(archived, end), lines.subList(archived, end));
                archived = end;
            }
        }

        /** The store forgets old chunks of the queue, those that are archived, in any order that it likes. */
        void mayForget() {
            for (String end : chunkEnds) {
                if (archived > 0 && end.compareTo(eids.get(archived - 1)) <= 0 && random.nextBoolean()) {
                    shelf.store.deleteAll(List.of(new Key(Shelf.TABLES.chunks(), QUEUE, end)));
                }
            }
        }
    }
}
