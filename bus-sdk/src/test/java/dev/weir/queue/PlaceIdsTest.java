package dev.weir.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceIdsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "z/2026/11/20/17/05/1795194307123-0000000",
                "z/2026/11/20/17/05/1795194307123-0000042",
                "z/2026/11/20/17/05/1795194307123-9999950",
                "z/2026/11/20/17/05/1795194307123-99999950",
                "z/2026/11/20/17/05/1795194307123-7",
                "z/2026/11/20/17/05/1795194307123",
                "z/2026/11/20/17/05/1795194307123-none",
                "_snapshot/z/2026/11/20/17/05/1795194307123-0000099",
                "z/\u00e9\u4e2d\ud83d\ude00-0000998"
            })
    void idsAreThoseThatCountingFromTheFirstGives(String first) {
        PlaceIds ids = new PlaceIds(first);
        for (int place = 0; place < 120; place++) {
            assertThat(ids.next()).as("place=" + place).isEqualTo(Eids.plus(first, place));
        }
    }
}
