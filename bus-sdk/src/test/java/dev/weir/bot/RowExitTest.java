package dev.weir.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.flow.Bus;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowExitTest {
    private final Bus bus = new Bus("weir", new Lanes(1));
    private final MemoryItems items = new MemoryItems();
    private final RowExit rows = new RowExit(bus.rows("prices"), items, new ManualTime(1_795_194_307_123L));

    private static Relay.Result<Json> result(String eid, String key, String value) {
        return new Relay.Result<>("shop.prices", eid, Optional.of(key), Json.of(value));
    }

    private Map<String, Attribute> row(String key) {
        return items.get(new Key(bus.rows("prices"), key, null))
                .map(Item::attributes)
                .orElse(Map.of());
    }

    @Test
    void fieldsBecomeAttributes() {
        rows.take(result(
                "z/1", "bolt", "{\"key\":\"bolt\",\"cents\":125,\"tags\":[\"a\",true,null],\"in\":{\"x\":1.50}}"));
        assertThat(row("bolt"))
                .isEqualTo(Map.of(
                        "cents", Attribute.of(125),
                        "tags", Attribute.of(List.of(Attribute.of("a"), Attribute.of(true), new Attribute.Null())),
                        "in", Attribute.of(Map.of("x", Attribute.of(new java.math.BigDecimal("1.5")))),
                        "weir", Attribute.of("z/1")));
    }

    @Test
    void ofSeveralResultsOfAKeyTheLastIsTheRowHoweverOftenAndLateTheyCome() {
        List<Relay.Result<Json>> results = List.of(
                result("z/1", "bolt", "{\"n\":1}"),
                result("z/2", "bolt", "{\"n\":2}"),
                result("z/3", "nut", "{\"n\":3}"));
        rows.ahead(results);
        results.forEach(rows::take);
        rows.take(results.getFirst());
        rows.ahead(results.subList(0, 1));
        assertThat(row("bolt")).containsEntry("n", Attribute.of(2)).containsEntry("weir", Attribute.of("z/2"));
        assertThat(row("nut")).containsEntry("n", Attribute.of(3));
    }

    @Test
    void aRowThatWasRemovedDoesNotComeBackWithAnOlderResult() {
        rows.take(result("z/1", "bolt", "{\"n\":1}"));
        rows.take(result("z/2", "bolt", "null"));
        rows.take(result("z/1", "bolt", "{\"n\":1}"));
        assertThat(row("bolt"))
                .isEqualTo(Map.of(
                        "weir", Attribute.of("z/2"),
                        "weir_gone", Attribute.of(true),
                        "weir_ttl", Attribute.of(1_795_194_307L + 86_400)));
        rows.take(result("z/3", "bolt", "{\"n\":3}"));
        assertThat(row("bolt")).isEqualTo(Map.of("weir", Attribute.of("z/3"), "n", Attribute.of(3)));
    }

    @Test
    void whatIsNoRowIsRefusedAndTheOthersAreWritten() {
        List<String> bad = List.of(
                "[1]",
                "{\"weir\":1}",
                "{\"weir_gone\":1}",
                "{\"key\":\"another\"}",
                "{\"n\":123456789012345678901234567890123456789}",
                "{\"text\":\"" + "x".repeat(410_000) + "\"}");
        for (String value : bad) {
            rows.ahead(List.of(result("z/1", "bolt", value), result("z/2", "nut", "{\"n\":1}")));
            assertThat(row("bolt")).isEmpty();
            assertThat(row("nut")).isNotEmpty();
            assertThatThrownBy(() -> rows.take(result("z/1", "bolt", value)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
