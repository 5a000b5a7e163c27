package dev.weir.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParkedIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lane-0.1.0",
                "lane-4095.123456789012345678.39",
                "shard-shardId-000000000017.5.2",
                "shard-a.b.1.2"
            })
    void whatIsReadIsWrittenAgain(String text) {
        assertThat(ParkedId.parse(text).map(ParkedId::text)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lane-0",
                "lane-0.1",
                "lane-0.1.x",
                "lane-0.01.0",
                "lane-0.1.0 ",
                "lane-x.1.0",
                "shard-.1.0",
                "a.1.0",
                "lane-0.1234567890123456789.0",
                "lane-0.1.10000",
                ".1.0",
                "..",
                "lane-0.-1.0"
            })
    void anythingElseIsNoName(String text) {
        assertThat(ParkedId.parse(text)).isEmpty();
    }

    @Test
    void eachParkedEventHasOneLaneThatKeepsIt() {
        Lanes lanes = new Lanes(16);
        String shard = "shardId-000000000003";
        assertThat(new ParkedId(new LaneId.Slice(7), 1, 0).keeper(lanes)).isEqualTo(7);
        assertThat(new ParkedId(new LaneId.PassThrough(shard), 1, 0).keeper(lanes))
                .isEqualTo(lanes.of(shard));
    }

    @Test
    void theOrderOfTheStoreIsTheOrderOfParking() {
        LaneId lane = new LaneId.Slice(0);
        assertThat(new ParkedId(lane, 9, 12).sort())
                .isLessThan(new ParkedId(lane, 10, 0).sort())
                .isGreaterThan(new ParkedId(lane, 9, 2).sort());
    }
}
