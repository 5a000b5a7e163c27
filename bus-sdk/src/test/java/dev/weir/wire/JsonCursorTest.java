package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {

    private static final byte[] SOURCE = JsonCursor.ascii("source");
    private static final byte[] AMOUNT = JsonCursor.ascii("amount");

    private final JsonCursor cursor = new JsonCursor();

    @Test
    void readsAnObjectFieldByField() {
        at("{\"source\":\"acct000006\",\"target\":\"acct000030\",\"amount\":3.45}");
        assertThat(cursor.enterObject()).isTrue();
        assertThat(cursor.nextField()).isTrue();
        assertThat(cursor.fieldIs(SOURCE)).isTrue();
        assertThat(cursor.fieldIs(AMOUNT)).isFalse();
        assertThat(cursor.string()).isEqualTo("acct000006");
        assertThat(cursor.nextField()).isTrue();
        assertThat(cursor.fieldName()).isEqualTo("target");
        assertThat(cursor.nextField()).as("target is skipped").isTrue();
        assertThat(cursor.kind()).isEqualTo(JsonCursor.Kind.NUMBER);
        assertThat(cursor.string()).as("not a string, no move").isNull();
        assertThat(cursor.number()).isEqualTo(new BigDecimal("3.45"));
        assertThat(cursor.nextField()).isFalse();
        assertThat(cursor.expectEnd()).isTrue();
        assertThat(cursor.refusal()).isNull();
    }

    @Test
    void readsInsideContainersAndSkipsThem() {
        at(" { \"a\" : [ 1 , [ ] , { \"b\" : null } ] , \"c\" : { \"d\" : [ true ] } , \"e\" : -0 } ");
        assertThat(cursor.enterObject() && cursor.nextField() && cursor.enterArray())
                .isTrue();
        List<String> elements = new ArrayList<>();
        while (cursor.nextElement()) {
            elements.add(String.valueOf(cursor.raw()));
        }
        assertThat(elements).containsExactly("1", "[ ]", "{ \"b\" : null }");
        assertThat(cursor.nextField()).isTrue();
        assertThat(String.valueOf(cursor.raw())).isEqualTo("{ \"d\" : [ true ] }");
        assertThat(cursor.nextField()).isTrue();
        assertThat(cursor.number()).isEqualByComparingTo("0");
        assertThat(cursor.expectEnd()).isTrue();
    }

    @Test
    void endCanBeExpectedFromInsideAndChecksWhatIsLeft() {
        at("{\"a\":{\"b\":[1,2,{\"c\":3}],\"d\":4},\"e\":5}");
        assertThat(cursor.enterObject() && cursor.nextField() && cursor.enterObject() && cursor.nextField())
                .isTrue();
        assertThat(cursor.enterArray() && cursor.nextElement()).isTrue();
        assertThat(cursor.expectEnd()).isTrue();
        at("{\"a\":{\"b\":1},\"e\":5,}");
        assertThat(cursor.enterObject() && cursor.nextField() && cursor.enterObject())
                .isTrue();
        assertThat(cursor.expectEnd()).isFalse();
    }

    @Test
    void seesNoByteOutsideTheSlice() {
        byte[] text = "[1]{\"a\":12}34".getBytes(StandardCharsets.UTF_8);
        cursor.reset(new Json(text, 3, 11));
        assertThat(cursor.enterObject() && cursor.nextField() && cursor.skip()).isTrue();
        assertThat(text[cursor.valueFrom()]).isEqualTo((byte) '1');
        assertThat(cursor.valueTo()).isEqualTo(10);
        assertThat(cursor.expectEnd()).isTrue();
        for (int to = 3; to < 11; to++) {
            cursor.reset(new Json(text, 3, to));
            assertThat(cursor.skip()).as("cut at %s", to).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "0",
                "-0",
                "10.50",
                "1e5",
                "1E+5",
                "2e-07",
                "\"\"",
                "true",
                "false",
                "null",
                " \t\r\n[ ] \n",
                "{\"\":0}",
                "{\"a\":1,\"a\":2}",
                "\"\\u0000\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                "\"\u007f é ✓ 😀 \uffff\"",
                "[[[[]]],{}]",
                "\"\\ud83d\\ude00\""
            })
    void acceptsJson(String text) {
        at(text);
        assertThat(cursor.expectEnd()).as(String.valueOf(cursor.refusal())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "''|0",
                "' '|1",
                "{|1",
                "[|1",
                "}|0",
                "]|0",
                "[1|2",
                "{\"a\"|4",
                "{\"a\":|5",
                "{\"a\":1|6",
                "{\"a\" 1}|5",
                "{a:1}|1",
                "{1:1}|1",
                "{\"a\":1,}|7",
                "{,}|1",
                "[,]|1",
                "[1,]|3",
                "[1 2]|3",
                "[1,,2]|3",
                "[}|1",
                "[1}|2",
                "{\"a\":1]|6",
                "01|1",
                "-|1",
                "-a|1",
                "+1|0",
                ".5|0",
                "1.|2",
                "1.e5|2",
                "1e|2",
                "1e+|3",
                "0x10|1",
                "NaN|0",
                "Infinity|0",
                "tru|3",
                "trUe|2",
                "nul|3",
                "truex|4",
                "{}{}|2",
                "1 2|2",
                "'\"'|1",
                "\"\\|2",
                "\"\\x\"|2",
                "\"\\u12\"|5",
                "\"\\u12g4\"|5",
                "\"\t\"|1",
                "'''a'''|0",
                "/**/1|0",
                "1//|1",
                "é|0"
            })
    void refusesOtherTextAtTheByteWhereItEndsToBeJson(String text, int at) {
        at(text);
        assertThat(cursor.expectEnd()).isFalse();
        assertThat(String.valueOf(cursor.refusal())).contains("byte=" + at + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "80, lone continuation",
        "C0AF, overlong 2",
        "C1BF, overlong 2",
        "E08080, overlong 3",
        "E09FBF, overlong 3",
        "EDA080, surrogate",
        "EDBFBF, surrogate",
        "F08FBFBF, overlong 4",
        "F4908080, above 10FFFF",
        "F5808080, no lead",
        "FF, no lead",
        "C3, cut",
        "E282, cut",
        "F09F98, cut",
        "C328, no continuation"
    })
    void refusesBytesThatAreNotUtf8(String hex, String why) {
        byte[] bytes = HexFormat.of().parseHex("22" + hex + "22");
        cursor.reset(Json.of(bytes));
        assertThat(cursor.skip()).as(why).isFalse();
        cursor.reset(Json.of(bytes));
        assertThat(cursor.string()).as(why).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0080", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\ud800\udc00", "\udbff\udfff"})
    void readsTheEdgesOfUtf8(String edge) {
        at("\"plain plain " + edge + "\"");
        assertThat(cursor.string()).isEqualTo("plain plain " + edge);
        assertThat(cursor.expectEnd()).isTrue();
    }

    @Test
    void undoesEscapes() {
        at("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00é\"");
        assertThat(cursor.string()).isEqualTo("\"\\/\b\f\n\r\té😀é");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "\\ud800x", "\\ud800\\ud800\\udc00", "\\ud800😀"})
    void skipsButDoesNotReadALoneSurrogate(String lone) {
        at("\"" + lone + "\"");
        assertThat(cursor.skip() && cursor.expectEnd()).isTrue();
        at("\"" + lone + "\"");
        assertThat(cursor.string()).isNull();
        assertThat(String.valueOf(cursor.refusal())).contains("surrogate");
    }

    @Test
    void comparesNamesWithEscapesUndone() {
        at("{\"s\\u006furce\":1,\"sourcé\":2,\"sourc\\ud800\":3,\"source \":4}");
        assertThat(cursor.enterObject() && cursor.nextField()).isTrue();
        assertThat(cursor.fieldIs(SOURCE)).isTrue();
        assertThat(cursor.fieldName()).isEqualTo("source");
        assertThat(cursor.nextField() && !cursor.fieldIs(SOURCE)).isTrue();
        assertThat(cursor.fieldName()).isEqualTo("sourcé");
        assertThat(cursor.nextField() && !cursor.fieldIs(SOURCE)).isTrue();
        assertThat(cursor.nextField() && !cursor.fieldIs(SOURCE)).isTrue();
        assertThat(cursor.expectEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0.00",
                "-0.0",
                "7",
                "-7",
                "3.45",
                "25.320",
                "123456789012345678",
                "-123456789012345678",
                "1234567890123456789",
                "9223372036854775808",
                "0.12345678901234567",
                "0.123456789012345678",
                "12345678901234567.8",
                "123456789012345678.9",
                "99999999999999999999.99",
                "1e0",
                "1E5",
                "1.50e-3",
                "-2.5E+10",
                "0e999999999",
                "1e999999999",
                "1e-999999999",
                "1.25e2147483647",
                "1e0000000000000000000002"
            })
    void readsNumbersExactly(String number) {
        at(number);
        assertThat(cursor.number()).isEqualTo(new BigDecimal(number));
        assertThat(cursor.expectEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e2147483649",
                "1e-2147483648",
                "0.1e-2147483647",
                "1e99999999999999999999",
                "1e-18446744073709551617"
            })
    void skipsButDoesNotReadAnExponentOutsideInt(String number) {
        assertRefusedAsNumber(number);
    }

    @Test
    void skipsButDoesNotReadANumberBeyondTheBound() {
        String longest = "1".repeat(JsonCursor.NUMBER_CHARS_MAX);
        at(longest);
        assertThat(cursor.number()).isEqualTo(new BigDecimal(longest));
        assertRefusedAsNumber(longest + "1");
    }

    private void assertRefusedAsNumber(String number) {
        at(number);
        assertThat(cursor.skip() && cursor.expectEnd()).isTrue();
        at(number);
        assertThat(cursor.number()).isNull();
        assertThat(cursor.kind()).isEqualTo(JsonCursor.Kind.MALFORMED);
        assertThat(String.valueOf(cursor.refusal())).contains("a number must have");
    }

    @Test
    void boundsDepthAlikeWhetherSkippedOrEntered() {
        String deepest = "[".repeat(JsonCursor.DEPTH_MAX) + "]".repeat(JsonCursor.DEPTH_MAX);
        at(deepest);
        assertThat(cursor.skip()).isTrue();
        at(deepest);
        assertThat(enterAll()).isEqualTo(JsonCursor.DEPTH_MAX);
        assertThat(cursor.expectEnd()).isTrue();
        at("[" + deepest + "]");
        assertThat(cursor.skip()).isFalse();
        at("[" + deepest + "]");
        assertThat(enterAll()).isEqualTo(JsonCursor.DEPTH_MAX);
        assertThat(cursor.expectEnd()).isFalse();
        assertThat(String.valueOf(cursor.refusal())).contains("512 levels").contains("byte=512 ");
        at("[".repeat(1_000_000));
        assertThat(cursor.skip()).isFalse();
    }

    private int enterAll() {
        int depth = 0;
        boolean inside = true;
        while (inside && cursor.enterArray()) {
            depth++;
            inside = cursor.nextElement();
        }
        return depth;
    }

    @Test
    void staysMalformedAfterTheFirstFault() {
        at("{\"source\":tru,\"amount\":1}");
        assertThat(cursor.enterObject() && cursor.nextField()).isTrue();
        assertThat(cursor.skip()).isFalse();
        assertThat(cursor.nextField() || cursor.nextElement() || cursor.enterObject() || cursor.enterArray())
                .isFalse();
        assertThat(cursor.skip() || cursor.expectEnd() || cursor.fieldIs(SOURCE))
                .isFalse();
        assertThat(cursor.kind()).isEqualTo(JsonCursor.Kind.MALFORMED);
        assertThat(cursor.string()).isNull();
        assertThat(cursor.number()).isNull();
        assertThat(cursor.raw()).isNull();
        assertThat(cursor.fieldName()).isNull();
        assertThat(String.valueOf(cursor.refusal())).contains("unexpected ','").contains("byte=13 of=25");
        at("1");
        assertThat(cursor.skip()).as("a reset forgets").isTrue();
    }

    @Test
    void callsOutOfTurnAreBugs() {
        at("{\"a\":1}");
        assertThatThrownBy(cursor::nextField).isInstanceOf(IllegalStateException.class);
        at("{\"a\":1}");
        assertThat(cursor.enterObject()).isTrue();
        assertThatThrownBy(cursor::string).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(cursor::nextElement).isInstanceOf(IllegalStateException.class);
    }

    private void at(String text) {
        cursor.reset(Json.of(text));
    }
}
