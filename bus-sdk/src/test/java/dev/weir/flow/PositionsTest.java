package dev.weir.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Json;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Table;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layer one of dedupe. */
class PositionsTest {
    private final Positions positions = new Positions();

    private int redelivered(String shard, String sequence, int index, int count) {
        Parcel.Origin origin = new Parcel.Origin(shard, new SequenceNumber(sequence), 0);
        return positions.redelivered(new Parcel<>(
                origin,
                null,
                0,
                index,
                Collections.nCopies(count, Json.of("{}")),
                Collections.nCopies(count, new Content.NotOurs<String>())));
    }

    /** Of record 100 in shard a, five events are done. */
    @ParameterizedTest
    @CsvSource({
        "a, 99, 0, 3, 3",
        "a, 9, 0, 3, 3",
        "a, 100, 0, 3, 3",
        "a, 100, 0, 9, 5",
        "a, 100, 4, 3, 1",
        "a, 100, 5, 3, 0",
        "a, 101, 0, 3, 0",
        "a, 1000, 0, 3, 0",
        "b, 99, 0, 3, 0"
    })
    void tellsHowManyEventsWereDeliveredBefore(String shard, String sequence, int index, int count, int expected) {
        positions.advance("a", new SequenceNumber("100"), 5);
        assertThat(redelivered(shard, sequence, index, count)).isEqualTo(expected);
    }

    @Test
    void neverGoesBack() {
        assertThat(positions.advance("a", new SequenceNumber("100"), 5)).isTrue();
        assertThat(positions.advance("a", new SequenceNumber("100"), 4)).isFalse();
        assertThat(positions.advance("a", new SequenceNumber("99"), 9)).isFalse();
        assertThat(redelivered("a", "100", 0, 9)).isEqualTo(5);
    }

    @Test
    void keepsAPositionForEachOfTheLatestShards() {
        for (int i = 100; i < 100 + Limits.POSITIONS_MAX + 1; i++) {
            positions.advance("shard-" + i, new SequenceNumber("7"), 1);
        }
        Key key = new Key(new Table("t", "lane", "item"), "a", "b");
        Positions restored = Positions.from(
                Item.at(key).with("positions", positions.toAttribute()).build());
        assertThat(restored.in("shard-100").events()).isZero();
        assertThat(restored.in("shard-101").events()).isEqualTo(1);
        assertThat(restored.in("shard-164").at()).isEqualTo(new SequenceNumber("7"));
    }
}
