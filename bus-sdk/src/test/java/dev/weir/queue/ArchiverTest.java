package dev.weir.queue;

import static dev.weir.queue.Shelf.eid;
import static dev.weir.queue.Shelf.lines;
import static dev.weir.queue.Shelf.numbers;
import static dev.weir.queue.Shelf.payloads;
import static dev.weir.queue.Shelf.q;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Json;
import dev.weir.port.Attribute;
import dev.weir.port.ForwardingItems;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import dev.weir.wire.Envelope;
import dev.weir.wire.Gzip;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ArchiverTest {
    private static final long EVER = Long.MAX_VALUE;
    private static final long HOUR_LATER = Shelf.START_MILLIS + 3_600_000;

    private final Shelf shelf = new Shelf();
    private final Archiver archiver = archiver(shelf.items);

    private Archiver archiver(Items items) {
        return new Archiver(Shelf.TABLES, items, shelf.objects, shelf.time, 200);
    }

    /** What time does to a queue: its chunks go, those of the archive stay. */
    private static void forget(Shelf shelf) {
        List<Key> live = new ArrayList<>();
        shelf.store
                .query(Shelf.TABLES.chunks(), "orders", "z/", "z0", Integer.MAX_VALUE)
                .forEach(item -> live.add(item.key()));
        shelf.store.deleteAll(live);
    }

    private List<Item> archived() {
        return shelf.store.query(Shelf.TABLES.chunks(), "orders/_archive", "z/", "z0", Integer.MAX_VALUE);
    }

    @Test
    void whatIsArchivedIsReadAfterTheQueueForgotIt() {
        shelf.inline("orders", 0, lines("orders", numbers(0, 30)));
        shelf.inObject("orders", 1, List.of(lines("orders", numbers(30, 40)), lines("orders", numbers(40, 50))));
        List<QueueEntry> before = shelf.read("orders", Position.beginning());

        ArchiveReport report = archiver.archive(q("orders"), HOUR_LATER, EVER);
        forget(shelf);
        shelf.inline("orders", 2, lines("orders", numbers(50, 60)));

        assertThat(report).isEqualTo(new ArchiveReport("orders", 50, report.files(), ArchiveReport.DONE));
        List<QueueEntry> after = shelf.read("orders", Position.beginning());
        assertThat(payloads(after)).isEqualTo(numbers(0, 60));
        assertThat(after.subList(0, 50))
                .extracting(QueueEntry::eid)
                .isEqualTo(before.stream().map(QueueEntry::eid).toList());
        assertThat(payloads(shelf.read("orders", Position.of(eid(1, 7))))).isEqualTo(numbers(38, 60));
    }

    @Test
    void theChunkOfAnArchiveIsAsRStreamsWritesIt() {
        shelf.inline("orders", 0, lines("orders", numbers(0, 3)));

        archiver.archive(q("orders"), HOUR_LATER, EVER);

        Item chunk = archived().getFirst();
        assertThat(chunk.key().sort()).isEqualTo(eid(0, 2));
        assertThat(chunk.attributes())
                .containsOnlyKeys(
                        "start",
                        "s3",
                        "offsets",
                        "gzipSize",
                        "size",
                        "records",
                        "v",
                        "timestamp",
                        "event_source_timestamp",
                        "archive")
                .containsEntry("start", Attribute.of(eid(0, 0)))
                .containsEntry("archive", Attribute.of(true))
                .containsEntry("records", Attribute.of(3));
        Attribute key = chunk.struct("s3").get("key");
        String name = ((Attribute.Text) Objects.requireNonNull(key)).value();
        assertThat(name).matches("bus/_archive/q=orders/dt=2027-01-15/1800000000000-0000000-[0-9a-f]{32}\\.gz");
        String line = new String(Gzip.decompress(shelf.objects.get(name).orElseThrow(), 10_000), StandardCharsets.UTF_8)
                .lines()
                .toList()
                .get(1);
        Envelope envelope = Objects.requireNonNull(Envelope.parse(Json.of(line)));
        assertThat(envelope.eid()).isEqualTo(Json.of("\"" + eid(0, 1) + "\""));
        QueueHead head = shelf.queues.head(q("orders")).orElseThrow();
        assertThat(head.archiveEnd()).contains(eid(0, 2));
        assertThat(shelf.queues.head(q("orders/_archive")).orElseThrow().maxEid())
                .contains(eid(0, 2));
        assertThat(shelf.queues.heads()).extracting(QueueHead::queue).containsExactly("orders");
    }

    @Test
    void onlyWhatIsOldEnoughIsArchivedAndTheNextRunGoesOn() {
        for (int i = 0; i < 10; i++) {
            shelf.inline("orders", 100L * i, lines("orders", List.of(Integer.toString(i))));
        }

        assertThat(archiver.archive(q("orders"), Shelf.START_MILLIS + 300, EVER).events())
                .isEqualTo(3);
        assertThat(archiver.archive(q("orders"), Shelf.START_MILLIS + 300, EVER).events())
                .isZero();
        assertThat(archiver.archive(q("orders"), Shelf.START_MILLIS + 750, EVER).events())
                .isEqualTo(5);
        forget(shelf);

        assertThat(payloads(shelf.read("orders", Position.beginning()))).isEqualTo(numbers(0, 8));
    }

    @Test
    void aSnapshotOfTheQueueIsNotArchived() {
        shelf.inline("orders", 0, lines("orders", numbers(0, 3)));
        shelf.inline("orders/_snapshot", 60_001, lines("orders", numbers(100, 103)));
        shelf.registerSnapshot("orders", 60_000, 60_000);

        archiver.archive(q("orders"), HOUR_LATER, EVER);

        assertThat(payloads(shelf.read("orders", Position.of("z/2020")))).isEqualTo(numbers(0, 3));
        assertThat(archived()).hasSize(1);
    }

    @Test
    void s3_aLineThatIsNoEventIsArchivedSoThatReadersOfRStreamsAreNotStopped() {
        shelf.inline("orders", 0, List.of(Shelf.line("orders", "1", 0), "{\"broken\":", Shelf.line("orders", "2", 2)));
        List<QueueEntry> before = shelf.read("orders", Position.beginning());

        archiver.archive(q("orders"), HOUR_LATER, EVER);
        forget(shelf);

        List<QueueEntry> after = shelf.read("orders", Position.beginning());
        assertThat(payloads(after)).containsExactly("1", "!{\"broken\":", "2");
        assertThat(after.get(1)).isEqualTo(before.get(1));
        for (String name : shelf.objects.list("bus/_archive/", "", 10)) {
            new String(Gzip.decompress(shelf.objects.get(name).orElseThrow(), 10_000), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line ->
                            assertThat(Envelope.parse(Json.of(line))).as(line).isNotNull());
        }
    }

    @Test
    void aQueueThatIsNotToBeArchivedIsNot() {
        shelf.inline("orders", 0, lines("orders", numbers(0, 3)));
        shelf.set("orders", Map.of("skip_archive", Attribute.of(true)));

        assertThat(archiver.archive(q("orders"), HOUR_LATER, EVER).ending()).isEqualTo(ArchiveReport.SKIPPED);
        assertThat(archiver.archive(q("unknown"), HOUR_LATER, EVER).ending()).isEqualTo(ArchiveReport.SKIPPED);
        assertThat(archived()).isEmpty();
    }

    @Test
    void nothingBehindWhatCannotBeReadIsArchived() {
        shelf.inline("orders", 0, lines("orders", numbers(0, 3)));
        String key = shelf.inObject("orders", 1, List.of(lines("orders", numbers(3, 6))));
        shelf.inline("orders", 2, lines("orders", numbers(6, 9)));
        shelf.objects.delete(key);

        ArchiveReport report = archiver.archive(q("orders"), HOUR_LATER, EVER);

        assertThat(report.events()).isEqualTo(3);
        assertThat(report.ending()).isInstanceOfSatisfying(ArchiveReport.Blocked.class, blocked -> assertThat(
                        blocked.at().where())
                .isEqualTo(key));
        assertThat(shelf.queues.head(q("orders")).orElseThrow().archiveEnd()).contains(eid(0, 2));
    }

    @Test
    void whenTheTimeIsOverTheNextRunGoesOn() {
        List<String> payloads = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            payloads.add(Integer.toString(i));
        }
        shelf.inline("orders", 0, lines("orders", payloads));
        long now = shelf.time.epochMillis();

        ArchiveReport first = archiver.archive(q("orders"), HOUR_LATER, now);
        assertThat(first.ending()).isEqualTo(ArchiveReport.OUT_OF_TIME);
        assertThat(first.files()).isEqualTo(1);
        assertThat(archiver.archive(q("orders"), HOUR_LATER, EVER).ending()).isEqualTo(ArchiveReport.DONE);
        forget(shelf);

        assertThat(payloads(shelf.read("orders", Position.beginning()))).isEqualTo(payloads);
    }

    @Test
    void ofTwoArchiversAtOnceOneMovesTheEndAndTheOtherLeavesNoTrace() {
        shelf.inline("orders", 0, lines("orders", numbers(0, 10)));
        shelf.inline("orders", 100, lines("orders", numbers(10, 20)));
        Archiver slow = archiver(
                new Interfering(shelf.store, () -> archiver.archive(q("orders"), HOUR_LATER, EVER), List.of()));

        ArchiveReport report = slow.archive(q("orders"), Shelf.START_MILLIS + 50, EVER);

        assertThat(report.ending()).isEqualTo(ArchiveReport.OVERTAKEN);
        assertThat(shelf.queues.head(q("orders")).orElseThrow().archiveEnd()).contains(eid(100, 9));
        forget(shelf);
        assertThat(payloads(shelf.read("orders", Position.beginning()))).isEqualTo(numbers(0, 20));
    }

    @Test
    void anArchiverThatWasOvertakenWritesNothingTwice() {
        shelf.inline("orders", 0, lines("orders", numbers(0, 10)));
        shelf.inline("orders", 100, lines("orders", numbers(10, 20)));
        Archiver slow = archiver(new Interfering(
                shelf.store, () -> archiver.archive(q("orders"), Shelf.START_MILLIS + 50, EVER), List.of()));

        ArchiveReport report = slow.archive(q("orders"), HOUR_LATER, EVER);

        assertThat(report.ending()).isEqualTo(ArchiveReport.OVERTAKEN);
        assertThat(archived()).extracting(chunk -> chunk.key().sort()).containsExactly(eid(0, 9));
        assertThat(archiver.archive(q("orders"), HOUR_LATER, EVER).events()).isEqualTo(10);
    }

    @Test
    void aWriteWhoseAnswerIsLostIsFoundToBeOurs() {
        shelf.inline("orders", 0, lines("orders", numbers(0, 5)));
        Archiver unlucky = archiver(new Interfering(
                shelf.store,
                () -> {},
                List.of(new WriteOutcome.Retry("conflict"), new WriteOutcome.Unknown("time-out"))));

        ArchiveReport report = unlucky.archive(q("orders"), HOUR_LATER, EVER);

        assertThat(report.ending()).isEqualTo(ArchiveReport.DONE);
        assertThat(report.events()).isEqualTo(5);
        forget(shelf);
        assertThat(payloads(shelf.read("orders", Position.beginning()))).isEqualTo(numbers(0, 5));
    }

    @Test
    void aTableThatNeverTakesTheWriteIsSaid() {
        shelf.inline("orders", 0, lines("orders", numbers(0, 5)));
        List<WriteOutcome> refusals = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            refusals.add(new WriteOutcome.Retry("throttled"));
        }
        Archiver unlucky = archiver(new Interfering(shelf.store, () -> {}, refusals));

        assertThatThrownBy(() -> unlucky.archive(q("orders"), HOUR_LATER, EVER))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("queue=orders")
                .hasMessageContaining("throttled");
        assertThat(shelf.queues.head(q("orders")).orElseThrow().archiveEnd()).isEmpty();
    }

    /** Archivers at any moments, some of which die, while the queue is written and forgets what is archived. */
    @Property(tries = 150)
    void archivesLeaveNoHoleAndNoEventTwice(@ForAll long seed) {
        Random random = new Random(seed);
        Shelf shelf = new Shelf();
        List<String> written = new ArrayList<>();
        for (int step = 1; step <= 20; step++) {
            List<String> payloads = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                payloads.add(Integer.toString(written.size() + payloads.size()));
            }
            shelf.inline("orders", 10L * step, lines("orders", payloads));
            written.addAll(payloads);
            if (random.nextInt(3) == 0) {
                List<WriteOutcome> faults = random.nextBoolean()
                        ? List.of(new WriteOutcome.Unknown("time-out"), new WriteOutcome.Retry("conflict"))
                        : List.of();
                Items items = new Interfering(shelf.store, () -> {}, faults);
                new Archiver(Shelf.TABLES, items, shelf.objects, shelf.time, 1 + random.nextInt(500))
                        .archive(q("orders"), Shelf.START_MILLIS + random.nextInt(10 * step + 5), EVER);
                String end = shelf.queues
                        .head(q("orders"))
                        .orElseThrow()
                        .archiveEnd()
                        .orElse("");
                for (Item item : shelf.store.query(Shelf.TABLES.chunks(), "orders", "z/", "z0", Integer.MAX_VALUE)) {
                    if (random.nextBoolean()
                            && String.valueOf(item.key().sort()).compareTo(end) <= 0) {
                        shelf.store.deleteAll(List.of(item.key()));
                    }
                }
            }
        }

        assertThat(payloads(shelf.read("orders", Position.of("z/2020")))).isEqualTo(written);
    }

    /** Runs something before the first transaction, and fails transactions as told; an unknown outcome is one that was written. */
    private static final class Interfering extends ForwardingItems {
        private final List<WriteOutcome> outcomes;
        private Runnable before;

        Interfering(Items items, Runnable before, List<WriteOutcome> outcomes) {
            super(items);
            this.before = before;
            this.outcomes = new ArrayList<>(outcomes);
        }

        @Override
        public WriteOutcome transact(List<Write> writes) {
            Runnable first = before;
            before = () -> {};
            first.run();
            if (outcomes.isEmpty()) {
                return items.transact(writes);
            }
            WriteOutcome outcome = outcomes.removeFirst();
            if (outcome instanceof WriteOutcome.Unknown) {
                items.transact(writes);
            }
            return outcome;
        }
    }
}
