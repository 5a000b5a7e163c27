package dev.weir.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A model with one stream "s" and a clock that tests move. */
final class ModelFixture {

    static final String STREAM = "s";
    static final long START_MILLIS = 1_795_194_307_000L;
    static final long HOUR_MILLIS = 3_600_000L;

    final AtomicLong clock = new AtomicLong(START_MILLIS);
    final KinesisModel model;

    ModelFixture(int shards) {
        this(shards, KinesisLimits.local());
    }

    ModelFixture(int shards, KinesisLimits limits) {
        model = new KinesisModel(clock::get, limits);
        model.createStream(STREAM, shards);
    }

    static PutRequest request(String key, String data) {
        return new PutRequest(key, null, data.getBytes(StandardCharsets.UTF_8));
    }

    PutResult.Stored put(String key, String data) {
        return stored(model.put(STREAM, request(key, data)));
    }

    PutResult.Stored putAt(BigInteger hash, String data) {
        return stored(model.put(STREAM, new PutRequest("k", hash, data.getBytes(StandardCharsets.UTF_8))));
    }

    static PutResult.Stored stored(PutResult result) {
        assertThat(result).isInstanceOf(PutResult.Stored.class);
        return (PutResult.Stored) result;
    }

    List<String> read(int shard, Position position) {
        String iterator = model.iterator(STREAM, id(shard), position);
        return texts(model.get(iterator, KinesisLimits.RECORDS_PER_GET_MAX).records());
    }

    List<String> readAll(int shard) {
        return read(shard, new Position.TrimHorizon());
    }

    ShardView shard(int index) {
        return model.shards(STREAM).stream()
                .filter(shard -> shard.id().equals(id(index)))
                .findFirst()
                .orElseThrow();
    }

    List<String> shardIds(ShardFilter filter) {
        return model.listShards(STREAM, filter).stream()
                .map(shard -> shard.view().id())
                .toList();
    }

    static String id(int shard) {
        return ShardState.id(shard);
    }

    static List<String> texts(List<StoredRecord> records) {
        return records.stream()
                .map(record -> new String(record.data(), StandardCharsets.UTF_8))
                .toList();
    }

    static void assertRefused(KinesisError error, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(KinesisException.class, e -> assertThat(e.error())
                .isEqualTo(error));
    }

    static BigInteger hash(String hex) {
        return new BigInteger(hex, 16);
    }
}
