package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.weir.fuzz.Fuzz;
import dev.weir.fuzz.FuzzTests;
import dev.weir.model.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Any bytes as JSON text. */
class JsonCursorFuzzTest implements FuzzTests {

    private static final JsonFactory JACKSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonCursor.DEPTH_MAX)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonCursor cursor = new JsonCursor();

    @Fuzz
    void agreesWithJacksonOnWhatIsJson(byte[] input) {
        cursor.reset(Json.of(input));
        boolean ours = cursor.skip() && cursor.expectEnd();
        assertThat(ours).isEqualTo(isJson(input));
        assertThat(cursor.refusal() == null).isEqualTo(ours);
    }

    /** What can be read piece by piece can be skipped, and the pieces lie in the text in order. */
    @Fuzz
    void readingAndSkippingAgree(byte[] input) {
        cursor.reset(Json.of(input));
        int end = read(0);
        boolean readable = cursor.expectEnd();
        assertThat(end).isLessThanOrEqualTo(input.length);
        cursor.reset(Json.of(input));
        boolean valid = cursor.skip() && cursor.expectEnd();
        assertThat(valid || !readable).as("read but not skipped").isTrue();
    }

    private int read(int before) {
        int end = before;
        switch (cursor.kind()) {
            case OBJECT -> {
                cursor.enterObject();
                while (cursor.nextField()) {
                    String name = cursor.fieldName();
                    assertThat(name == null).isEqualTo(cursor.refusal() != null);
                    end = read(end);
                }
            }
            case ARRAY -> {
                cursor.enterArray();
                while (cursor.nextElement()) {
                    end = read(end);
                }
            }
            case STRING -> end = passed(end, cursor.string() != null);
            case NUMBER -> end = passed(end, cursor.number() != null);
            case TRUE, FALSE, NULL -> end = passed(end, cursor.skip());
            case MALFORMED -> assertThat(cursor.refusal()).isNotNull();
        }
        return end;
    }

    private int passed(int before, boolean read) {
        assertThat(read).isEqualTo(cursor.refusal() == null);
        if (!read) {
            return before;
        }
        assertThat(cursor.valueFrom()).isGreaterThanOrEqualTo(before);
        assertThat(cursor.valueTo()).isGreaterThan(cursor.valueFrom());
        return cursor.valueTo();
    }

    /** Whether Jackson takes bytes for one JSON text. They are decoded first: its own decoder takes some sequences that are not UTF-8. */
    static boolean isJson(byte[] bytes) {
        try {
            return isJson(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isJson(String text) {
        try (JsonParser parser = JACKSON.createParser(text)) {
            int depth = 0;
            int values = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                values += depth == 0 ? 1 : 0;
                if (token == JsonToken.VALUE_STRING) {
                    parser.getTextLength(); // Jackson looks at the text of a string only when asked
                }
            }
            return values == 1;
        } catch (IOException e) {
            return false;
        }
    }
}
