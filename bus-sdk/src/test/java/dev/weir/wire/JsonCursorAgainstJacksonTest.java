package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.model.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cursor and jackson-core, an independent parser, must agree on what is JSON, and on what it says. */
class JsonCursorAgainstJacksonTest {

    private static final JsonFactory JACKSON = new JsonFactory();
    private static final Object UNREADABLE = new Object();
    private static final int ROUNDS = 5_000;
    private static final String ALPHABET = "{}[]\",:\\ 0123456789.-+eEtrufalsn/bxd8\t\n\r\u0001é";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithJacksonOnGeneratedAndOnDamagedText(long seed) {
        var random = new Random(seed);
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] text = new Draw(random).value(0).getBytes(StandardCharsets.UTF_8);
            byte[] bytes = round % 4 == 0 ? text : damaged(text, random);
            List<Object> expected = jackson(bytes);
            assertThat(ours(bytes))
                    .as("seed=%s round=%s text=%s", seed, round, Json.of(bytes))
                    .isEqualTo(isReadable(expected) ? expected : null);
            assertThat(skips(bytes))
                    .as("skipping: seed=%s round=%s text=%s", seed, round, Json.of(bytes))
                    .isEqualTo(expected != null);
            accepted += expected == null ? 0 : 1;
        }
        assertThat(accepted).as("both outcomes are exercised").isBetween(ROUNDS / 4, ROUNDS * 9 / 10);
    }

    /** Not everything that can be skipped can be read: a surrogate without its other half, an exponent outside int. */
    private static boolean isReadable(@Nullable List<Object> tokens) {
        return tokens != null
                && !tokens.contains(UNREADABLE)
                && StandardCharsets.UTF_8.newEncoder().canEncode(tokens.toString());
    }

    private static byte[] damaged(byte[] text, Random random) {
        var bytes = new ArrayList<Byte>();
        for (byte b : text) {
            bytes.add(b);
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            byte any = random.nextInt(8) == 0
                    ? (byte) random.nextInt(256)
                    : (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            int at = random.nextInt(bytes.size() + 1);
            switch (random.nextInt(3)) {
                case 0 -> bytes.add(at, any);
                case 1 ->
                    bytes.subList(Math.min(at, bytes.size() - 1), Math.min(at + 1, bytes.size()))
                            .clear();
                default -> bytes.set(Math.min(at, bytes.size() - 1), any);
            }
            if (bytes.isEmpty()) {
                bytes.add((byte) ' ');
            }
        }
        byte[] damaged = new byte[bytes.size()];
        for (int i = 0; i < damaged.length; i++) {
            damaged[i] = bytes.get(i);
        }
        return damaged;
    }

    private static boolean skips(byte[] bytes) {
        var cursor = new JsonCursor();
        cursor.reset(Json.of(bytes));
        return cursor.skip() && cursor.expectEnd();
    }

    /** What the cursor reads, as a flat list; null if it is malformed. */
    private static @Nullable List<Object> ours(byte[] bytes) {
        var cursor = new JsonCursor();
        cursor.reset(Json.of(bytes));
        var tokens = new ArrayList<Object>();
        read(cursor, tokens);
        return cursor.expectEnd() ? tokens : null;
    }

    private static void read(JsonCursor cursor, List<Object> tokens) {
        switch (cursor.kind()) {
            case OBJECT -> {
                cursor.enterObject();
                tokens.add(JsonToken.START_OBJECT);
                while (cursor.nextField()) {
                    tokens.add("name " + cursor.fieldName());
                    read(cursor, tokens);
                }
                tokens.add(JsonToken.END_OBJECT);
            }
            case ARRAY -> {
                cursor.enterArray();
                tokens.add(JsonToken.START_ARRAY);
                while (cursor.nextElement()) {
                    read(cursor, tokens);
                }
                tokens.add(JsonToken.END_ARRAY);
            }
            case STRING -> tokens.add("text " + cursor.string());
            case NUMBER -> tokens.add(String.valueOf(cursor.number()));
            case TRUE, FALSE, NULL -> tokens.add(String.valueOf(cursor.raw()));
            case MALFORMED -> {}
        }
    }

    /** What jackson reads of the decoded text (its own decoder takes some byte sequences that are not UTF-8). */
    private static @Nullable List<Object> jackson(byte[] bytes) {
        var tokens = new ArrayList<Object>();
        try (JsonParser parser = JACKSON.createParser(StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString())) {
            int depth = 0;
            int values = 0;
            while (parser.nextToken() != null) {
                JsonToken token = parser.currentToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                values += depth == 0 ? 1 : 0;
                tokens.add(token(parser, token));
            }
            return values == 1 ? tokens : null;
        } catch (IOException e) { // also CharacterCodingException
            return null;
        }
    }

    private static Object token(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case FIELD_NAME -> "name " + parser.currentName();
            case VALUE_STRING -> "text " + parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> parser.getText();
            default -> token;
        };
    }

    private static Object number(String text) {
        try {
            return new BigDecimal(text).toString();
        } catch (NumberFormatException e) {
            return UNREADABLE;
        }
    }

    /** Draws JSON with white space, escapes and characters of every length. */
    private record Draw(Random random) {

        private static final String[] CHARACTERS = {
            "a",
            "b",
            "payload",
            " ",
            "0",
            "é",
            "✓",
            "😀",
            "\u007f",
            "\\n",
            "\\\"",
            "\\\\",
            "\\/",
            "\\u0041",
            "\\u00e9",
            "\\uD83D\\uDE00",
            "/",
            "'"
        };
        private static final String[] NUMBERS = {
            "0", "-0", "7", "3.45", "-12.50", "1e3", "2E-2", "-1.5e+7", "123456789012345678", "12345678901234567890.5"
        };
        private static final String[] WORDS = {"true", "false", "null"};

        String value(int depth) {
            return space()
                    + switch (random.nextInt(depth > 3 ? 3 : 5)) {
                        case 0 -> string();
                        case 1 -> any(NUMBERS);
                        case 2 -> any(WORDS);
                        case 3 -> container("{", "}", () -> space() + string() + space() + ":" + value(depth + 1));
                        default -> container("[", "]", () -> value(depth + 1));
                    }
                    + space();
        }

        private String container(String open, String close, Supplier<String> element) {
            var elements = new ArrayList<String>();
            for (int i = random.nextInt(4); i > 0; i--) {
                elements.add(element.get());
            }
            return open + (elements.isEmpty() ? space() : String.join(",", elements)) + close;
        }

        private String string() {
            var string = new StringBuilder("\"");
            for (int i = random.nextInt(6); i > 0; i--) {
                string.append(any(CHARACTERS));
            }
            return string.append('"').toString();
        }

        private String space() {
            return random.nextInt(6) == 0 ? any(new String[] {" ", "\t", "\r\n", "  "}) : "";
        }

        private String any(String[] choices) {
            return choices[random.nextInt(choices.length)];
        }
    }
}
