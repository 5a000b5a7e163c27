package dev.weir.local.kinesis;

import static dev.weir.local.kinesis.ModelFixture.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTest {

    /** The MD5 of the key begins with the digits in the second column, as md5sum says; four shards begin at 0, 4, 8 and c. */
    @ParameterizedTest
    @CsvSource({
        "a,     0cc175b9, 0",
        "bar,   37b51d19, 0",
        "hello, 5d41402a, 1",
        "alice, 6384e2b2, 1",
        "b,     92eb5ffe, 2",
        "foo,   acbd18db, 2",
        "ü,     c03410a5, 3",
        "鍵,    d9756785, 3",
    })
    void aKeyGoesToTheShardOfItsMd5(String key, String md5, int shard) {
        var fixture = new ModelFixture(4);
        assertThat(fixture.put(key, "x").shardId()).isEqualTo(id(shard));
    }

    @ParameterizedTest
    @CsvSource({
        "0,                                       0",
        "170141183460469231731687303715884105727, 0",
        "170141183460469231731687303715884105728, 1",
        "340282366920938463463374607431768211455, 1",
    })
    void anExplicitHashKeyOverrulesThePartitionKey(BigInteger hash, int shard) {
        var fixture = new ModelFixture(2);
        assertThat(fixture.putAt(hash, "x").shardId()).isEqualTo(id(shard));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0",
        "2, 1, 170141183460469231731687303715884105728",
        "3, 1, 113427455640312821154458202477256070485",
        "3, 2, 226854911280625642308916404954512140970",
        "4, 3, 255211775190703847597530955573826158592",
    })
    void newStreamsHaveUniformShards(int count, int shard, BigInteger firstHash) {
        assertThat(new ModelFixture(count).shard(shard).firstHash()).isEqualTo(firstHash);
    }

    @Test
    void sequenceNumbersAreFiftySixDigitsAndIncreaseOverTheWholeStream() {
        var fixture = new ModelFixture(4);
        String last = fixture.model.lastSequenceNumber(ModelFixture.STREAM);
        for (int i = 0; i < 100; i++) {
            String next = fixture.put("key-" + i, "x").sequenceNumber();
            assertThat(next).matches("49\\d{54}").isGreaterThan(last);
            last = next;
        }
        assertThat(fixture.model.lastSequenceNumber(ModelFixture.STREAM)).isEqualTo(last);
    }

    @Test
    void aStreamThatIsMadeAnewHasHigherNumbersAtTheSameTime() {
        var fixture = new ModelFixture(1);
        String before = fixture.put("k", "x").sequenceNumber();
        fixture.model.deleteStream(ModelFixture.STREAM);
        fixture.model.createStream(ModelFixture.STREAM, 1);
        assertThat(fixture.put("k", "x").sequenceNumber()).isGreaterThan(before);
    }
}
