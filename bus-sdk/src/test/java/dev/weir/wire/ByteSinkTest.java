package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSinkTest {

    private final ByteSink sink = new ByteSink();
    private final Locale locale = Locale.getDefault();

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(locale);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, 10, 99, 100, 1795178701640L, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void putsWholeNumbers(long number) {
        sink.put('x');
        sink.putLong(number);
        assertThat(text()).isEqualTo("x" + number);
    }

    @Test
    void putsEscapesWhereTheyAreNeeded() {
        sink.putString("\"\\\n\r\t\u0000\u001f/é✓😀\ud800x\udc00\u007f");
        assertThat(text()).isEqualTo("\"\\\"\\\\\\n\\r\\t\\u0000\\u001f/é✓😀\\ud800x\\udc00\u007f\"");
    }

    @Test
    void stringsComeBackAsTheyWere() {
        var random = new Random(3);
        var cursor = new JsonCursor();
        int[] bounds = {0x80, 0x800, 0xD800, 0x110000};
        for (int round = 0; round < 5000; round++) {
            int bound = bounds[round % bounds.length];
            String string = random.ints(random.nextInt(20), 0, bound)
                    .filter(c -> c < 0xD800 || c > 0xDFFF)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            sink.clear();
            sink.putString(string);
            cursor.reset(new Json(sink.array(), 0, sink.size()));
            assertThat(cursor.string()).isEqualTo(string);
            assertThat(cursor.expectEnd()).isTrue();
        }
    }

    @Test
    void growsAndKeepsWhatWasPut() {
        String chunk = "0123456789é";
        for (int i = 0; i < 1000; i++) {
            sink.putUtf8(chunk);
            sink.put(JsonCursor.ascii("abc"), 1, 2);
        }
        assertThat(text()).isEqualTo((chunk + "b").repeat(1000));
        sink.clear();
        assertThat(sink.size()).isZero();
        assertThat(sink.toBytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "tr-TR", "hi-IN-u-nu-deva"})
    void writesAndReadsAlikeInEveryLocale(String tag) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        sink.putString("\u0001I");
        new EnvelopeEncoder("BIT\u0001", "q", sink).line(Json.of("1"), -12, 34, 5);
        assertThat(text())
                .isEqualTo(
                        "\"\\u0001I\"{\"id\":\"BIT\\u0001\",\"event\":\"q\",\"payload\":1,\"event_source_timestamp\":-12,\"timestamp\":34,\"eid\":5}\n");
        var cursor = new JsonCursor();
        cursor.reset(Json.of("\u0001"));
        assertThat(cursor.skip()).isFalse();
        assertThat(String.valueOf(cursor.refusal())).contains("unexpected 0x01: byte=0 of=1");
        cursor.reset(Json.of("-1234567890123456789012.5E1"));
        assertThat(String.valueOf(cursor.number())).isEqualTo("-12345678901234567890125");
    }

    private String text() {
        return new String(sink.array(), 0, sink.size(), StandardCharsets.UTF_8);
    }
}
