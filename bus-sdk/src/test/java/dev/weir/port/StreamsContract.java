package dev.weir.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.model.Lanes;
import dev.weir.model.Record;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Streams} must do when nothing fails. Subclass and supply the adapter, and the means to create, read and reshard. */
public abstract class StreamsContract {

    private static final BigInteger MIDDLE = BigInteger.ONE.shiftLeft(127);

    private final String stream = "contract-" + UUID.randomUUID();

    /** The adapter under test. */
    protected abstract Streams streams();

    /** Creates a stream whose shards share the hash keys evenly; returns when it takes records. */
    protected abstract void create(String name, int shards);

    /** Everything in a shard, from its first record. */
    protected abstract List<Record> read(String name, String shardId);

    /** Splits an open shard; returns when the stream takes records again. */
    protected abstract void split(String name, String shardId, BigInteger firstHashOfUpper);

    /** Merges two open shards that touch; returns when the stream takes records again. */
    protected abstract void merge(String name, String lowerShardId, String upperShardId);

    @Test
    void theShardsOfANewStreamShareTheHashKeys() {
        create(stream, 2);

        List<Shard> shards = streams().shards(stream);

        assertThat(shards).extracting(Shard::id).isSorted().doesNotHaveDuplicates();
        assertThat(shards).extracting(Shard::firstHash).containsExactly(BigInteger.ZERO, MIDDLE);
        assertThat(shards)
                .extracting(Shard::lastHash)
                .containsExactly(MIDDLE.subtract(BigInteger.ONE), StreamLimits.HASH_KEY_MAX);
        assertThat(shards).allSatisfy(shard -> {
            assertThat(shard.open()).isTrue();
            assertThat(shard.parents()).isEmpty();
        });
    }

    @Test
    void aRecordComesBackAsItWasPut() {
        create(stream, 1);
        byte[] data = {0, -1, 10, 127, -128};

        PutOutcome outcome = put(new StreamRecord("żółw", null, data)).getFirst();

        assertThat(outcome).isInstanceOfSatisfying(PutOutcome.Accepted.class, accepted -> {
            Record record = read(stream, accepted.shardId()).getFirst();
            assertThat(record.shardId()).isEqualTo(accepted.shardId());
            assertThat(record.sequenceNumber().digits()).isEqualTo(accepted.sequenceNumber());
            assertThat(record.partitionKey()).isEqualTo("żółw");
            assertThat(record.data()).isEqualTo(data);
        });
    }

