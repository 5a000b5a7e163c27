package dev.weir.queue;

import static dev.weir.queue.Shelf.eid;
import static dev.weir.queue.Shelf.lines;
import static dev.weir.queue.Shelf.numbers;
import static dev.weir.queue.Shelf.payloads;
import static dev.weir.queue.Shelf.q;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.port.Attribute;
import dev.weir.port.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueReaderTest {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final Shelf shelf = new Shelf();

    @Test
    void aQueueThatNobodyWroteIsEmptyAndIsFollowedAllTheSame() {
        QueueReader reader = shelf.queues.reader(q("orders"), Position.now());
        assertThat(reader.next(ReadLimits.DEFAULTS)).isEqualTo(new Page(List.of(), Stop.END));

        shelf.inline("orders", 0, lines("orders", numbers(0, 3)));
        reader.next(ReadLimits.DEFAULTS);
        shelf.inline("orders", 1, lines("orders", numbers(3, 5)));

        assertThat(payloads(reader.next(ReadLimits.DEFAULTS).entries())).containsExactly("3", "4");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 5, 8, 9})
    void aReaderThatBeginsBehindAnEventGetsAllAfterIt(int last) {
        shelf.inlineAt("orders", 7, 100, lines("orders", numbers(0, 5)));
        shelf.inlineAt("orders", 7, 105, lines("orders", numbers(5, 10)));

        assertThat(payloads(shelf.read("orders", Position.of(eid(7, 100 + last)))))
                .isEqualTo(numbers(last + 1, 10));
    }

    @Test
    void aPartialIdIsBeforeEverythingThatBeginsWithIt() {
        shelf.inline("orders", -DAY_MILLIS, lines("orders", List.of("1")));
        shelf.inline("orders", 0, lines("orders", List.of("2")));
        String today = eid(0, 0).substring(0, "z/2027/01/15".length());

        assertThat(payloads(shelf.read("orders", Position.of(today)))).containsExactly("2");
        assertThat(payloads(shelf.read("orders", Position.of("z/")))).containsExactly("1", "2");
    }

    @Test
    void aMomentIsBeforeEverythingOfItsMillisecond() {
        for (int i = 0; i < 4; i++) {
            shelf.inline("orders", i, lines("orders", List.of(Integer.toString(i))));
        }
        Instant moment = Instant.ofEpochMilli(Shelf.START_MILLIS + 2);

        assertThat(payloads(shelf.read("orders", new Position.At(moment)))).containsExactly("2", "3");
    }

    @Test
    void l5_withoutACheckpointWhatWasWrittenBeforeMidnightIsReadToo() {
        shelf.inline("orders", -3 * DAY_MILLIS, lines("orders", List.of("1")));
        shelf.inline("orders", 0, lines("orders", List.of("2")));

        assertThat(payloads(shelf.read("orders", Position.beginning()))).containsExactly("1", "2");
    }

    @Test
    void l1_nothingAboveTheHeadIsReadSinceALateShardMayStillPublishBelowIt() {
        shelf.inline("orders", 5, lines("orders", List.of("1")));
        QueueReader reader = shelf.queues.reader(q("orders"), Position.beginning());
        reader.next(ReadLimits.DEFAULTS);
        shelf.inline("orders", 9, lines("orders", List.of("3")));
        shelf.head("orders", eid(5, 0)); // the chunk is stored, its head is not yet
        assertThat(reader.next(ReadLimits.DEFAULTS).entries()).isEmpty();

        shelf.inline("orders", 7, lines("orders", List.of("2"))); // of a slower shard
        shelf.head("orders", eid(9, 0));

        assertThat(payloads(reader.next(ReadLimits.DEFAULTS).entries())).containsExactly("2", "3");
    }

    @Test
    void l1_theHeadIsReadBeforeTheChunksSoWhatComesInBetweenIsLeftForTheNextPage() {
        shelf.inline("orders", 1, lines("orders", List.of("1")));
        QueueReader reader = shelf.queues.reader(q("orders"), Position.beginning());
        shelf.items.beforeQuery = () -> {
            shelf.items.beforeQuery = () -> {};
            shelf.inline("orders", 9, lines("orders", List.of("3")));
        };
        List<QueueEntry> read = new ArrayList<>(reader.next(ReadLimits.DEFAULTS).entries());
        assertThat(payloads(read)).containsExactly("1");

        shelf.inline("orders", 5, lines("orders", List.of("2")));
        shelf.head("orders", eid(9, 0));
        read.addAll(reader.next(ReadLimits.DEFAULTS).entries());

        assertThat(payloads(read)).containsExactly("1", "2", "3");
    }

    @Test
    void l2_chunksOfOneMillisecondAreReadByTheirPlaces() {
        shelf.inlineAt("orders", 3, 2, lines("orders", List.of("2")));
        shelf.inlineAt("orders", 3, 0, lines("orders", List.of("0", "1")));
        shelf.head("orders", eid(3, 2));

        assertThat(payloads(shelf.read("orders", Position.beginning()))).containsExactly("0", "1", "2");
    }

    @Test
    void s3_aLineThatIsNoJsonHasItsPlaceAndStopsNobody() {
        shelf.inline(
                "orders",
                0,
                List.of(
                        Shelf.line("orders", "1", 0),
                        "{\"id\":\"bot\",\"event\":\"orders\",\"payload\":{]}",
                        "",
                        "[1,2]",
                        Shelf.line("orders", "2", 4)));
        shelf.inline("orders", 1, lines("orders", List.of("3")));

        List<QueueEntry> read = shelf.read("orders", Position.beginning());

        assertThat(payloads(read))
                .containsExactly("1", "!{\"id\":\"bot\",\"event\":\"orders\",\"payload\":{]}", "!", "![1,2]", "2", "3");
        assertThat(read)
                .extracting(QueueEntry::eid)
                .containsExactly(eid(0, 0), eid(0, 1), eid(0, 2), eid(0, 3), eid(0, 4), eid(1, 0));
        assertThat(((BadLine) read.get(1)).reason()).contains("unexpected ']'").contains("byte=40");
        assertThat(((BadLine) read.get(3)).reason()).contains("no envelope");
    }

    @Test
    void aPayloadThatIsFalsyOrMissingIsAnEventLikeAnyOther() {
        shelf.inline(
                "orders",
                0,
                List.of(
                        Shelf.line("orders", "0", 0),
                        Shelf.line("orders", "null", 1),
                        "{\"event\":\"orders\",\"correlation_id\":{}}",
                        "{\"event\":5,\"payload\":1,\"id\":\"b\"}"));

        List<QueueEntry> read = shelf.read("orders", Position.beginning());

        assertThat(payloads(read)).containsExactly("0", "null", "null", "1");
        assertThat(((QueueEvent) read.get(3)).writer()).contains("b");
    }

    @Test
    void sectionsOfAnObjectAreReadOneByOneAndOnlyThoseBehindThePosition() {
        shelf.inObject(
                "orders",
                0,
                List.of(
                        lines("orders", numbers(0, 10)),
                        lines("orders", numbers(10, 20)),
                        lines("orders", numbers(20, 30))));

        assertThat(payloads(shelf.read("orders", Position.beginning()))).isEqualTo(numbers(0, 30));
        assertThat(shelf.objects.ranges).hasSize(3);
        shelf.objects.ranges.clear();
        assertThat(payloads(shelf.read("orders", Position.of(eid(0, 14))))).isEqualTo(numbers(15, 30));
        assertThat(shelf.objects.ranges).hasSize(2);
        shelf.objects.ranges.clear();
        QueueReader reader = shelf.queues.reader(q("orders"), Position.of(eid(0, 9)));
        assertThat(payloads(reader.next(ReadLimits.DEFAULTS.withEvents(3)).entries()))
                .isEqualTo(numbers(10, 13));
        assertThat(shelf.objects.ranges).hasSize(1);
    }

    @Test
    void anObjectThatIsMissingIsNamedAndPassedOverOnlyWhenAsked() {
        shelf.inline("orders", 0, lines("orders", List.of("1")));
        String key = shelf.inObject("orders", 1, List.of(lines("orders", numbers(0, 3))));
        shelf.inline("orders", 2, lines("orders", List.of("2")));
        shelf.objects.delete(key);
        QueueReader reader = shelf.queues.reader(q("orders"), Position.beginning());
        Stop.Unreadable missing = new Stop.Unreadable("orders", eid(1, 0), eid(1, 2), key, "there is no such object");

        Page first = reader.next(ReadLimits.DEFAULTS);
        assertThat(payloads(first.entries())).containsExactly("1");
        assertThat(first.stop()).isEqualTo(missing);
        assertThat(reader.position()).isEqualTo(Position.of(eid(0, 0)));
        assertThatThrownBy(() -> reader.next(ReadLimits.DEFAULTS).orThrow())
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("queue=orders")
                .hasMessageContaining(eid(1, 0))
                .hasMessageContaining(key);

        reader.passOver(missing);
        assertThat(reader.position()).isEqualTo(Position.of(eid(1, 2)));
        assertThat(payloads(reader.next(ReadLimits.DEFAULTS).entries())).containsExactly("2");
    }

    @Test
    void anObjectThatComesBackIsReadWithoutAnythingElse() {
        String key = shelf.inObject("orders", 1, List.of(lines("orders", numbers(0, 3))));
        byte[] object = shelf.objects.get(key).orElseThrow();
        shelf.objects.delete(key);
        QueueReader reader = shelf.queues.reader(q("orders"), Position.beginning());
        assertThat(reader.next(ReadLimits.DEFAULTS).stop()).isInstanceOf(Stop.Unreadable.class);

        shelf.objects.put(key, object, dev.weir.port.ObjectStore.IfPresent.REPLACE);

        assertThat(payloads(reader.next(ReadLimits.DEFAULTS).entries())).isEqualTo(numbers(0, 3));
    }

    @Test
    void whatIsDamagedOrElsewhereIsUnreadableAndNotSkipped() {
        shelf.put(Shelf.chunk("damaged", eid(0, 0), eid(0, 1))
                .with("gzip", new byte[] {0x1F, (byte) 0x8B, 1})
                .build());
        shelf.put(Shelf.chunk("empty", eid(0, 0), eid(0, 1)).build());
        shelf.put(Shelf.chunk("elsewhere", eid(0, 0), eid(0, 1))
                .with("s3", Attribute.of(Map.of("bucket", Attribute.of("other"), "key", Attribute.of("k"))))
                .build());

        assertThat(reason("damaged")).contains("not gzip");
        shelf.put(Shelf.chunk("dots", eid(0, 0), eid(0, 1))
                .with("s3", Shelf.s3("../secret"))
                .build());
        assertThat(reason("dots")).contains("key=../secret");
        assertThat(reason("empty")).contains("neither lines nor an object");
        assertThat(reason("elsewhere")).contains("bucket=other");
    }

    private String reason(String queue) {
        shelf.head(queue, eid(0, 1));
        Stop stop = shelf.queues
                .reader(q(queue), Position.beginning())
                .next(ReadLimits.DEFAULTS)
                .stop();
        assertThat(stop).isInstanceOf(Stop.Unreadable.class);
        return ((Stop.Unreadable) stop).reason();
    }

    @Test
    void aPageEndsAtItsBoundsAndTheNextOneGoesOn() {
        shelf.inline("orders", 0, lines("orders", numbers(0, 50)));
        shelf.inline("orders", 1, lines("orders", numbers(50, 100)));
        int lineBytes = Shelf.line("orders", "10", 10).length() + 1;

        QueueReader reader = shelf.queues.reader(q("orders"), Position.beginning());
        Page byEvents = reader.next(new ReadLimits(10, Long.MAX_VALUE, 1_000));
        Page byBytes = reader.next(new ReadLimits(1_000, 3L * lineBytes - 5, 1_000));
        Page rest = reader.next(ReadLimits.DEFAULTS);

        assertThat(byEvents.stop()).isEqualTo(Stop.EVENTS);
        assertThat(payloads(byEvents.entries())).isEqualTo(numbers(0, 10));
        assertThat(byBytes.stop()).isEqualTo(Stop.BYTES);
        assertThat(payloads(byBytes.entries())).isEqualTo(numbers(10, 13));
        assertThat(rest.stop()).isEqualTo(Stop.END);
        assertThat(payloads(rest.entries())).isEqualTo(numbers(13, 100));
    }

    @Test
    void aPageEndsWhenItsTimeIsOver() {
        for (int i = 0; i < 20; i++) {
            shelf.inline("orders", i, lines("orders", List.of(Integer.toString(i))));
        }
        shelf.items.beforeQuery = () -> shelf.time.advance(Duration.ofMillis(100));

        Page page = shelf.queues.reader(q("orders"), Position.beginning()).next(ReadLimits.DEFAULTS.withMillis(150));

        assertThat(page.stop()).isEqualTo(Stop.TIME);
        assertThat(page.entries()).hasSizeBetween(1, 12);
    }

    /** Fails every n-th look-up: a page that a store interrupts gives what was read of it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aStoreThatDoesNotAnswerLosesNothing(int everyNth) {
        for (int i = 0; i < 60; i++) {
            shelf.inline(i % 3 == 0 ? "a.0" : "a.1", i, lines("a", List.of(Integer.toString(i))));
        }
        int[] queries = {0};
        shelf.items.beforeQuery = () -> {
            if (++queries[0] % (everyNth + 1) == everyNth) {
                throw new StoreUnavailableException("no answer: query=" + queries[0]);
            }
        };
        for (EventReader reader : List.of(
                shelf.queues.reader(q("a.1"), Position.beginning()),
                shelf.queues.readerOfAll(q("a"), Position.beginning()))) {
            List<QueueEntry> read = new ArrayList<>();
            boolean end = false;
            while (!end) {
                try {
                    Page page = reader.next(ReadLimits.DEFAULTS);
                    read.addAll(page.entries());
                    end = page.isEnd();
                } catch (StoreUnavailableException _) {
                    end = false; // again
                }
            }
            assertThat(read).hasSize(reader instanceof QueueReader ? 40 : 60);
            assertThat(read).extracting(QueueEntry::eid).doesNotHaveDuplicates();
        }
        assertThat(queries[0]).isGreaterThan(everyNth);
    }

    @Test
    void readingCostsByWhatIsReadAndNotByWhatIsThere() {
        for (int i = 0; i < 1_000; i++) {
            shelf.inline("orders", i, lines("orders", List.of(Integer.toString(i))));
        }
        QueueReader reader = shelf.queues.reader(q("orders"), Position.of(eid(499, 0)));

        reader.next(ReadLimits.DEFAULTS.withEvents(4));
        assertThat(shelf.items.gets).isEqualTo(1);
        assertThat(shelf.items.queries).isEqualTo(1);
        assertThat(shelf.items.queried).isEqualTo(4);

        assertThat(Shelf.readAll(reader, ReadLimits.DEFAULTS.withEvents(10))).hasSize(496);
        assertThat(shelf.items.queried).isEqualTo(500);
        assertThat(shelf.items.queries).isLessThan(15);

        shelf.items.reset();
        reader.next(ReadLimits.DEFAULTS);
        assertThat(shelf.items.gets).as("of a reader at the end").isEqualTo(1);
        assertThat(shelf.items.queries).as("of a reader at the end").isZero();
    }

    @Test
    void positionsAreTextThatOthersCanStore() {
        assertThat(Position.of("")).isEqualTo(Position.beginning());
        assertThat(Position.of("now")).isEqualTo(Position.now());
        assertThat(Position.of(eid(0, 0) + " ").text()).isEqualTo(eid(0, 0));
        assertThat(new Position.At(Instant.EPOCH).text()).isEqualTo("z/1970/01/01/00/00/0000000000000");
        assertThatThrownBy(() -> Position.of("yesterday"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eid=yesterday");
    }

    @Test
    void aLookUpIsForFewerChunksWhereTheyAreLarge() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 40; i++) {
            byte[] noise = new byte[100_000];
            random.nextBytes(noise);
            String payload = "\"" + Base64.getEncoder().encodeToString(noise) + "\"";
            shelf.inline("orders", i, lines("orders", List.of(payload)));
        }
        QueueReader reader = shelf.queues.reader(q("orders"), Position.beginning());

        assertThat(Shelf.readAll(reader, ReadLimits.DEFAULTS)).hasSize(40);

        assertThat((long) shelf.items.limitMax * 100_000).isLessThanOrEqualTo(QueueReader.LOOK_UP_BYTES);
        assertThat(shelf.items.limitMax).isGreaterThan(4);
    }
}
