package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Chunk;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.port.StreamRecord;
import dev.weir.wire.ChunkEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no transfer should look like, and what becomes of it. */
class BadInputTest {
    private final World<?, ?, ?> world = World.ledger(1);
    private final String before = Transfers.line("sweep", "a", "10.00");
    private final String after = Transfers.line("a", "b", "4.00");

    private void send(String... lines) {
        Numbered producer = new Numbered(
                "p"
                        + world.streams
                                .records(world.stream, "shardId-000000000000")
                                .size(),
                1);
        List.of(lines).forEach(line -> producer.add("any", line));
        world.put(producer.records(lines.length));
        world.deliver();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":0}",
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":0.00}",
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":-1}",
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":-0}",
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":\"5\"}",
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":NaN}",
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":Infinity}",
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":null}",
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":true}",
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":[1]}",
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":1e400}",
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":1e-400}",
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":1e999999999999}",
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":100000000000000000000000000000000000000}",
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":1,\"amount\":2}",
                "{\"source\":\"a\",\"target\":\"b\"}",
                "{\"source\":\"a\",\"amount\":1}",
                "{\"target\":\"b\",\"amount\":1}",
                "{\"source\":\"\",\"target\":\"b\",\"amount\":1}",
                "{\"source\":\"a\",\"target\":\"\",\"amount\":1}",
                "{\"source\":null,\"target\":\"b\",\"amount\":1}",
                "{\"source\":7,\"target\":\"b\",\"amount\":1}",
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":1",
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":1}}",
                "{\"source\":\"a\\ud800\",\"target\":\"b\",\"amount\":1}",
                "{\"source\":\"a\",\"target\":\"b\\ud800\",\"amount\":1}",
                "{}",
                "[]",
                "null",
                "17",
                "\"a\"",
                "hello",
                "\u0000"
            })
    void whatIsNoTransferIsParkedAloneWithItsTextAndAReason(String bad) {
        send(before, bad, after);

        assertThat(world.results()).containsExactly(Transfers.approved(before), Transfers.approved(after));
        assertThat(world.parkedPayloads()).containsExactly(bad);
        assertThat(world.parkedReasons()).allMatch(reason -> reason.length() > 10);
        assertThat(world.state().toString()).isEqualTo("{a=6.00, b=4.00, sweep=-10.00}");
    }

    @ParameterizedTest
    @CsvSource({
        "99999999999999999999999999999999999999", // 38 digits
        "0.00000000000000000000000000000000000001",
        "1e37",
        "1E+2",
        "0.10",
        "1"
    })
    void amountsAreExactUpTo38Digits(String amount) {
        send(Transfers.line("sweep", "a", amount));

        assertThat(world.parked()).isEmpty();
        assertThat((java.math.BigDecimal) world.state().get("a")).isEqualByComparingTo(amount);
    }

    /** In the account's own lane the transfer itself is parked; from another lane the credit is, since the transfer is decided. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aBalanceThatWouldHaveMoreThan38DigitsIsParkedNotLost(int lanesAway) {
        var four = World.ledger(4);
        int own = four.bus.lanes().of("a");
        String most = Transfers.line("sweep", "a", "99999999999999999999999999999999999999");
        String more = Transfers.line("sweep", "a", "7"); // sweep has a part in every lane
        four.put(new Numbered("p", 4).add((own + 2) % 4, most).records(1));
        four.deliver();
        four.put(new Numbered("q", 4).add((own + lanesAway) % 4, more).records(1));
        four.deliver();

        assertThat(four.results()).hasSize(1 + lanesAway);
        assertThat(four.parkedPayloads())
                .singleElement()
                .asString()
                .contains("\"a\"")
                .contains(":7}");
        assertThat(four.parkedReasons().getFirst()).contains("more than 38 digits");
    }

    @Test
    void aSumOfRoundNumbersOverflowsToo() {
        String[] lines = new String[11];
        java.util.Arrays.fill(
                lines, Transfers.line("sweep", "a", "1e37").replace("1e37", "10000000000000000000000000000000000000"));
        send(lines);

        assertThat(world.parked()).isNotEmpty();
        assertThat(world.results().size() + world.parked().size()).isEqualTo(11);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aTransferToItselfNeedsTheFundsAndMovesNothing(int lanes) {
        String itself = Transfers.line("a", "a", "5.00");
        String sweep = Transfers.line("sweep", "sweep", "5.00");
        var some = World.ledger(lanes);
        some.put(new Numbered("p", lanes).add("a", itself).records(1));
        some.deliver();
        some.put(new Numbered("q", lanes)
                .add(Transfers.line("sweep", "a", "5.00"))
                .add(sweep)
                .records(1));
        some.deliver();
        some.put(new Numbered("r", lanes).add("a", itself).records(1));
        some.deliver();

        assertThat(some.results())
                .contains(Transfers.denied(itself), Transfers.approved(itself), Transfers.approved(sweep));
        assertThat(some.state().toString()).isEqualTo("{a=5.00, sweep=-5.00}");
    }

    @Test
    void unknownFieldsAreKeptAndNamesAreAnyText() {
        String odd =
                "{ \"x\":{\"y\":[1,\"\u00e9\",null]}, \"source\":\"sweep\" ,\"target\":\"\u65e5\u672c \ud83d\ude00 \\\"q\\\" \\u0000\","
                        + "\"amount\":1.50,\"z\":\"\\n\" }";
        send(odd);

        assertThat(world.results()).containsExactly(odd.substring(0, odd.length() - 1) + ",\"outcome\":\"approve\"}");
        assertThat(world.state().toString()).isEqualTo("{sweep=-1.50, \u65e5\u672c \ud83d\ude00 \"q\" \u0000=1.50}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aNameTooLongForAKeyIsParked(int lanes) {
        var some = World.ledger(lanes);
        String name = "n".repeat(3_000);
        String target = Transfers.line("sweep", name, "1.00");
        String source = Transfers.line(name, "a", "1.00");
        some.put(new Numbered("p", lanes).add(target).add(source).add(before).records(3));
        some.deliver();

        assertThat(some.parkedPayloads()).containsExactlyInAnyOrder(target, source);
        assertThat(some.results()).containsExactly(Transfers.approved(before));
    }

    @Test
    void aRecordForAnotherNumberOfLanesIsParkedWithItsBytes() {
        ChunkEncoder encoder = new ChunkEncoder();
        encoder.begin(new Chunk("q", 0, 8, 1));
        encoder.add(Json.of(after));
        byte[] data = encoder.finish();
        world.put(new StreamRecord("any", new Lanes(8).firstHash(0).toString(), data));
        send(before);

        assertThat(world.results()).containsExactly(Transfers.approved(before));
        assertThat(world.parked()).singleElement().satisfies(item -> {
            assertThat(item.bytes("payload")).isEqualTo(data);
            assertThat(item.text("reason"))
                    .contains("another number of lanes")
                    .contains("lanes=8")
                    .contains("streamLanes=1");
        });
    }

    @Test
    void bytesThatAreNothingAreParkedAsTheyCame() {
        byte[] broken = {0x1F, (byte) 0x8B, 8, 0, 1, 2, 3};
        byte[] noise = new byte[500];
        new Random(1).nextBytes(noise);
        noise[0] = 'x';
        for (int i = 0; i < noise.length; i++) {
            noise[i] = noise[i] == '\n' ? 0 : noise[i];
        }
        noise[499] = 'x';
        world.putForeign("k", broken);
        world.putForeign("k", noise);
        send(before);

        assertThat(world.results()).containsExactly(Transfers.approved(before));
        assertThat(world.parked()).extracting(item -> item.bytes("payload")).containsExactly(broken, noise);
    }

    @Test
    void anEventInALaneThatIsNotItsOwnIsSentOnToIt() {
        var four = World.ledger(4);
        Numbered producer = new Numbered("p", 4);
        for (int i = 0; i < 40; i++) {
            producer.add(0, Transfers.line("a" + i, "b", "1.00"));
        }
        four.put(producer.records(40));
        four.put(new Numbered("q", 4).add(before).records(1));
        four.deliver();

        assertThat(four.results()).hasSize(41);
        assertThat(four.parked()).isEmpty();
    }

    @Test
    void aSpaceBetweenTokensOrALineBreakInAForeignRecordIsNotPartOfTheEvent() {
        world.putForeign(
                "sweep",
                "{\n \"source\": \"sweep\",\n \"target\": \"a\",\n \"amount\": 1.00\n}\n"
                        .getBytes(StandardCharsets.UTF_8));
        world.deliver();

        assertThat(world.results())
                .singleElement()
                .asString()
                .doesNotContain("\n")
                .endsWith(",\"outcome\":\"approve\"}");
    }
}
