package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aws.SystemTime;
import dev.weir.local.up.Up;
import dev.weir.local.up.UpOptions;
import dev.weir.port.StreamRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands on queues and bots, on a bus that is up in this JVM. */
@Timeout(180)
class QueueCommandsTest {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration AWAIT_MAX = Duration.ofSeconds(60);

    @TempDir
    private static Path data;

    private static Up up;

    @BeforeAll
    static void start() {
        up = Up.start(UpOptions.defaults());
        up.address().write(data);
    }

    @AfterAll
    static void stop() {
        if (up != null) {
            up.close();
        }
    }

    @Test
    void whatIsPutIsReadInItsOrder() {
        List<String> payloads = numbered(0, 1_000);
        Weir.Ran put = put("ordered", payloads);

        assertThat(put.exitCode()).isZero();
        assertThat(put.err()).containsExactly("weir: 1,000 events put into ordered");
        await(() -> payloads("ordered"), payloads);
    }

    @Test
    void aLineThatIsNoJsonIsNamedAndLeftOut() {
        Weir.Ran put = put("mixed", List.of("{\"i\":1}", "{\"i\":", "2", "", "\"three\"", "null"));

        assertThat(put.exitCode()).isEqualTo(Main.FAILED);
        assertThat(put.err()).containsExactly("weir: left out, no JSON value: line=2", "weir: 4 events put into mixed");
        await(() -> payloads("mixed"), List.of("{\"i\":1}", "2", "\"three\"", "null"));
    }

    @Test
    void anEventThatFitsIntoNoRecordIsReadToo() {
        String large = "{\"text\":\"" + "0123456789".repeat(80_000) + "\"}";
        put("large", List.of("1", large, "2"));

        await(() -> payloads("large"), List.of("1", large, "2"));
    }

    @Test
    void readingBeginsAndEndsWhereItIsTold() {
        Instant before = Instant.now();
        put("places", numbered(0, 20));
        await(() -> payloads("places"), numbered(0, 20));
        List<String> ids = ids(read("places"));

        assertThat(payloads("places", "--limit", "5")).isEqualTo(numbered(0, 5));
        assertThat(payloads("places", "--from", ids.get(9))).isEqualTo(numbered(10, 20));
        assertThat(payloads("places", "--from", ids.get(9), "--limit", "3")).isEqualTo(numbered(10, 13));
        assertThat(payloads("places", "--from", "z/2020")).isEqualTo(numbered(0, 20));
        assertThat(payloads("places", "--from", "z/2120")).isEmpty();
        assertThat(payloads("places", "--from", "now")).isEmpty();
        assertThat(payloads("places", "--from", before.toString())).isEqualTo(numbered(0, 20));
        assertThat(payloads("places", "--from", before.plusSeconds(3_600).toString()))
                .isEmpty();
    }

    @Test
    void aSearchGivesWhatIsLookedFor() {
        put(
                "weather",
                List.of(
                        "{\"city\":\"Oslo\",\"status\":\"raining\"}",
                        "{\"city\":\"Rome\",\"status\":\"dry\"}",
                        "{\"city\":\"Bergen\",\"status\":\"raining\"}"));
        await(() -> payloads("weather").size(), 3);

        assertThat(payloads("weather", "--search", "$.status == \"raining\""))
                .hasSize(2)
                .noneMatch(payload -> payload.contains("Rome"));
        assertThat(payloads("weather", "--search", "$.status == \"raining\"", "--limit", "1"))
                .singleElement()
                .asString()
                .contains("Oslo");
        assertThat(payloads("weather", "--search", "Rome"))
                .singleElement()
                .asString()
                .contains("dry");
        String id = ids(read("weather")).get(1);
        assertThat(payloads("weather", "--search", id))
                .singleElement()
                .asString()
                .contains("Rome");
    }

    @Test
    void aFollowerSeesWhatComesLater() throws Exception {
        put("followed", numbered(0, 2));
        CompletableFuture<Weir.Ran> follower =
                CompletableFuture.supplyAsync(() -> read("followed", "--payload", "--follow", "--limit", "5"));
        put("followed", numbered(2, 4));
        put("followed", numbered(4, 5));

        assertThat(follower.get(AWAIT_MAX.toSeconds(), TimeUnit.SECONDS).out()).isEqualTo(numbered(0, 5));
    }

