package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aws.SystemTime;
import dev.weir.bot.Bot;
import dev.weir.bot.Bots;
import dev.weir.flow.Control;
import dev.weir.functions.ledger.Ledger;
import dev.weir.graph.Graph;
import dev.weir.graph.NoState;
import dev.weir.local.up.Denials;
import dev.weir.local.up.Environment;
import dev.weir.local.up.Up;
import dev.weir.local.up.UpOptions;
import dev.weir.model.Json;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.StreamRecord;
import dev.weir.port.Write;
import dev.weir.queue.QueueEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final Duration WOKEN_MAX = Duration.ofSeconds(10);

    /** What the bot of the next field throws for. */
    private static final Set<String> BAD = ConcurrentHashMap.newKeySet();

    private static final Graph<QueueEvent, NoState, List<Json>> PICKY =
            Bots.enrich("picky", "picky.in", "picky.out", event -> {
                if (BAD.contains(event.payload().toString())) {
                    throw new IllegalStateException("not today");
                }
                return List.of(event.payload());
            });

    @TempDir
    private static Path data;

    private static Up up;

    @BeforeAll
    static void start() {
        up = Up.start(UpOptions.defaults().running(Bot.of(Ledger.GRAPH), Bot.of(Denials.GRAPH), Bot.of(PICKY)));
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

    /** The ledger, driven from a shell. */
    @Test
    void whatIsPutIntoAStreamIsTakenByItsBotInTheOrderOfEachKey() {
        List<String> transfers = new ArrayList<>(List.of("{\"source\":\"sweep\",\"target\":\"shell\",\"amount\":100}"));
        for (int i = 0; i < 200; i++) {
            transfers.add(
                    "{\"source\":\"shell\",\"target\":\"counter\",\"amount\":1,\"id\":\"shell-%d\"}".formatted(i));
        }
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < transfers.size(); i++) {
            String transfer = transfers.get(i);
            expected.add(transfer.substring(0, transfer.length() - 1) + ",\"outcome\":\""
                    + (i <= 100 ? "approve" : "deny") + "\"}");
        }

        assertThat(weir(transfers, "put", "--stream", "transfers").err())
                .containsExactly("weir: 201 events put into the stream transfers");
        await(() -> payloads("transfers.decided", "--search", "shell"), expected);

        assertThat(weir(transfers.subList(200, 201), "put", "--stream", "transfers", "--key", "source")
                        .exitCode())
                .isZero();
        transfers("shell-after");
        await(() -> decided("shell-after"), 1L);
        assertThat(payloads("transfers.decided", "--search", "\"shell\"")).isEqualTo(expected);
    }

    @Test
    void aLineForAStreamThatIsNoJsonOrHasNoKeyIsNamedAndLeftOut() {
        String large = "{\"source\":\"" + "0123456789".repeat(95_000) + "\"}";

        Weir.Ran put = weir(
                List.of("{\"source\":", "{\"target\":\"a\"}", "[1]", "{\"source\":{}}", "{\"source\":\"\"}", large),
                "put",
                "--stream",
                "transfers",
                "--key",
                "source");

        assertThat(put.exitCode()).isEqualTo(Main.FAILED);
        assertThat(put.err())
                .containsExactly(
                        "weir: left out, no JSON value: line=1",
                        "weir: left out, no key: line=2",
                        "weir: left out, no key: line=3",
                        "weir: left out, no key: line=4",
                        "weir: left out, no key: line=5",
                        "weir: left out, too large: bytes=950013 max=921600: line=6",
                        "weir: 0 events put into the stream transfers");
    }

    @Test
    void aStreamThatIsNotThereIsSaidAtOnce() {
        Weir.Ran put = weir(List.of("{\"a\":1}"), "put", "--stream", "nowhere", "--key", "a");

        assertThat(put.exitCode()).isEqualTo(Main.FAILED);
        assertThat(put.err().getFirst()).contains("stream=weir-nowhere");
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
    void aBotOnAStreamIsPausedTooAndItsStreamWaitsForIt() {
        transfers("stream-1");
        await(() -> decided("stream-1"), 1L);

        assertThat(weir("pause", "ledger").err()).containsExactly("weir: paused: bot=ledger");
        assertThat(weir("pause", "ledger").err())
                .containsExactly("weir: stopped already, ./weir bots says why: bot=ledger");
        assertThat(bot("ledger"))
                .matches("ledger +paused +0 +stream transfers +- +- +by " + System.getProperty("user.name"));
        new SystemTime().pause(Control.LOOK_PERIOD);
        transfers("stream-2");
        put("meanwhile", List.of("1"));
        await(() -> payloads("meanwhile"), List.of("1"));
        assertThat(decided("stream-2")).isZero();

        assertThat(weir("resume", "ledger").err()).containsExactly("weir: resumed: bot=ledger");
        await(() -> decided("stream-2"), 1L);
        assertThat(decided("stream-1")).isOne();
        assertThat(bot("ledger")).matches("ledger +ready +0 +stream transfers +- +-");
    }

    @Test
    void theIngestIsPausedLikeAnyBot() {
        put("before", List.of("1"));
        await(() -> payloads("before"), List.of("1"));

        weir("pause", "ingest");
        new SystemTime().pause(Control.LOOK_PERIOD);
        put("after", List.of("1"));
        transfers("not-by-ingest");
        await(() -> decided("not-by-ingest"), 1L);
        assertThat(payloads("after")).isEmpty();

        weir("resume", "ingest");
        await(() -> payloads("after"), List.of("1"));
    }

    @Test
    void aBotThatStoppedItselfIsSaidToBeRogueAndWhy() {
        Items items = up.connection().items();
        Key control = new Key(up.connection().bus().checkpoints(), "denials", "control");
        items.write(new Write.Put(
                Item.at(control)
                        .with("status", "rogue")
                        .with("reason", "failed for\nmany keys")
                        .with("since", 1L)
                        .build(),
                Condition.ALWAYS));

        assertThat(bot("denials")).contains(" rogue ").endsWith(" failed for many keys");

        weir("resume", "denials");
        assertThat(bot("denials")).contains(" ready ");
    }

    @Test
    void whatRunsOutsideOfTheBusIsNeitherPausedNorRun() {
        put("outside", List.of("1"));
        await(() -> payloads("outside"), List.of("1"));

        assertThat(weir("pause", "weir-put").err())
                .containsExactly("weir: a program outside of the bus cannot be paused: bot=weir-put");
        assertThat(weir("run", "weir-put").err())
                .containsExactly("weir: a program outside of the bus cannot be run: bot=weir-put");
        assertThat(weir("run", "weir-put").exitCode()).isEqualTo(Main.USAGE);
        assertThat(bot("weir-put")).contains(" elsewhere ");
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
        await(() -> parked("ledger").size(), 2);
        String first = parked("ledger").get(0).split(" ")[0];
        String second = parked("ledger").get(1).split(" ")[0];

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

        await(() -> parked("ledger").size(), 0);
        await(() -> payloads("transfers.decided", "--search", "park-a").size(), 1);
        await(() -> payloads("ledger.dropped", "--search", "a typing error").size(), 1);
        assertThat(weir("parked", "show", "ledger", second).exitCode()).isEqualTo(Main.FAILED);
    }

    /** Nothing else comes that could wake it. */
    @Test
    void aBotOnAQueueIsWokenForWhatIsPutBackOrDropped() {
        BAD.addAll(List.of("{\"i\":1}", "{\"i\":2}"));
        put("picky.in", numbered(0, 4));
        await(() -> payloads("picky.out"), List.of("{\"i\":0}", "{\"i\":3}"));
        await(() -> parked("picky").size(), 2);
        await(() -> bot("picky").endsWith(" no"), true);
        String first = parked("picky").get(0).split(" ")[0];
        String second = parked("picky").get(1).split(" ")[0];
        BAD.clear();

        long start = System.nanoTime();
        assertThat(weir("parked", "put-back", "picky", first).exitCode()).isZero();
        await(() -> payloads("picky.out", "--search", "\"i\":1").size(), 1);
        assertThat(weir("parked", "drop", "picky", second, "--why", "a mistake").exitCode())
                .isZero();
        await(() -> payloads("picky.dropped", "--search", "a mistake").size(), 1);

        assertThat(parked("picky")).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(WOKEN_MAX);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "read q --from yesterday      | weir: --from must be beginning, now, an event id such as z/2026/11/21 or a time such as 2026-11-21T17:05:00Z: --from=yesterday",
                "read q --limit 0             | weir: --limit must be 1 or more: --limit=0",
                "read q --search $.a==        | weir: --search: query cannot be understood",
                "read                         | weir: Missing required parameter: 'QUEUE'; see ./weir read --help",
                "put                          | weir: say either a QUEUE or a --stream: QUEUE=null --stream=null",
                "put q --stream transfers     | weir: say either a QUEUE or a --stream: QUEUE=q --stream=transfers",
                "put q --key source           | weir: --key is for a --stream, a queue has one order: --key=source",
                "put --stream bus --key a     | weir: into this stream comes what is put into queues, name a QUEUE: --stream=bus",
                "put --stream orders          | weir: say with --key by which field the order of this stream goes: --stream=orders",
                "pause nobody                 | weir: no such bot, ./weir bots lists them: bot=nobody",
                "run ledger                   | weir: a bot on a stream runs whenever its stream has records, and cannot be run by hand: bot=ledger stream=transfers",
                "checkpoint ledger now        | weir: a bot on a stream is where its lanes have committed, and cannot be set: bot=ledger stream=transfers",
                "checkpoint ingest beginning --queue q | weir: a bot on a stream is where its lanes have committed, and cannot be set: bot=ingest stream=bus",
                "checkpoint denials soon      | weir: POSITION must be beginning, now, an event id",
                "trace q z/2026               | weir: no such event, it may be too old: queue=q eid=z/2026",
                "parked                       | weir: Missing required subcommand; see ./weir parked --help",
                "parked show ledger x         | weir: ID must be as ./weir parked list prints it, such as lane-0.17.0: ID=x",
                "parked put-back ledger       | weir: say either an ID, with or without --payload, or a --key: ID=null --key=null",
                "parked list nobody           | weir: no bot of this name is registered, say with --stream or --on-queues what it reads: bot=nobody",
                "read q --endpoint http://127.0.0.1:1 | weir: a bus is named by --data, or by --endpoint and --stack, not by both:",
                "read q --stack prod          | weir: a bus is named by --data, or by --endpoint and --stack, not by both:",
                "read q --bus prod            | weir: Unknown options: '--bus', 'prod'; see ./weir read --help",
                "env --stack prod             | weir: only a bus that is up on this machine has an address: --endpoint=[] --stack=prod"
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

    /** As it is on AWS, where the clients find the servers by themselves. */
    @Test
    void aDeployedBusIsNamedByItsStack(@TempDir Path folder) throws Exception {
        put("deployed", List.of("1"));
        await(() -> payloads("deployed"), List.of("1"));
        Map<String, String> environment =
                new HashMap<>(new Environment(up.address(), up.connection().bus(), folder).variables());
        environment.keySet().removeIf(name -> !name.startsWith("AWS_"));
        Path empty = Files.createFile(folder.resolve("empty"));

        Process weir = Weir.start(
                environment, List.of(), empty, folder.resolve("weir"), "read", "deployed", "--payload", "--stack=weir");
        Process other = Weir.start(
                environment, List.of(), empty, folder.resolve("other"), "read", "deployed", "--stack=other.stack");
        weir.waitFor();
        other.waitFor();

        assertThat(Weir.ended(weir, folder.resolve("weir"))).isEqualTo(new Weir.Ran(0, List.of("1"), List.of()));
        assertThat(Weir.ended(other, folder.resolve("other")).exitCode()).isEqualTo(Main.FAILED);
        assertThat(Weir.run(new byte[0], "read", "deployed", "--stack=Not a name")
                        .err())
                .containsExactly(
                        "weir: --stack must be a name of lower-case letters, digits, dots and dashes: --stack=Not a name");
    }

    // ------------------------------------------------------------------ calls

    private static Weir.Ran weir(String... arguments) {
        return Weir.run(new byte[0], with(arguments));
    }

    private static Weir.Ran read(String queue, String... options) {
        return weir(Stream.concat(Stream.of("read", queue), Stream.of(options)).toArray(String[]::new));
    }

    private static Weir.Ran put(String queue, List<String> payloads) {
        return weir(payloads, "put", queue);
    }

    private static Weir.Ran weir(List<String> input, String... arguments) {
        return Weir.run((String.join("\n", input) + "\n").getBytes(StandardCharsets.UTF_8), with(arguments));
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

    private static List<String> parked(String bot) {
        return weir("parked", "list", bot).out().stream().skip(1).toList();
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

    private static long decided(String account) {
        return payloads("transfers.decided", "--search", account).size();
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
