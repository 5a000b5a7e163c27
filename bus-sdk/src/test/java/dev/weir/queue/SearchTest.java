package dev.weir.queue;

import static dev.weir.queue.Shelf.eid;
import static dev.weir.queue.Shelf.lines;
import static dev.weir.queue.Shelf.numbers;
import static dev.weir.queue.Shelf.payloads;
import static dev.weir.queue.Shelf.q;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
    private final Shelf shelf = new Shelf();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void aSearchFindsEverythingThatMatchesHoweverItIsCut(int most) {
        shelf.inline("a.0", 1, lines("a", numbers(0, 20)));
        shelf.inline("a.1", 2, lines("a", numbers(20, 40)));
        shelf.inline("a.0", 3, lines("a", numbers(40, 60)));
        Search search = shelf.queues.search(q("a"), Position.beginning(), Query.parse("$ >= 15 && $ < 45"));

        List<QueueEvent> found = new ArrayList<>();
        Search.Found part;
        long read = 0;
        do {
            part = search.next(most, ReadLimits.DEFAULTS.withEvents(5));
            assertThat(part.events()).hasSizeLessThanOrEqualTo(most);
            found.addAll(part.events());
            read += part.read();
        } while (!(part.stop() instanceof Stop.End));

        assertThat(payloads(found)).isEqualTo(numbers(15, 45));
        assertThat(read).isEqualTo(60);
    }

    @Test
    void aSearchGoesOnFromItsPositions() {
        shelf.inline("a", 1, lines("a", numbers(0, 20)));
        Search.Found first = shelf.queues
                .search(q("a"), Position.beginning(), Query.parse("$ != 3"))
                .next(5, ReadLimits.DEFAULTS);
        assertThat(first.positions()).isEqualTo(Map.of("a", Position.of(eid(1, 5))));
        assertThat(first.stop()).isEqualTo(Stop.EVENTS);

        Position from = first.positions().values().iterator().next();
        Search.Found rest =
                shelf.queues.search(q("a"), from, Query.parse("$ != 3")).next(100, ReadLimits.DEFAULTS);
        assertThat(payloads(rest.events())).isEqualTo(numbers(6, 20));
    }

    @Test
    void aSearchForAnIdReadsNothingElse() {
        for (int i = 0; i < 500; i++) {
            shelf.inline("a", i, lines("a", numbers(10 * i, 10 * i + 10)));
        }

        assertThat(shelf.queues.find(q("a"), eid(321, 7)))
                .get()
                .extracting(QueueEvent::payload)
                .hasToString("3217");
        assertThat(shelf.items.queried).isLessThan(8);
        assertThat(shelf.queues.find(q("a"), eid(321, 11))).isEmpty();
        assertThat(shelf.queues.find(q("unknown"), eid(321, 7))).isEmpty();
        Search.Found found = shelf.queues
                .search(q("a"), Position.now(), Query.parse(eid(32, 0).substring(0, 31)))
                .next(1_000, ReadLimits.DEFAULTS);
        assertThat(payloads(found.events())).isEqualTo(numbers(300, 400));
        assertThat(found.stop()).isEqualTo(Stop.END);
    }

    @Test
    void anEventThatCannotBeReadIsNotTakenForMissing() {
        String key = shelf.inObject("a", 1, List.of(lines("a", numbers(0, 5))));
        shelf.objects.delete(key);

        assertThatThrownBy(() -> shelf.queues.find(q("a"), eid(1, 3)))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining(key);
    }
}
