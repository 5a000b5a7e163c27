package dev.weir.local.kinesis;

import static dev.weir.local.kinesis.ModelFixture.STREAM;
import static dev.weir.local.kinesis.ModelFixture.assertRefused;
import static dev.weir.local.kinesis.ModelFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

    private static final String HALF = "170141183460469231731687303715884105728";

    @ParameterizedTest
    @CsvSource({"1, true", "500, true", "0, false", "501, false"})
    void aCallTakesUpToFiveHundredRecords(int count, boolean taken) {
        var fixture = new ModelFixture(1);
        List<PutRequest> records = Collections.nCopies(count, request("k", "x"));
        if (taken) {
            assertThat(fixture.model.putAll(STREAM, records))
                    .hasSize(count)
                    .allMatch(PutResult.Stored.class::isInstance);
        } else {
            assertRefused(KinesisError.VALIDATION, () -> fixture.model.putAll(STREAM, records));
        }
    }

    @ParameterizedTest
    @CsvSource({"a, 1048575, true", "a, 1048576, false", "ü, 1048574, true", "ü, 1048575, false"})
    void aRecordHasUpToOneMebibyteOfDataAndKey(String key, int bytes, boolean taken) {
        var fixture = new ModelFixture(1);
        var record = new PutRequest(key, null, new byte[bytes]);
        if (taken) {
            assertThat(fixture.model.put(STREAM, record)).isInstanceOf(PutResult.Stored.class);
        } else {
            assertRefused(KinesisError.VALIDATION, () -> fixture.model.put(STREAM, record));
        }
    }

    @Test
    void aCallTakesUpToTenMebibytes() {
        var fixture = new ModelFixture(1);
        var full = new PutRequest("k", null, new byte[KinesisLimits.RECORD_BYTES_MAX - 1]);
        assertThat(fixture.model.putAll(STREAM, Collections.nCopies(10, full))).hasSize(10);
        List<PutRequest> over = IntStream.range(0, 11)
                .mapToObj(i -> i < 10 ? full : request("k", ""))
                .toList();
        assertRefused(KinesisError.INVALID_ARGUMENT, () -> fixture.model.putAll(STREAM, over));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "256, true", "257, false"})
    void aPartitionKeyHasOneTo256Characters(int characters, boolean taken) {
        var fixture = new ModelFixture(1);
        PutRequest record = request("鍵".repeat(characters), "x");
        if (taken) {
            fixture.model.put(STREAM, record);
        } else {
            assertRefused(KinesisError.VALIDATION, () -> fixture.model.put(STREAM, record));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "340282366920938463463374607431768211456"})
    void anExplicitHashKeyIsWithinTheHashKeys(BigInteger hash) {
        var fixture = new ModelFixture(1);
        assertRefused(KinesisError.INVALID_ARGUMENT, () -> fixture.putAt(hash, "x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 10_001})
    void aGetAsksForOneToTenThousandRecords(int limit) {
        var fixture = new ModelFixture(1);
        String iterator = fixture.model.iterator(STREAM, ModelFixture.id(0), new Position.Latest());
        assertRefused(KinesisError.VALIDATION, () -> fixture.model.get(iterator, limit));
    }

    @Test
    void aShardTakesAThousandRecordsASecondWhenThrottledAndTheOthersGoOn() {
        var fixture = new ModelFixture(2, KinesisLimits.throttled());
        List<PutRequest> records = Collections.nCopies(500, request("a", "x"));
        assertThat(fixture.model.putAll(STREAM, records)).allMatch(PutResult.Stored.class::isInstance);
        assertThat(fixture.model.putAll(STREAM, records)).allMatch(PutResult.Stored.class::isInstance);

        List<PutResult> mixed = fixture.model.putAll(STREAM, List.of(request("a", "x"), request("b", "y")));
        assertThat(mixed.getFirst())
                .isEqualTo(new PutResult.Refused(
                        KinesisError.THROUGHPUT_EXCEEDED, "Rate exceeded for shard shardId-000000000000 in stream s."));
        assertThat(mixed.getLast()).isInstanceOf(PutResult.Stored.class);

        fixture.clock.addAndGet(3);
        assertThat(fixture.model.putAll(STREAM, records).stream().filter(PutResult.Stored.class::isInstance))
                .hasSize(3);
        fixture.clock.addAndGet(60_000);
        assertThat(fixture.model.putAll(STREAM, records)).allMatch(PutResult.Stored.class::isInstance);
    }

    @Test
    void aShardTakesAMebibyteASecondWhenThrottledAndSmallRecordsMayPassBigOnes() {
        var fixture = new ModelFixture(1, KinesisLimits.throttled());
        var half = new PutRequest("k", null, new byte[512 * 1024 - 1]);
        var third = new PutRequest("k", null, new byte[340 * 1024]);
        List<PutResult> results = fixture.model.putAll(STREAM, List.of(half, third, third, request("k", "small")));
        assertThat(results.stream().map(PutResult.Stored.class::isInstance)).containsExactly(true, true, false, true);
        assertThat(ModelFixture.stored(results.get(3)).sequenceNumber())
                .isGreaterThan(ModelFixture.stored(results.get(1)).sequenceNumber());
    }

    @Test
    void aFullStreamRefusesUntilTheRetentionMakesRoom() {
        var fixture = new ModelFixture(1, new KinesisLimits(false, 10_000, 10));
        var record = new PutRequest("k", null, new byte[4000]);
        assertThat(fixture.model.putAll(STREAM, List.of(record, record, record)).stream()
                        .map(PutResult.Stored.class::isInstance))
                .containsExactly(true, true, false);
        fixture.clock.addAndGet(24 * ModelFixture.HOUR_MILLIS + 1);
        assertThat(fixture.model.putAll(STREAM, List.of(record, record, record)).stream()
                        .map(PutResult.Stored.class::isInstance))
                .containsExactly(true, true, false);
    }

    @ParameterizedTest
    @CsvSource({
        "a b, 1, VALIDATION",
        "'', 1, VALIDATION",
        "ok, 0, VALIDATION",
        "s, 1, RESOURCE_IN_USE",
        "ok, 1001, LIMIT_EXCEEDED"
    })
    void aStreamIsRefused(String name, int shards, KinesisError error) {
        var fixture = new ModelFixture(1);
        assertRefused(error, () -> fixture.model.createStream(name, shards));
        assertThat(fixture.model.streams()).containsExactly(STREAM);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        var model = new KinesisModel(() -> 0, KinesisLimits.local());
        assertRefused(KinesisError.RESOURCE_NOT_FOUND, () -> model.describe("t"));
        assertRefused(KinesisError.RESOURCE_NOT_FOUND, () -> model.shards("t"));
        assertRefused(KinesisError.RESOURCE_NOT_FOUND, () -> model.deleteStream("t"));
        assertRefused(KinesisError.RESOURCE_NOT_FOUND, () -> model.put("t", request("k", "x")));
        assertRefused(KinesisError.RESOURCE_NOT_FOUND, () -> model.splitShard("t", "x", new BigInteger(HALF)));
        assertRefused(KinesisError.RESOURCE_NOT_FOUND, () -> model.read("t", "x", null, 1, 1));
        model.createStream("t", 1);
        assertRefused(KinesisError.RESOURCE_NOT_FOUND, () -> model.read("t", ModelFixture.id(1), null, 1, 1));
        assertRefused(KinesisError.RESOURCE_NOT_FOUND, () -> model.iterator("t", "shard-x", new Position.Latest()));
    }
}
