package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {
    private static final BigInteger HASHES = BigInteger.TWO.pow(128);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16, 1000, 4096})
    void lanesShareAllHashKeysWithoutHolesAndAlmostEvenly(int count) {
        Lanes lanes = new Lanes(count);
        BigInteger next = BigInteger.ZERO;
        for (int lane = 0; lane < count; lane++) {
            assertThat(lanes.firstHash(lane)).isEqualTo(next);
            next = lanes.lastHash(lane).add(BigInteger.ONE);
        }
        assertThat(next).isEqualTo(HASHES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16, 1000, 4096})
    void theLaneOfAKeyIsTheOneThatHoldsItsHash(int count) {
        Lanes lanes = new Lanes(count);
        for (int i = 0; i < 2_000; i++) {
            String key = "account-" + i + "-\u00e9";
            int lane = lanes.of(key);
            assertThat(Lanes.hashKey(key)).isBetween(lanes.firstHash(lane), lanes.lastHash(lane));
        }
    }

    /** MD5 of an empty text and of "a", from RFC 1321. */
    @ParameterizedTest
    @CsvSource({"'', d41d8cd98f00b204e9800998ecf8427e", "a, 0cc175b9c0f1b6a831c399e269772661"})
    void keysAreHashedAsKinesisDoes(String key, String hex) {
        assertThat(Lanes.hashKey(key)).isEqualTo(new BigInteger(hex, 16));
    }

    @Test
    void theCountIsBounded() {
        assertThatThrownBy(() -> new Lanes(0)).hasMessageContaining("lanes=0");
        assertThatThrownBy(() -> new Lanes(4_097)).hasMessageContaining("lanes=4097");
    }
}
