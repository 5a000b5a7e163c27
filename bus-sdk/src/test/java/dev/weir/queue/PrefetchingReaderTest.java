package dev.weir.queue;

import static dev.weir.queue.Shelf.eid;
import static dev.weir.queue.Shelf.lines;
import static dev.weir.queue.Shelf.numbers;
import static dev.weir.queue.Shelf.payloads;
import static dev.weir.queue.Shelf.q;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.port.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefetchingReaderTest {
    private final Shelf shelf = new Shelf();

    private PrefetchingReader reader(Position from) {
        return new PrefetchingReader(shelf.queues.reader(q("orders"), from), Runnable::run);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void l6_whatIsReadAheadGoesFromSnapshotAndArchiveOnToTheQueue(int events) {
        shelf.inline("orders", 120_000, lines("orders", numbers(5, 10)));
        shelf.inline("orders/_snapshot", 60_001, lines("orders", numbers(0, 3)));
        shelf.registerSnapshot("orders", 60_000, 60_000);
        shelf.archive(
                "orders",
                List.of(eid(70_000, 0), eid(70_000, 1)),
                List.of(Shelf.line("orders", "3", 0), Shelf.line("orders", "4", 1)));

        assertThat(payloads(Shelf.readAll(reader(Position.beginning()), ReadLimits.DEFAULTS.withEvents(events))))
                .isEqualTo(numbers(0, 10));
    }

    @Test
    void thePageThatIsReadAheadIsNotInThePosition() {
        shelf.inline("orders", 1, lines("orders", numbers(0, 10)));
        PrefetchingReader reader = reader(Position.beginning());

        reader.next(ReadLimits.DEFAULTS.withEvents(3));

        assertThat(reader.positions()).isEqualTo(Map.of("orders", Position.of(eid(1, 2))));
        assertThat(payloads(shelf.read("orders", reader.positions().get("orders"))))
                .isEqualTo(numbers(3, 10));
    }

    @Test
    void theNextPageIsReadWhileTheCallerWorksAndNothingAtTheEnd() {
        inline(0, 8);
        Deque<Runnable> jobs = new ArrayDeque<>();
        PrefetchingReader reader =
                new PrefetchingReader(shelf.queues.reader(q("orders"), Position.beginning()), jobs::add);
        List<QueueEntry> read = new ArrayList<>();
        Page page;
        do {
            page = reader.next(ReadLimits.DEFAULTS.withEvents(4));
            read.addAll(page.entries());
            assertThat(jobs.isEmpty()).isEqualTo(page.isEnd());
            runAll(jobs);
        } while (!page.isEnd());

        assertThat(payloads(read)).isEqualTo(numbers(0, 8));
        inline(9, 10);
        assertThat(payloads(reader.next(ReadLimits.DEFAULTS).entries())).containsExactly("9");
    }

    @Test
    void chunksAreLookedUpWhileThoseBeforeThemAreRead() {
        inline(0, 8);
        Deque<Runnable> jobs = new ArrayDeque<>();
        PrefetchingReader reader =
                new PrefetchingReader(shelf.queues.reader(q("orders"), Position.beginning()), jobs::add);

        reader.next(ReadLimits.DEFAULTS.withEvents(1));
        assertThat(shelf.items.queries).isEqualTo(1);
        jobs.remove().run();

        assertThat(shelf.items.queries).as("the look-up for the fifth and on").isEqualTo(2);
        runAll(jobs);
        assertThat(payloads(reader.next(ReadLimits.DEFAULTS).entries())).containsExactly("1");
        runAll(jobs);
        assertThat(payloads(reader.next(ReadLimits.DEFAULTS).entries())).isEqualTo(numbers(2, 8));
    }

    @Test
    void anEndThatWasSeenAheadIsLookedAtAgainWhenItIsReached() {
        inline(0, 5); // the fifth is found ahead, and that it is the last
        PrefetchingReader reader = reader(Position.beginning());
        assertThat(reader.next(ReadLimits.DEFAULTS.withEvents(2)).entries()).hasSize(2);
        inline(5, 6);

        assertThat(payloads(Shelf.readAll(reader, ReadLimits.DEFAULTS))).isEqualTo(numbers(2, 6));
    }

    @Test
    void anExecutorOfOneThreadDoesNotWaitForItself() {
        inline(0, 50);
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            PrefetchingReader reader =
                    new PrefetchingReader(shelf.queues.reader(q("orders"), Position.beginning()), one);

            assertThat(payloads(Shelf.readAll(reader, ReadLimits.DEFAULTS.withEvents(7))))
                    .isEqualTo(numbers(0, 50));
        }
    }

    @Test
    void whoReadsWhileTheExecutorIsShutDownStillGetsHisPage() {
        inline(0, 8);
        QueueReader reader = shelf.queues.reader(q("orders"), Position.beginning());
        reader.lookAhead(_ -> {
            throw new RejectedExecutionException("shut down");
        });

        assertThat(payloads(Shelf.readAll(reader, ReadLimits.DEFAULTS))).isEqualTo(numbers(0, 8));
    }

    private void inline(int from, int to) {
        for (int i = from; i < to; i++) {
            shelf.inline("orders", i, lines("orders", List.of(Integer.toString(i))));
        }
    }

    /** Also what the jobs begin. */
    private static void runAll(Deque<Runnable> jobs) {
        while (!jobs.isEmpty()) {
            jobs.remove().run();
        }
    }

    @Test
    void aReadAheadThatFailsIsSaidAndDoneAgain() {
        for (int i = 0; i < 8; i++) {
            shelf.inline("orders", i, lines("orders", List.of(Integer.toString(i))));
        }
        PrefetchingReader reader = reader(Position.beginning());
        shelf.items.beforeQuery = () -> shelf.items.beforeQuery = () -> {
            shelf.items.beforeQuery = () -> {};
            throw new StoreUnavailableException("no answer");
        };
        List<QueueEntry> read =
                new ArrayList<>(reader.next(ReadLimits.DEFAULTS.withEvents(4)).entries());

        assertThatThrownBy(() -> reader.next(ReadLimits.DEFAULTS))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("no answer");
        read.addAll(Shelf.readAll(reader, ReadLimits.DEFAULTS));

        assertThat(payloads(read)).isEqualTo(numbers(0, 8));
    }
}
