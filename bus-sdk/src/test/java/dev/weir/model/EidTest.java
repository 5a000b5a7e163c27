package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EidTest {

    @ParameterizedTest
    @CsvSource({
        "1795194307123, 42, z/2026/11/20/17/05/1795194307123-0000042",
        "0, 0, z/1970/01/01/00/00/0000000000000-0000000",
        "9999999999999, 9999999, z/2286/11/20/17/46/9999999999999-9999999"
    })
    void isWrittenAndReadAsRStreamsDoes(long millis, long index, String text) {
        assertThat(new Eid(millis, index)).hasToString(text);
        assertThat(Eid.parse(text)).contains(new Eid(millis, index));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "z/",
                "z/2026/11/20",
                "1795194307123",
                "z/2026/11/20/17/05/1795194307123",
                "z/2026/11/20/17/05/1-1"
            })
    void anythingElseIsNone(String text) {
        assertThat(Eid.parse(text)).isEmpty();
    }

    @Test
    void theOrderOfTextsIsTheOrderOfIds() {
        Random random = new Random(1);
        List<Eid> ids = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            ids.add(new Eid(random.nextLong(Eid.MILLIS_MAX), random.nextLong(i % 2 == 0 ? 20 : Eid.INDEX_MAX)));
        }
        List<String> byId = ids.stream().sorted().map(Eid::toString).toList();
        assertThat(byId).isSorted();
    }

    @ParameterizedTest
    @CsvSource({
        "100, 5, 200, 10, 200, 0",
        "100, 5, 100, 10, 100, 6",
        "100, 5, 50, 10, 100, 6",
        "100, 9999990, 50, 9, 100, 9999991",
        "100, 9999990, 50, 10, 101, 0",
        "100, 9999990, 101, 10, 101, 0"
    })
    void theNextRunIsAboveAndInOneMillisecond(
            long millis, long index, long now, long count, long expectedMillis, long expectedIndex) {
        Eid next = new Eid(millis, index).nextRun(now, count);
        assertThat(next).isEqualTo(new Eid(expectedMillis, expectedIndex)).isGreaterThan(new Eid(millis, index));
        assertThat(next.plus(count - 1).epochMillis()).isEqualTo(expectedMillis);
    }

    @Test
    void whatHasTooManyDigitsIsRefused() {
        assertThatThrownBy(() -> new Eid(-1, 0)).hasMessageContaining("epochMillis=-1");
        assertThatThrownBy(() -> new Eid(0, Eid.INDEX_MAX + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Eid(Eid.MILLIS_MAX + 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
