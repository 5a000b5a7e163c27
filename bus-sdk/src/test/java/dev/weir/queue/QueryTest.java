package dev.weir.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Json;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
    private static final String PAYLOAD =
            "{\"status\":\"raining\",\"n\":12.50,\"zero\":0,\"no\":false,\"empty\":\"\",\"none\":null,\"big\":1e400,"
                    + "\"a\":{\"b\":[{\"c\":1},{\"c\":2}],\"b c\":\"it's\",\"$x-y\":true},\"quote\":\"say \\\"hi\\\"\"}";

    private static final QueueEvent EVENT = new QueueEvent(
            "q",
            "z/2026/11/20/12/45/1795178701697-0000003",
            Json.of("{\"id\":\"bot\",\"event\":\"q\",\"payload\":" + PAYLOAD + ",\"eid\":3}"),
            Json.of(PAYLOAD));

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "$.status == \"raining\" # true",
                "$.status == 'raining' # true",
                "$.status === 'dry' # false",
                "$.status != 'dry' # true",
                "$.status !== 'raining' # false",
                "$.n == 12.5 # true",
                "$.n > 12.49 && $.n < 12.51 # true",
                "$.n >= 12.5 && $.n <= 12.5 # true",
                "$.n < 12.5 || $.n > 12.5 # false",
                "$.n == '12.5' # false",
                "$.n < 'a' # false",
                "$.big > 1e399 # true",
                "$.a.b[1].c == 2 # true",
                "$.a.b[2].c == 2 # false",
                "$.a.b[2].c == null # true",
                "$.a['b c'] == 'it\\'s' # true",
                "$['a'][\"b\"][0]['c'] == 1 # true",
                "$.a.$x-y # true",
                "$.quote == \"say \\\"hi\\\"\" # true",
                "$.quote == 'say \"hi\"' # true",
                "$.none == null # true",
                "$.missing == null # true",
                "$.missing != null # false",
                "$.missing < 1 # false",
                "$.zero # false",
                "$.no # false",
                "$.empty # false",
                "$.none # false",
                "$.a # true",
                "!$.no && !($.zero || $.empty) # true",
                "$.no == false # true",
                "$.status =~ /^RAIN/i # true",
                "$.status =~ /^RAIN/ # false",
                "$.n =~ /12/ # false",
                "$.status == 'x' || $.status == 'raining' && $.no # false",
                "($.status == 'x' || $.status == 'raining') && !$.no # true",
                "$$.id == 'bot' && $$.payload.zero == 0 # true",
                "$.big == $.big # true",
                "z/2026/11/20 # true",
                "z/2026/11/20/12/45/1795178701697-0000003 # true",
                "z/2026/11/20/12/45/1795178701697-0000004 # false",
                "raining # true",
                "\"id\":\"bot\" # true",
                "snowing # false",
            })
    void aQueryFindsWhatItSays(String query, boolean found) {
        assertThat(Query.parse(query).matches(EVENT)).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "$.status == # 11 # a path that begins with $",
                "$.status = 'a' # 9 # an operator or the end",
                "$. == 1 # 3 # the name of a field",
                "$.a[b] # 4 # a place, or a name in quotes",
                "$.a[1 == 2 # 6 # ']'",
                "($.a # 4 # ')'",
                "$.a && # 6 # a path that begins with $",
                "$.a =~ 'x' # 7 # a regular expression between slashes",
                "$.a =~ /[/ # 7 # a regular expression",
                "$.a == 'x # 7 # a path that begins with $",
                "$.a == maybe # 7 # a path that begins with $",
                "$.a == '\\x' # 7 # the escapes of JSON",
                "$.a $.b # 4 # an operator or the end",
            })
    void whatIsNoExpressionIsRefusedWithItsPlace(String query, int at, String expected) {
        assertThatThrownBy(() -> Query.parse(query))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.at()).isEqualTo(at))
                .hasMessageContaining(expected)
                .hasMessageContaining("query=" + query);
    }

    @ParameterizedTest
    @CsvSource({"(,200", "!,5000"})
    void endlessNestingIsRefused(String opening, int times) {
        assertThatThrownBy(() -> Query.parse(opening.repeat(times))).isInstanceOf(QueryException.class);
    }

    @Property
    void anyTextIsAQueryOrRefusedWithAPlaceInIt(
            @ForAll @StringLength(max = 30) @CharRange(from = ' ', to = '~') String text) {
        try {
            Query.parse("$" + text).matches(EVENT);
        } catch (QueryException e) {
            assertThat(e.at()).isBetween(0, text.length() + 1);
        }
    }
}
