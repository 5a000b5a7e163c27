package dev.weir.local.kinesis;

import static dev.weir.local.kinesis.ModelFixture.HOUR_MILLIS;
import static dev.weir.local.kinesis.ModelFixture.START_MILLIS;
import static dev.weir.local.kinesis.ModelFixture.STREAM;
import static dev.weir.local.kinesis.ModelFixture.assertRefused;
import static dev.weir.local.kinesis.ModelFixture.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {

    private final ModelFixture fixture = new ModelFixture(1);

    @Test
    void recordsAreTrimmedAfterADay() {
        String first = fixture.put("k", "old").sequenceNumber();
        fixture.clock.addAndGet(HOUR_MILLIS);
        fixture.put("k", "new");
        fixture.clock.set(START_MILLIS + 24 * HOUR_MILLIS);
        assertThat(fixture.readAll(0)).containsExactly("old", "new");
        fixture.clock.addAndGet(1);
        assertThat(fixture.readAll(0)).containsExactly("new");
        assertThat(fixture.read(0, new Position.At(first)))
                .as("a trimmed position goes on at the horizon")
                .containsExactly("new");
    }

    @Test
    void aLongerRetentionKeepsRecordsLonger() {
        fixture.put("k", "old");
        fixture.model.increaseRetention(STREAM, 48);
        fixture.clock.addAndGet(40 * HOUR_MILLIS);
        assertThat(fixture.readAll(0)).containsExactly("old");
        fixture.model.decreaseRetention(STREAM, 39);
        assertThat(fixture.readAll(0)).isEmpty();
        assertThat(fixture.model.describe(STREAM).retentionHours()).isEqualTo(39);
    }

    @ParameterizedTest
    @CsvSource({"true, 23", "true, 8761", "true, 47", "false, 23", "false, 49", "false, 0"})
    void aRetentionOutOfBoundsOrInTheWrongDirectionIsRefused(boolean increase, int hours) {
        fixture.model.increaseRetention(STREAM, 48);
        assertRefused(KinesisError.INVALID_ARGUMENT, () -> {
            if (increase) {
                fixture.model.increaseRetention(STREAM, hours);
            } else {
                fixture.model.decreaseRetention(STREAM, hours);
            }
        });
    }

    @Test
    void aClosedShardIsForgottenWhenTheRetentionHasPassed() {
        fixture.put("k", "x");
        fixture.clock.addAndGet(HOUR_MILLIS);
        fixture.model.splitShard(STREAM, id(0), BigInteger.TEN);
        fixture.clock.addAndGet(24 * HOUR_MILLIS - 1);
        assertThat(fixture.shardIds(new ShardFilter.All())).containsExactly(id(0), id(1), id(2));
        fixture.clock.addAndGet(1);
        assertThat(fixture.shardIds(new ShardFilter.All())).containsExactly(id(1), id(2));
        assertThat(fixture.shard(1).parents()).containsExactly(id(0));
        assertRefused(
                KinesisError.RESOURCE_NOT_FOUND,
                () -> fixture.model.iterator(STREAM, id(0), new Position.TrimHorizon()));
    }

    @Test
    void filtersShowTheShardsOfTheirTime() {
        fixture.clock.addAndGet(HOUR_MILLIS);
        fixture.model.splitShard(STREAM, id(0), BigInteger.TEN);
        fixture.clock.addAndGet(HOUR_MILLIS);
        fixture.model.mergeShards(STREAM, id(1), id(2));
        long now = fixture.clock.get();

        assertThat(fixture.shardIds(new ShardFilter.All())).containsExactly(id(0), id(1), id(2), id(3));
        assertThat(fixture.shardIds(new ShardFilter.AtLatest())).containsExactly(id(3));
        assertThat(fixture.shardIds(new ShardFilter.AtTrimHorizon())).containsExactly(id(0));
        assertThat(fixture.shardIds(new ShardFilter.FromTrimHorizon())).containsExactly(id(0), id(1), id(2), id(3));
        assertThat(fixture.shardIds(new ShardFilter.AtTimestamp(now - 1))).containsExactly(id(1), id(2));
        assertThat(fixture.shardIds(new ShardFilter.AtTimestamp(now))).containsExactly(id(3));
        assertThat(fixture.shardIds(new ShardFilter.FromTimestamp(now - HOUR_MILLIS)))
                .containsExactly(id(1), id(2), id(3));
        assertThat(fixture.shardIds(new ShardFilter.AfterShard(id(1)))).containsExactly(id(2), id(3));

        fixture.clock.addAndGet(23 * HOUR_MILLIS);
        assertThat(fixture.shardIds(new ShardFilter.AtTrimHorizon())).containsExactly(id(1), id(2));
    }

    @Test
    void arrivalTimesDoNotGoBackWithTheClock() {
        fixture.put("k", "first");
        fixture.clock.addAndGet(-5000);
        fixture.put("k", "second");
        assertThat(fixture.model.read(STREAM, id(0), null, 10, 1000))
                .extracting(StoredRecord::arrivalMillis)
                .containsExactly(START_MILLIS, START_MILLIS);
    }
}
