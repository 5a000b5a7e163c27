package dev.weir.local.kinesis;

import static dev.weir.local.kinesis.ModelFixture.START_MILLIS;
import static dev.weir.local.kinesis.ModelFixture.STREAM;
import static dev.weir.local.kinesis.ModelFixture.assertRefused;
import static dev.weir.local.kinesis.ModelFixture.id;
import static dev.weir.local.kinesis.ModelFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {

    private final ModelFixture fixture = new ModelFixture(1);
    private final KinesisModel model = fixture.model;

    /** Puts "0" to "4", one a second, and answers with their sequence numbers. */
    private List<String> putFive() {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            numbers.add(fixture.put("k", Integer.toString(i)).sequenceNumber());
            fixture.clock.addAndGet(1000);
        }
        return numbers;
    }

    @Test
    void everyPositionStartsWhereItSays() {
        List<String> numbers = putFive();
        assertThat(fixture.read(0, new Position.TrimHorizon())).containsExactly("0", "1", "2", "3", "4");
        assertThat(fixture.read(0, new Position.At(numbers.get(2)))).containsExactly("2", "3", "4");
        assertThat(fixture.read(0, new Position.After(numbers.get(2)))).containsExactly("3", "4");
        assertThat(fixture.read(0, new Position.After(numbers.get(4)))).isEmpty();
        assertThat(fixture.read(0, new Position.Latest())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "1, 1", "999, 1", "1000, 1", "1001, 2", "4000, 4", "4001, 5", "5000, 5"})
    void aTimestampStartsAtTheFirstRecordThenOrLater(long afterStartMillis, int first) {
        putFive();
        assertThat(fixture.read(0, new Position.AtTimestamp(START_MILLIS + afterStartMillis)))
                .isEqualTo(List.of("0", "1", "2", "3", "4").subList(first, 5));
    }

    @Test
    void aTimestampInTheFutureIsRefused() {
        assertRefused(
                KinesisError.INVALID_ARGUMENT,
                () -> model.iterator(STREAM, id(0), new Position.AtTimestamp(START_MILLIS + 1)));
    }

    @Test
    void latestReadsWhatComesAfterTheIteratorWasMade() {
        putFive();
        String iterator = model.iterator(STREAM, id(0), new Position.Latest());
        fixture.put("k", "new");
        assertThat(texts(model.get(iterator, 10).records())).containsExactly("new");
    }

    @Test
    void aShardsStartingNumberIsAPosition() {
        putFive();
        String start =
                model.listShards(STREAM, new ShardFilter.All()).getFirst().startingSequenceNumber();
        assertThat(fixture.read(0, new Position.At(start))).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "nonsense",
                "",
                "49",
                "49000000000000000000000000000000000000000000000000000001",
                "49999999999999999999999999999999999999999999999999999999",
                "99999999999999999999999999999999999999999999999999999999999"
            })
    void aNumberThatIsNotOfThisStreamIsRefused(String number) {
        putFive();
        assertRefused(KinesisError.INVALID_ARGUMENT, () -> model.iterator(STREAM, id(0), new Position.At(number)));
        assertRefused(KinesisError.INVALID_ARGUMENT, () -> model.iterator(STREAM, id(0), new Position.After(number)));
    }

    @Test
    void aNumberOfAnotherShardIsRefused() {
        String ofParent = putFive().getLast();
        model.splitShard(STREAM, id(0), BigInteger.TEN);
        String ofChild = fixture.put("k", "x").sequenceNumber();
        assertRefused(KinesisError.INVALID_ARGUMENT, () -> model.iterator(STREAM, id(2), new Position.After(ofParent)));
        assertRefused(KinesisError.INVALID_ARGUMENT, () -> model.iterator(STREAM, id(0), new Position.After(ofChild)));
    }

    @Test
    void iteratorsFollowEachOtherToTheTip() {
        putFive();
        GetResult first = model.get(model.iterator(STREAM, id(0), new Position.TrimHorizon()), 2);
        assertThat(texts(first.records())).containsExactly("0", "1");
        assertThat(first.millisBehindLatest()).isEqualTo(3000);
        GetResult second = model.get(first.nextIterator(), 2);
        assertThat(second.millisBehindLatest()).isEqualTo(1000);
        GetResult third = model.get(second.nextIterator(), 2);
        assertThat(texts(third.records())).containsExactly("4");
        assertThat(third.millisBehindLatest()).isZero();
        fixture.put("k", "5");
        assertThat(texts(model.get(third.nextIterator(), 2).records())).containsExactly("5");
        assertThat(texts(model.get(first.nextIterator(), 2).records()))
                .as("an iterator can be used again")
                .containsExactly("2", "3");
    }

    @Test
    void aClosedShardEndsWithItsChildren() {
        putFive();
        String iterator = model.iterator(STREAM, id(0), new Position.TrimHorizon());
        model.splitShard(STREAM, id(0), BigInteger.TEN);
        GetResult part = model.get(iterator, 3);
        assertThat(part.nextIterator()).isNotNull();
        assertThat(part.childShards()).isEmpty();
        GetResult end = model.get(part.nextIterator(), 3);
        assertThat(texts(end.records())).containsExactly("3", "4");
        assertThat(end.nextIterator()).isNull();
        assertThat(end.childShards()).containsExactly(fixture.shard(1), fixture.shard(2));
    }

    @ParameterizedTest
    @CsvSource({"300000, true", "300001, false"})
    void anIteratorLivesFiveMinutes(long ageMillis, boolean alive) {
        String iterator = model.iterator(STREAM, id(0), new Position.TrimHorizon());
        fixture.clock.addAndGet(ageMillis);
        if (alive) {
            assertThat(model.get(iterator, 1).records()).isEmpty();
        } else {
            assertRefused(KinesisError.EXPIRED_ITERATOR, () -> model.get(iterator, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "@@@@", "cy8xLzIvMw", "cy94LzIvMy80"})
    void whatIsNotAnIteratorIsRefused(String iterator) {
        assertRefused(KinesisError.INVALID_ARGUMENT, () -> model.get(iterator, 1));
    }

    @Test
    void anIteratorOfADeletedStreamIsRefused() {
        String iterator = model.iterator(STREAM, id(0), new Position.TrimHorizon());
        model.deleteStream(STREAM);
        assertRefused(KinesisError.RESOURCE_NOT_FOUND, () -> model.get(iterator, 1));
        model.createStream(STREAM, 1);
        assertRefused(KinesisError.INVALID_ARGUMENT, () -> model.get(iterator, 1));
    }

    @Test
    void aGetReturnsAtMostTenMebibytes() {
        byte[] data = new byte[KinesisLimits.RECORD_BYTES_MAX - 1];
        for (int i = 0; i < 12; i++) {
            model.put(STREAM, new PutRequest("k", null, data));
        }
        GetResult first = model.get(model.iterator(STREAM, id(0), new Position.TrimHorizon()), 10_000);
        assertThat(first.records()).hasSize(10);
        assertThat(model.get(first.nextIterator(), 10_000).records()).hasSize(2);
    }

    @Test
    void directReadsComeInBoundedPieces() {
        List<String> numbers = putFive();
        assertThat(texts(model.read(STREAM, id(0), null, 2, 1000))).containsExactly("0", "1");
        assertThat(texts(model.read(STREAM, id(0), numbers.get(1), 10, 4)))
                .as("2 bytes a record")
                .containsExactly("2", "3");
        assertThat(texts(model.read(STREAM, id(0), numbers.get(1), 10, 1)))
                .as("one at least")
                .containsExactly("2");
        assertThat(model.read(STREAM, id(0), numbers.get(4), 10, 1000)).isEmpty();
    }

    @Test
    void directReadsCompareNumbersByValue() {
        String ofParent = putFive().getLast();
        model.splitShard(STREAM, id(0), BigInteger.TEN);
        String ofChild = fixture.put("k", "x").sequenceNumber();
        assertThat(texts(model.read(STREAM, id(2), ofParent, 10, 1000))).containsExactly("x");
        assertThat(texts(model.read(STREAM, id(2), "0", 10, 1000))).containsExactly("x");
        assertThat(model.read(STREAM, id(0), ofChild, 10, 1000)).isEmpty();
        assertThat(model.read(STREAM, id(2), "9".repeat(57), 10, 1000)).isEmpty();
    }

    @Test
    void readersWakeWhenSomethingChanges() throws Exception {
        long seen = model.version();
        Thread writer = Thread.ofVirtual().start(() -> fixture.put("k", "x"));
        long version = seen;
        while (version <= seen) {
            version = model.awaitChange(seen, Duration.ofSeconds(10));
        }
        assertThat(texts(model.read(STREAM, id(0), null, 10, 1000))).containsExactly("x");
        writer.join();
        assertThat(model.awaitChange(seen, Duration.ofDays(1)))
                .as("no wait for what is past")
                .isEqualTo(version);
        assertThat(model.awaitChange(version, Duration.ofMillis(1)))
                .as("time is over")
                .isEqualTo(version);
    }
}
