package dev.weir.local.kinesis;

import static dev.weir.local.kinesis.ModelFixture.STREAM;
import static dev.weir.local.kinesis.ModelFixture.assertRefused;
import static dev.weir.local.kinesis.ModelFixture.hash;
import static dev.weir.local.kinesis.ModelFixture.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReshardingTest {

    private static final BigInteger LAST = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
    private static final BigInteger MIDDLE = BigInteger.ONE.shiftLeft(127);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "80000000000000000000000000000000",
                "123456789abcdef123456789abcdef12",
                "ffffffffffffffffffffffffffffffff"
            })
    void aSplitAtAnyKeyMakesTwoChildrenThatCoverTheParent(String hex) {
        var fixture = new ModelFixture(1);
        String before = fixture.put("k", "x").sequenceNumber();
        fixture.model.splitShard(STREAM, id(0), hash(hex));
        String after = fixture.putAt(BigInteger.ZERO, "y").sequenceNumber();

        ShardView parent = fixture.shard(0);
        assertThat(parent.open()).isFalse();
        assertThat(parent.endingSequenceNumber()).isGreaterThan(before).isLessThan(after);
        assertThat(fixture.shard(1))
                .isEqualTo(new ShardView(
                        id(1), List.of(id(0)), BigInteger.ZERO, hash(hex).subtract(BigInteger.ONE), true, null));
        assertThat(fixture.shard(2)).isEqualTo(new ShardView(id(2), List.of(id(0)), hash(hex), LAST, true, null));
        assertThat(fixture.putAt(hash(hex), "z").shardId()).isEqualTo(id(2));
    }

    @Test
    void aMergeHasTwoParentsInTheOrderOfTheRequest() {
        var fixture = new ModelFixture(2);
        fixture.model.mergeShards(STREAM, id(1), id(0));
        assertThat(fixture.shard(2))
                .isEqualTo(new ShardView(id(2), List.of(id(1), id(0)), BigInteger.ZERO, LAST, true, null));
        assertThat(List.of(fixture.shard(0), fixture.shard(1))).noneMatch(ShardView::open);
    }

    @Test
    void aChildStartsAboveTheEndOfAllItsParents() {
        var fixture = new ModelFixture(2);
        fixture.model.mergeShards(STREAM, id(0), id(1));
        fixture.model.splitShard(STREAM, id(2), MIDDLE);
        Map<String, ShardDetail> shards = new HashMap<>();
        fixture.model
                .listShards(STREAM, new ShardFilter.All())
                .forEach(shard -> shards.put(shard.view().id(), shard));
        for (ShardDetail shard : shards.values()) {
            for (String parent : shard.view().parents()) {
                assertThat(shard.startingSequenceNumber())
                        .isGreaterThan(shards.get(parent).view().endingSequenceNumber());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "shardId-000000000000, 0,                                       INVALID_ARGUMENT",
        "shardId-000000000001, 170141183460469231731687303715884105728, INVALID_ARGUMENT",
        "shardId-000000000000, 170141183460469231731687303715884105728, INVALID_ARGUMENT",
        "shardId-000000000002, 1,                                       INVALID_ARGUMENT",
        "shardId-000000000009, 1,                                       RESOURCE_NOT_FOUND",
        "shard-0,              1,                                       RESOURCE_NOT_FOUND",
    })
    void aSplitIsRefusedOutsideTheShardOrWhenItIsClosed(String shard, BigInteger hash, KinesisError error) {
        var fixture = new ModelFixture(3);
        fixture.model.mergeShards(STREAM, id(1), id(2));
        fixture.model.splitShard(STREAM, id(3), MIDDLE.add(BigInteger.TEN));
        assertRefused(error, () -> fixture.model.splitShard(STREAM, shard, hash));
    }

    @ParameterizedTest
    @CsvSource({"0, 2, INVALID_ARGUMENT", "0, 0, INVALID_ARGUMENT", "0, 7, RESOURCE_NOT_FOUND", "1, 3, INVALID_ARGUMENT"
    })
    void aMergeIsRefusedUnlessBothAreOpenAndAdjacent(int shard, int adjacent, KinesisError error) {
        var fixture = new ModelFixture(4);
        fixture.model.mergeShards(STREAM, id(2), id(3));
        assertRefused(error, () -> fixture.model.mergeShards(STREAM, id(shard), id(adjacent)));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 3", "3, 2", "4, 7", "7, 4", "5, 10", "10, 5", "3, 3", "100, 200"})
    void updateShardCountReachesUniformShardsBySplitsAndMerges(int from, int to) {
        var fixture = new ModelFixture(from);
        assertThat(fixture.model.updateShardCount(STREAM, to)).isEqualTo(from);
        assertThat(openRanges(fixture)).isEqualTo(openRanges(new ModelFixture(to)));
        assertThat(fixture.model.describe(STREAM).openShards()).isEqualTo(to);
        assertThat(fixture.model.shards(STREAM).stream().skip(from))
                .allMatch(shard -> !shard.parents().isEmpty());
    }

    @Test
    void updateShardCountMakesUnevenShardsUniform() {
        var fixture = new ModelFixture(1);
        fixture.model.splitShard(STREAM, id(0), BigInteger.TEN);
        fixture.model.updateShardCount(STREAM, 2);
        assertThat(openRanges(fixture)).isEqualTo(openRanges(new ModelFixture(2)));
    }

    @ParameterizedTest
    @CsvSource({"4, 9", "4, 1", "5, 2", "1, 0", "1, 3"})
    void updateShardCountIsRefusedBeyondDoubleAndHalf(int from, int to) {
        var fixture = new ModelFixture(from);
        assertRefused(KinesisError.INVALID_ARGUMENT, () -> fixture.model.updateShardCount(STREAM, to));
    }

    @Test
    void shardsBeyondTheLimitAreRefused() {
        var fixture = new ModelFixture(2, new KinesisLimits(false, 1 << 20, 3));
        fixture.model.splitShard(STREAM, id(0), BigInteger.TEN);
        assertRefused(
                KinesisError.LIMIT_EXCEEDED, () -> fixture.model.splitShard(STREAM, id(1), MIDDLE.add(BigInteger.TEN)));
        assertRefused(KinesisError.LIMIT_EXCEEDED, () -> fixture.model.updateShardCount(STREAM, 4));
        assertRefused(KinesisError.LIMIT_EXCEEDED, () -> fixture.model.createStream("t", 1));
        fixture.model.mergeShards(STREAM, id(2), id(3));
        fixture.model.createStream("t", 1);
        fixture.model.deleteStream("t");
        fixture.model.createStream("u", 1);
    }

    /** Whatever is resharded: who reads parents before children sees every key's records once and in the order of the puts. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void readingParentsBeforeChildrenKeepsTheOrderOfEveryKey(long seed) {
        var random = new Random(seed);
        var fixture = new ModelFixture(1 + random.nextInt(3));
        Map<String, List<String>> put = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            String key = "key-" + random.nextInt(20);
            fixture.put(key, key + "=" + i);
            put.computeIfAbsent(key, _ -> new ArrayList<>()).add(key + "=" + i);
            if (random.nextInt(10) == 0) {
                reshard(fixture, random);
            }
        }
        assertThat(openRanges(fixture)).isEqualTo(coverOfAllKeys(openRanges(fixture)));
        Map<String, List<String>> read = new HashMap<>();
        for (ShardView shard : fixture.model.shards(STREAM)) {
            for (String text : ModelFixture.texts(fixture.model.read(STREAM, shard.id(), null, 1000, 1 << 20))) {
                read.computeIfAbsent(text.substring(0, text.indexOf('=')), _ -> new ArrayList<>())
                        .add(text);
            }
        }
        assertThat(read).as("seed=%d", seed).isEqualTo(put);
    }

    private static void reshard(ModelFixture fixture, Random random) {
        List<ShardView> open = new ArrayList<>(
                fixture.model.shards(STREAM).stream().filter(ShardView::open).toList());
        open.sort(Comparator.comparing(ShardView::firstHash));
        int at = random.nextInt(open.size());
        if (at + 1 < open.size() && random.nextBoolean()) {
            fixture.model.mergeShards(
                    STREAM, open.get(at).id(), open.get(at + 1).id());
        } else if (open.get(at).firstHash().compareTo(open.get(at).lastHash()) < 0) {
            BigInteger keys = open.get(at).lastHash().subtract(open.get(at).firstHash());
            BigInteger step = new BigInteger(128, random).mod(keys).add(BigInteger.ONE);
            fixture.model.splitShard(
                    STREAM, open.get(at).id(), open.get(at).firstHash().add(step));
        }
    }

    private static List<HashRange> openRanges(ModelFixture fixture) {
        return fixture.model.shards(STREAM).stream()
                .filter(ShardView::open)
                .map(shard -> new HashRange(shard.firstHash(), shard.lastHash()))
                .sorted(Comparator.comparing(HashRange::first))
                .toList();
    }

    /** The ranges with their first keys put where the one before ends: the same ranges if they cover all keys without overlap. */
    private static List<HashRange> coverOfAllKeys(List<HashRange> ranges) {
        List<HashRange> cover = new ArrayList<>();
        BigInteger first = BigInteger.ZERO;
        for (HashRange range : ranges) {
            cover.add(new HashRange(first, range.last()));
            first = range.last().add(BigInteger.ONE);
        }
        assertThat(first).isEqualTo(LAST.add(BigInteger.ONE));
        return cover;
    }
}