    @Test
    void aPausedBotWaitsAndOneThatIsSetBackReadsAgain() {
        transfers("paused-1");
        await(() -> denied("paused-1"), 1L);

        assertThat(weir("pause", "denials").err()).containsExactly("weir: paused: bot=denials");
        transfers("paused-2");
        await(() -> payloads("transfers.decided", "--search", "paused-2").size(), 1);
        assertThat(bot("denials")).contains(" paused ").endsWith(" yes");
        assertThat(denied("paused-2")).isZero();

        assertThat(weir("resume", "denials").err()).containsExactly("weir: resumed: bot=denials");
        await(() -> denied("paused-2"), 1L);
        assertThat(denied("paused-1")).isOne();

        assertThat(weir("checkpoint", "denials", "beginning").exitCode()).isZero();
        await(() -> denied("paused-1"), 2L);
        await(() -> denied("paused-2"), 2L);
        await(() -> bot("denials").endsWith(" no"), true);
        assertThat(bot("denials")).contains(" ready ");
    }

    @Test
    void aRunCanBeAskedForAlsoOfAPausedBot() {
        weir("pause", "denials");
        transfers("forced");
        await(() -> payloads("transfers.decided", "--search", "forced").size(), 1);

        assertThat(weir("run", "denials").exitCode()).isZero();

        await(() -> denied("forced") >= 1, true);
        assertThat(bot("denials")).contains(" paused ");
        weir("resume", "denials");
    }

    @Test
    void anEventIsTracedUpAndDown() {
        transfers("traced");
        await(() -> denied("traced") >= 1, true);
        String decided = ids(read("transfers.decided", "--search", "traced")).getFirst();
        String denied = ids(read("transfers.denied", "--search", "traced")).getFirst();

        await(() -> weir("trace", "transfers.decided", decided).out().size() >= 2, true);
        List<String> down = weir("trace", "transfers.decided", decided).out();
        List<String> up = weir("trace", "transfers.denied", denied).out();

        assertThat(down.getFirst()).startsWith("* transfers.decided " + decided + " by ledger: {");
        assertThat(down.get(1)).startsWith("  transfers.denied " + denied + " by denials: {");
        assertThat(up.getFirst()).startsWith("transfers.decided " + decided + " by ledger: {");
        assertThat(up.get(1)).startsWith("  * transfers.denied " + denied + " by denials: {");
    }

