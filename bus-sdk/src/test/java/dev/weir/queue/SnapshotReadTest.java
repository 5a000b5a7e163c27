package dev.weir.queue;

import static dev.weir.queue.Shelf.eid;
import static dev.weir.queue.Shelf.lines;
import static dev.weir.queue.Shelf.numbers;
import static dev.weir.queue.Shelf.payloads;
import static dev.weir.queue.Shelf.q;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotReadTest {
    private static final long MINUTE_MILLIS = 60_000;

    private final Shelf shelf = new Shelf();

    /** Events 0 to 4 before the snapshot, a snapshot of two chunks, events 5 to 9 since it began, and a later snapshot. */
    @BeforeEach
    void aQueueWithASnapshot() {
        shelf.inline("orders", 0, lines("orders", numbers(0, 5)));
        shelf.inline("orders", 2 * MINUTE_MILLIS, lines("orders", numbers(5, 10)));
        shelf.inline("orders/_snapshot", MINUTE_MILLIS + 1, lines("orders", numbers(100, 103)));
        shelf.inObject("orders/_snapshot", MINUTE_MILLIS + 2, List.of(lines("orders", numbers(103, 106))));
        shelf.registerSnapshot("orders", MINUTE_MILLIS, MINUTE_MILLIS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 50})
    void l6_aReaderOfASnapshotGoesOnWithTheQueueInTheSameRun(int events) {
        List<QueueEntry> read = Shelf.readAll(
                shelf.queues.reader(q("orders"), Position.beginning()), ReadLimits.DEFAULTS.withEvents(events));

        List<String> expected = new ArrayList<>(numbers(100, 106));
        expected.addAll(numbers(5, 10));
        assertThat(payloads(read)).isEqualTo(expected);
        assertThat(read.getFirst().eid()).isEqualTo("_snapshot/" + eid(MINUTE_MILLIS + 1, 0));
        assertThat(read.getFirst().queue()).isEqualTo("orders");
    }

    @Test
    void l6_aReaderOfAnArchiveGoesOnWithTheQueueInTheSameRun() {
        shelf.archive(
                "orders",
                List.of(eid(0, 0), eid(0, 1)),
                lines("orders", numbers(0, 5)).subList(0, 2));

        Page page = shelf.queues.reader(q("orders"), Position.of("z/2020")).next(ReadLimits.DEFAULTS);

        assertThat(payloads(page.entries())).isEqualTo(numbers(0, 10));
        assertThat(page.stop()).isEqualTo(Stop.END);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 5})
    void aPositionInASnapshotIsGoneOnFromThere(int last) {
        QueueReader reader = shelf.queues.reader(q("orders"), Position.beginning());
        reader.next(ReadLimits.DEFAULTS.withEvents(last + 1));

        List<String> rest =
                payloads(shelf.read("orders", Position.of(reader.position().text())));

        List<String> expected = new ArrayList<>(numbers(100 + last + 1, 106));
        expected.addAll(numbers(5, 10));
        assertThat(rest).isEqualTo(expected);
    }

    @Test
    void theNextSnapshotIsNotReadBehindTheOneThatWasBegun() {
        QueueReader reader = shelf.queues.reader(q("orders"), Position.beginning());
        reader.next(ReadLimits.DEFAULTS.withEvents(2));
        shelf.inline("orders/_snapshot", 3 * MINUTE_MILLIS, lines("orders", numbers(200, 203)));
        shelf.registerSnapshot("orders", 3 * MINUTE_MILLIS, 3 * MINUTE_MILLIS);

        List<String> expected = new ArrayList<>(numbers(102, 106));
        expected.addAll(numbers(5, 10));
        assertThat(payloads(Shelf.readAll(reader, ReadLimits.DEFAULTS))).isEqualTo(expected);
        assertThat(payloads(shelf.read("orders", Position.beginning()))).isEqualTo(numbers(200, 203));
    }

    @Test
    void aSnapshotThatIsNotRegisteredYetIsNotLeft() {
        QueueReader reader = shelf.queues.reader(
                q("orders"), Position.of("_snapshot/" + Eids.minute(Shelf.START_MILLIS + 3 * MINUTE_MILLIS)));
        shelf.inline("orders/_snapshot", 3 * MINUTE_MILLIS, lines("orders", List.of("200")));
        assertThat(payloads(reader.next(ReadLimits.DEFAULTS).entries())).containsExactly("200");

        shelf.inline("orders/_snapshot", 3 * MINUTE_MILLIS + 1, lines("orders", List.of("201")));
        shelf.inline("orders", 4 * MINUTE_MILLIS, lines("orders", List.of("10")));
        shelf.registerSnapshot("orders", 3 * MINUTE_MILLIS, 3 * MINUTE_MILLIS);

        assertThat(payloads(reader.next(ReadLimits.DEFAULTS).entries())).containsExactly("201", "10");
    }
}
