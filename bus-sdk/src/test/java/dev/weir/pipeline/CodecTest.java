package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CodecTest {
    enum Side {
        BUY,
        SELL
    }

    record Order(String id, Side side, BigDecimal price, long shares, List<String> tags, Map<String, Integer> marks) {}

    private static final Order ORDER =
            new Order("o-1", Side.SELL, new BigDecimal("12.50"), 3, List.of("a", "b"), Map.of("x", 1));

    @Test
    void aRecordComesBackAsItWas() {
        Codec<Order> codec = Codec.of(Order.class);
        assertThat(codec.encode(ORDER))
                .hasToString("{\"id\":\"o-1\",\"marks\":{\"x\":1},\"price\":12.50,\"shares\":3,\"side\":\"SELL\","
                        + "\"tags\":[\"a\",\"b\"]}");
        assertThat(codec.decode(codec.encode(ORDER))).isEqualTo(Decoded.value(ORDER));
        assertThat(codec.type()).isEqualTo("Order");
    }

    @Test
    void fieldsThatAreNotKnownArePassedOver() {
        assertThat(Codec.of(Order.class).decode(Json.of("{\"id\":\"x\",\"shares\":1,\"new\":{\"deep\":[1]}}")))
                .isEqualTo(Decoded.value(new Order("x", null, null, 1, null, null)));
    }

    @Test
    void whatIsNoValueIsRefusedWithTheReason() {
        assertThat(reason("{\"id\":\"x\"}")).isEqualTo("not a Order: Cannot map `null` into type `long`: field=shares");
        assertThat(reason("{\"shares\":null}")).contains("shares");
        assertThat(reason("{\"shares\":1.5}")).contains("shares");
        assertThat(reason("{\"shares\":\"1\"}")).contains("String");
        assertThat(reason("{\"shares\":1,\"shares\":2}")).contains("Duplicate field 'shares'");
        assertThat(reason("{\"shares\":1} 2")).contains("Trailing token");
        assertThat(reason("null")).isEqualTo("not a Order: null");
        assertThat(reason("[")).startsWith("not a Order: ");
    }

    private static String reason(String text) {
        return Codec.of(Order.class).decode(Json.of(text)) instanceof Decoded.Refused<Order> refused
                ? refused.refusal().reason()
                : "a value";
    }

    @Test
    void textsAndNumbersAreJson() {
        assertThat(Codec.text().encode("a\"b")).hasToString("\"a\\\"b\"");
        assertThat(Codec.text().decode(Json.of("\"a\\\"b\""))).isEqualTo(Decoded.value("a\"b"));
        assertThat(Codec.integer().decode(Json.of("-9223372036854775808"))).isEqualTo(Decoded.value(Long.MIN_VALUE));
        assertThat(Codec.integer().decode(Json.of("9223372036854775808"))).isInstanceOf(Decoded.Refused.class);
        assertThat(Codec.integer().decode(Json.of("1.5"))).isInstanceOf(Decoded.Refused.class);
        assertThat(Codec.json().decode(Json.of("[1]"))).isEqualTo(Decoded.value(Json.of("[1]")));
    }

    @Test
    void whatCannotBeReadIsAnExceptionForThoseWhoInsist() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Codec.integer().decodeOrThrow(Json.of("\"x\"")))
                .withMessageContaining("not a Long");
    }

    record Timed(Optional<String> note, Instant at, LocalDate day, Duration length) {}

    @Test
    void timesAndOptionalsAreTextAndWhatIsNotThere() {
        Timed timed = new Timed(
                Optional.empty(),
                Instant.parse("2026-11-20T17:05:00.123Z"),
                LocalDate.of(2026, 11, 20),
                Duration.ofSeconds(90));
        Json text = Codec.of(Timed.class).encode(timed);
        assertThat(text)
                .hasToString(
                        "{\"at\":\"2026-11-20T17:05:00.123Z\",\"day\":\"2026-11-20\",\"length\":\"PT1M30S\",\"note\":null}");
        assertThat(Codec.of(Timed.class).decodeOrThrow(text)).isEqualTo(timed);
    }
}