    @Test
    void aParkedEventIsShownCorrectedAndPutBackOrDropped() {
        send("{\"source\":\"sweep\",\"target\":\"park-a\"}", "{\"source\":\"sweep\",\"target\":\"park-b\"}");
        await(() -> parked().size(), 2);
        String first = parked().get(0).split(" ")[0];
        String second = parked().get(1).split(" ")[0];

        Weir.Ran shown = weir("parked", "show", "ledger", first);
        assertThat(shown.out()).containsExactly("{\"source\":\"sweep\",\"target\":\"park-a\"}");
        assertThat(shown.err()).singleElement().asString().contains("step=10-decode", "amount");

        String corrected = "{\"source\":\"sweep\",\"target\":\"park-a\",\"amount\":7}";
        assertThat(weir("parked", "put-back", "ledger", first, "--payload", corrected)
                        .exitCode())
                .isZero();
        assertThat(weir("parked", "drop", "ledger", second, "--why", "a typing error")
                        .exitCode())
                .isZero();

        await(() -> parked().size(), 0);
        await(() -> payloads("transfers.decided", "--search", "park-a").size(), 1);
        await(() -> payloads("ledger.dropped", "--search", "a typing error").size(), 1);
        assertThat(weir("parked", "show", "ledger", second).exitCode()).isEqualTo(Main.FAILED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "read q --from yesterday      | weir: --from must be beginning, now, an event id such as z/2026/11/21 or a time such as 2026-11-21T17:05:00Z: --from=yesterday",
                "read q --limit 0             | weir: --limit must be 1 or more: --limit=0",
                "read q --search $.a==        | weir: --search: query cannot be understood",
                "read                         | weir: Missing required parameter: 'QUEUE'; see ./weir read --help",
                "put                          | weir: Missing required parameter: 'QUEUE'; see ./weir put --help",
                "pause nobody                 | weir: no such bot, ./weir bots lists them: bot=nobody",
                "pause ledger                 | weir: a bot that nobody invokes cannot be paused, it reads a stream or runs elsewhere: bot=ledger",
                "checkpoint denials soon      | weir: POSITION must be beginning, now, an event id",
                "checkpoint ledger now        | weir: say which queue with --queue: bot=ledger reads=[]",
                "trace q z/2026               | weir: no such event, it may be too old: queue=q eid=z/2026",
                "parked                       | weir: Missing required subcommand; see ./weir parked --help",
                "parked show ledger x         | weir: ID must be as ./weir parked list prints it, such as lane-0.17.0: ID=x",
                "parked put-back ledger       | weir: say either an ID, with or without --payload, or a --key: ID=null --key=null",
                "parked list nobody           | weir: say with --stream what the bot reads: bot=nobody",
                "read q --endpoint http://127.0.0.1:1 | weir: a bus is named by --data or by --endpoint, not by both:"
            })
    void aMistakeIsOneClearLine(String call, String expected) {
        String[] words = call.split(" +");

        Weir.Ran ran = words.length == 1 && words[0].equals("parked") ? Weir.run(new byte[0], words) : weir(words);

        assertThat(ran.err()).singleElement().asString().startsWith(expected);
        assertThat(ran.exitCode()).isEqualTo(Main.USAGE);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void withoutABusItSaysHowToStartOne(@TempDir Path empty) {
        Weir.Ran ran = Weir.run(new byte[0], "read", "q", "--data", empty.toString());

        assertThat(ran.err())
                .containsExactly(
                        "weir: no bus is up: start one with ./weir up, or name another one with --endpoint: looked="
                                + empty.resolve("up.json"));
        assertThat(ran.exitCode()).isEqualTo(Main.USAGE);
    }

    @Test
    void anotherBusIsNamedByItsEndpoints() {
        put("elsewhere", List.of("1"));
        await(() -> payloads("elsewhere"), List.of("1"));

        Weir.Ran ran = Weir.run(
                new byte[0],
                "read",
                "elsewhere",
                "--payload",
                "--endpoint=kinesis=" + up.address().kinesis(),
                "--endpoint=dynamodb=" + up.address().dynamoDb(),
                "--endpoint=s3=" + up.address().s3());

        assertThat(ran.out()).containsExactly("1");
    }

    // ------------------------------------------------------------------ calls

    private static Weir.Ran weir(String... arguments) {
        return Weir.run(new byte[0], with(arguments));
    }

    private static Weir.Ran read(String queue, String... options) {
        return weir(Stream.concat(Stream.of("read", queue), Stream.of(options)).toArray(String[]::new));
    }

    private static Weir.Ran put(String queue, List<String> payloads) {
        byte[] input = (String.join("\n", payloads) + "\n").getBytes(StandardCharsets.UTF_8);
        return Weir.run(input, with("put", queue));
    }

    private static String[] with(String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--data", data.toString()))
                .toArray(String[]::new);
    }

    private static List<String> payloads(String queue, String... options) {
        return read(
                        queue,
                        Stream.concat(Stream.of("--payload"), Stream.of(options))
                                .toArray(String[]::new))
                .out();
    }

    private static List<String> ids(Weir.Ran read) {
        return read.out().stream()
                .map(line -> line.replaceAll(".*\"eid\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private static List<String> parked() {
        return weir("parked", "list", "ledger").out().stream().skip(1).toList();
    }

    private static String bot(String name) {
        return weir("bots").out().stream()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElse("");
    }

    // ------------------------------------------------------------------ transfers

    /** One that is denied: the account has nothing. */
    private static void transfers(String account) {
        send("{\"source\":\"%s\",\"target\":\"other\",\"amount\":1}".formatted(account));
    }

    private static void send(String... lines) {
        List<StreamRecord> records = Stream.of(lines)
                .map(line -> new StreamRecord("key", null, line.getBytes(StandardCharsets.UTF_8)))
                .toList();
        up.connection().wiring().streams().put(up.connection().bus().stream("transfers"), records);
    }

    private static long denied(String account) {
        return payloads("transfers.denied", "--search", account).size();
    }

    private static List<String> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj("{\"i\":%d}"::formatted).toList();
    }

    private static <T> void await(Supplier<T> actual, T expected) {
        long end = System.nanoTime() + AWAIT_MAX.toNanos();
        T now = actual.get();
        while (!now.equals(expected) && System.nanoTime() - end < 0) {
            new SystemTime().pause(POLL);
            now = actual.get();
        }
        assertThat(now).isEqualTo(expected);
    }
}
