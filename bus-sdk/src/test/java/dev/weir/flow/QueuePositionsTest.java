package dev.weir.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Eid;
import dev.weir.model.Json;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Table;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layer one of dedupe in queues: ids are numbers, and passes count apart. */
class QueuePositionsTest {
    private static final Eid START = new Eid(1_800_000_000_000L, 100);
    private final Positions positions = new Positions();

    private int done(QueueShard shard, Eid start, int index, int count) {
        Parcel.Origin origin = new Parcel.Origin(shard.id(), QueueShard.number(start), 0);
        return positions.redelivered(new Parcel<>(
                origin,
                null,
                0,
                index,
                Collections.nCopies(count, Json.of("{}")),
                Collections.nCopies(count, new Content.NotOurs<String>())));
    }

    /** In pass 2 of the queue the first five events from index 100 on are done; the chunks may be cut anew. */
    @ParameterizedTest
    @CsvSource({
        "2, 100, 0, 9, 5",
        "2, 100, 4, 9, 1",
        "2, 100, 5, 9, 0",
        "2, 103, 0, 9, 2",
        "2, 104, 0, 1, 1",
        "2, 105, 0, 9, 0",
        "2, 90, 0, 20, 15",
        "2, 0, 0, 3, 3",
        "1, 100, 0, 9, 9",
        "0, 105, 0, 9, 9",
        "3, 100, 0, 9, 0"
    })
    void tellsHowManyEventsWereTakenBefore(int pass, long start, int index, int count, int expected) {
        positions.advance(new QueueShard("orders", 2).id(), QueueShard.number(START), 5);
        Eid first = new Eid(START.epochMillis(), start);
        assertThat(done(new QueueShard("orders", pass), first, index, count)).isEqualTo(expected);
        assertThat(done(new QueueShard("returns", pass), first, index, count))
                .as("another queue")
                .isZero();
    }

    @Test
    void neverGoesBackAndSurvivesTheCheckpoint() {
        QueueShard first = new QueueShard("orders", 0);
        assertThat(positions.advance(first.id(), QueueShard.number(START), 5)).isTrue();
        assertThat(positions.advance(first.id(), QueueShard.number(START), 5)).isFalse();
        assertThat(positions.advance(first.id(), QueueShard.number(START.plus(3)), 2))
                .isFalse();
        assertThat(positions.advance(new QueueShard("orders", 1).id(), QueueShard.number(START), 1))
                .isTrue();
        assertThat(positions.advance(first.id(), QueueShard.number(START), 9)).isFalse();

        Key key = new Key(new Table("t", "lane", "item"), "a", "b");
        Positions restored = Positions.from(
                Item.at(key).with("positions", positions.toAttribute()).build());

        assertThat(restored.in("queue:orders").pass()).isEqualTo(1);
        assertThat(restored.in("queue:orders").at()).isEqualTo(QueueShard.number(START));
    }

    @Test
    void whatCameFromTheInboxHasNoPosition() {
        assertThat(positions.advance("inbox:bot/lane-1", SequenceNumber.ZERO, 7))
                .isFalse();
        Parcel.Origin origin = new Parcel.Origin("inbox:bot/lane-1", SequenceNumber.ZERO, 0);
        assertThat(positions.redelivered(new Parcel<>(
                        origin,
                        "bot/lane-1",
                        1,
                        0,
                        Collections.nCopies(3, Json.of("{}")),
                        Collections.nCopies(3, new Content.NotOurs<String>()))))
                .isZero();
    }

    @Test
    void aBotOfManyQueuesForgetsNone() {
        for (int i = 0; i < 3 * Limits.POSITIONS_MAX; i++) {
            positions.advance("queue:q" + i, QueueShard.number(START), 5);
        }
        for (int i = 0; i < 3 * Limits.POSITIONS_MAX; i++) {
            assertThat(done(new QueueShard("q" + i, 0), START, 0, 9)).isEqualTo(5);
        }
    }

    @Test
    void numbersAreIdsAndInTheirOrder() {
        Random random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            Eid a = eid(random);
            Eid b = random.nextBoolean() ? eid(random) : new Eid(a.epochMillis(), random.nextInt(10_000_000));
            assertThat(QueueShard.eid(QueueShard.number(a), 0)).isEqualTo(a);
            assertThat(Integer.signum(QueueShard.number(a).compareTo(QueueShard.number(b))))
                    .as("a=%s b=%s", a, b)
                    .isEqualTo(Integer.signum(a.toString().compareTo(b.toString())));
        }
    }

    private static Eid eid(Random random) {
        return new Eid(random.nextLong(Eid.MILLIS_MAX + 1), random.nextLong(Eid.INDEX_MAX + 1));
    }

    @ParameterizedTest
    @CsvSource({
        "orders, 0, queue:orders",
        "orders, 3, pass-3:queue:orders",
        "pass-1:queue:x, 0, queue:pass-1:queue:x",
        "a:b, 12, pass-12:queue:a:b"
    })
    void namesAreReadBack(String queue, long pass, String id) {
        QueueShard shard = new QueueShard(queue, pass);
        assertThat(shard.id()).isEqualTo(id);
        assertThat(QueueShard.is(id)).isTrue();
        assertThat(QueueShard.parse(id)).isEqualTo(shard);
    }
}