    @Test
    void recordsOfAShardKeepTheirOrderAndTheirNumbersRise() {
        create(stream, 1);
        String shard = streams().shards(stream).getFirst().id();

        put(record("a", "1"), record("b", "2"), record("a", "3"));
        put(record("c", "4"));

        List<Record> records = read(stream, shard);
        assertThat(records).extracting(StreamsContract::text).containsExactly("1", "2", "3", "4");
        assertThat(records).extracting(Record::sequenceNumber).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aPartitionKeyGoesWhereItsHashBelongs() {
        create(stream, 3);
        StreamRecord[] records = IntStream.range(0, 60)
                .mapToObj(i -> record("key" + i, "key" + i))
                .toArray(StreamRecord[]::new);

        put(records);

        int found = 0;
        for (Shard shard : streams().shards(stream)) {
            for (Record record : read(stream, shard.id())) {
                assertThat(Lanes.hashKey(record.partitionKey())).isBetween(shard.firstHash(), shard.lastHash());
                found++;
            }
        }
        assertThat(found).isEqualTo(records.length);
    }

    @Test
    void anExplicitHashKeyOverridesThePartitionKey() {
        create(stream, 2);
        List<String> shards = streams().shards(stream).stream().map(Shard::id).toList();

        List<PutOutcome> outcomes = put(
                at("0", "lowest"),
                at(MIDDLE.subtract(BigInteger.ONE).toString(), "last of the lower"),
                at(MIDDLE.toString(), "first of the upper"),
                at(StreamLimits.HASH_KEY_MAX.toString(), "highest"));

        assertThat(outcomes)
                .extracting(outcome -> ((PutOutcome.Accepted) outcome).shardId())
                .containsExactly(shards.get(0), shards.get(0), shards.get(1), shards.get(1));
    }

    @Test
    void aSplitClosesTheParentAndItsChildrenTakeOver() {
        create(stream, 1);
        Shard parent = streams().shards(stream).getFirst();
        put(at("5", "before"));

        split(stream, parent.id(), MIDDLE);
        put(at("5", "after"));

        List<Shard> shards = streams().shards(stream);
        assertThat(shards).extracting(Shard::open).containsExactly(false, true, true);
        assertThat(shards.get(0).id()).isEqualTo(parent.id());
        assertThat(shards.get(1).parents()).containsExactly(parent.id());
        assertThat(shards.get(2).parents()).containsExactly(parent.id());
        assertThat(shards.get(1).lastHash()).isEqualTo(MIDDLE.subtract(BigInteger.ONE));
        assertThat(shards.get(2).firstHash()).isEqualTo(MIDDLE);
        assertThat(read(stream, parent.id())).extracting(StreamsContract::text).containsExactly("before");
        assertThat(read(stream, shards.get(1).id()))
                .extracting(StreamsContract::text)
                .containsExactly("after");
    }

    @Test
    void aMergeHasTwoParents() {
        create(stream, 2);
        List<String> parents = streams().shards(stream).stream().map(Shard::id).toList();

        merge(stream, parents.get(0), parents.get(1));

        List<Shard> shards = streams().shards(stream);
        assertThat(shards).extracting(Shard::open).containsExactly(false, false, true);
        assertThat(shards.get(2).parents()).containsExactlyInAnyOrderElementsOf(parents);
        assertThat(shards.get(2).firstHash()).isEqualTo(BigInteger.ZERO);
        assertThat(shards.get(2).lastHash()).isEqualTo(StreamLimits.HASH_KEY_MAX);
    }

    @Test
    void aPutHasFiveHundredRecordsAndNoMore() {
        create(stream, 1);
        StreamRecord[] most = IntStream.range(0, Streams.PUT_RECORDS_MAX)
                .mapToObj(i -> record("k", "" + i))
                .toArray(StreamRecord[]::new);
        assertThat(put(most)).hasSize(Streams.PUT_RECORDS_MAX).hasOnlyElementsOfType(PutOutcome.Accepted.class);

        List<StreamRecord> tooMany = new ArrayList<>(List.of(most));
        tooMany.add(record("k", "one more"));
        assertRefused(tooMany);
        assertRefused(List.of());
    }

    @Test
    void aRecordHasOneMebibyteWithItsKeyAndNoMore() {
        create(stream, 1);

        assertThat(put(new StreamRecord("key", null, new byte[Streams.RECORD_BYTES_MAX - 3])))
                .hasOnlyElementsOfType(PutOutcome.Accepted.class);

        assertRefused(List.of(new StreamRecord("key", null, new byte[Streams.RECORD_BYTES_MAX - 2])));
    }

    @Test
    void aPutHasTenMebibytesAndNoMore() {
        create(stream, 1);
        StreamRecord mebibyte = new StreamRecord("k", null, new byte[Streams.RECORD_BYTES_MAX - 1]);
        List<StreamRecord> records = new ArrayList<>(Collections.nCopies(10, mebibyte));
        assertThat(streams().put(stream, records)).hasSize(10);

        records.add(new StreamRecord("k", null, new byte[0]));
        assertRefused(records);
    }

    @Test
    void aPartitionKeyHasOneTo256Characters() {
        create(stream, 1);
        assertThat(put(record("ż".repeat(256), "fits"))).hasOnlyElementsOfType(PutOutcome.Accepted.class);

        assertRefused(List.of(record("", "empty")));
        assertRefused(List.of(record("ż".repeat(257), "long")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "x",
                "01",
                "340282366920938463463374607431768211456",
                "9999999999999999999999999999999999999999"
            })
    void anExplicitHashKeyIsANumberInTheSpace(String explicitHashKey) {
        create(stream, 1);

        assertRefused(List.of(at(explicitHashKey, "refused")));
    }

    @Test
    void aStreamThatDoesNotExistIsRefused() {
        assertRefused(List.of(record("k", "nowhere")));
        assertThatIllegalArgumentException().isThrownBy(() -> streams().shards(stream));
    }

    private List<PutOutcome> put(StreamRecord... records) {
        return streams().put(stream, List.of(records));
    }

    private void assertRefused(List<StreamRecord> records) {
        assertThatIllegalArgumentException().isThrownBy(() -> streams().put(stream, records));
    }

    private static StreamRecord record(String key, String data) {
        return new StreamRecord(key, null, data.getBytes(StandardCharsets.UTF_8));
    }

    private static StreamRecord at(String hashKey, String data) {
        return new StreamRecord("any", hashKey, data.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Record record) {
        return new String(record.data(), StandardCharsets.UTF_8);
    }
}
