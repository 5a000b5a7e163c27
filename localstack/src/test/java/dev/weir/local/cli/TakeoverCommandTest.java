package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.weir.bot.Bot;
import dev.weir.flow.Spine;
import dev.weir.flow.Version;
import dev.weir.functions.ledger.Decided;
import dev.weir.functions.ledger.Ledger;
import dev.weir.functions.ledger.Transfer;
import dev.weir.local.bus.Endpoints;
import dev.weir.local.up.Connection;
import dev.weir.local.up.Up;
import dev.weir.local.up.UpOptions;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./weir takeover} on a bus that is up in this JVM, with the versions that a bot has on AWS and an alias that is told of. */
@Timeout(180)
class TakeoverCommandTest {
    private static final String SHARD = "shardId-000000000000";

    @TempDir
    private static Path data;

    private static Up up;

    private final List<String> requests = new ArrayList<>();
    private int status = 200;
    private HttpServer lambda;
    private int events;

    @BeforeAll
    static void start() {
        up = Up.start(UpOptions.defaults().running(Bot.of(Ledger.GRAPH)));
        up.address().write(data);
    }

    @AfterAll
    static void stop() {
        if (up != null) {
            up.close();
        }
    }

    @BeforeEach
    void listen() throws IOException {
        lambda = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        lambda.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + body.replaceAll(",.*", ""));
            byte[] answer = "{\"FunctionVersion\":\"9\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        lambda.start();
    }

    @AfterEach
    void hangUp() {
        lambda.stop(0);
        try (Connection connection = Connection.to(up.address())) {
            connection
                    .items()
                    .deleteAll(
                            connection
                                    .items()
                                    .query(connection.bus().checkpoints(), "ledger/lane-0", "", "~", 1_000)
                                    .stream()
                                    .map(item -> item.key())
                                    .toList());
            connection
                    .items()
                    .deleteAll(
                            connection.items().query(connection.bus().checkpoints(), "ledger", "", "~", 1_000).stream()
                                    .map(item -> item.key())
                                    .toList());
        }
    }

    /** Lets a version of the ledger take one transfer. */
    private void serve(long version) {
        try (Connection connection = Connection.to(up.address())) {
            Spine<Transfer, BigDecimal, Decided> spine = new Spine<>(
                    Ledger.GRAPH,
                    connection.bus(),
                    connection.items(),
                    connection.wiring().streams(),
                    connection.wiring().time(),
                    Runnable::run,
                    "test-" + version + "-" + events,
                    new Version(version));
            events++;
            byte[] transfer = "{\"source\":\"sweep\",\"target\":\"a\",\"amount\":1}".getBytes(StandardCharsets.UTF_8);
            List<Record> batch = List.of(new Record(
                    SHARD,
                    new SequenceNumber(Integer.toString(100 + events)),
                    "sweep",
                    connection.wiring().time().epochMillis(),
                    transfer));
            assertThat(spine.process(batch, Long.MAX_VALUE)).isEmpty();
        }
    }

    private static Weir.Ran takeover(String... arguments) {
        return Weir.run(
                new byte[0],
                Stream.concat(Stream.of("takeover", "--data", data.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    /** As on AWS, at the servers of this machine. */
    private Weir.Ran takeoverElsewhere(String... arguments) {
        Endpoints at = up.address().endpoints();
        return Weir.run(
                new byte[0],
                Stream.concat(
                                Stream.of(
                                        "takeover",
                                        "--endpoint",
                                        "kinesis=" + at.kinesis().orElseThrow(),
                                        "--endpoint",
                                        "dynamodb=" + at.dynamoDb().orElseThrow(),
                                        "--stack",
                                        Up.PREFIX,
                                        "--lambda",
                                        "http://127.0.0.1:"
                                                + lambda.getAddress().getPort()),
                                Stream.of(arguments))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nobody                     | weir: no such bot, ./weir bots lists them: bot=nobody",
                "ledger --to 6              | weir: no published version has served a lane of the bot: bot=ledger",
                "ledger --to x              | weir: --to must be the number of a published version, from 1: --to=x",
                "ledger --to 0              | weir: --to must be the number of a published version, from 1: --to=0",
                "ledger --to $LATEST        | weir: --to must be the number of a published version, from 1: --to=$LATEST",
                "ledger --barred 7          | weir: --barred goes with --to: --barred=7",
                "ledger --to 6 --barred 5   | weir: --barred must not be below --to: --barred=5 --to=6",
                "ledger --to 6 --lambda http://127.0.0.1:1 | weir: --lambda goes with --stack or --endpoint: --lambda=http://127.0.0.1:1",
                "--to 6                     | weir: Missing required parameter: 'BOT'; see ./weir takeover --help"
            })
    void aMistakeIsOneClearLineAndChangesNothing(String call, String expected) {
        Weir.Ran ran = takeover(call.split(" +"));

        assertThat(ran.err()).containsExactly(expected);
        assertThat(ran.exitCode()).isEqualTo(Main.USAGE);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void itTellsWhoServesEachLaneAndWhereItIs() {
        serve(6);
        serve(7);

        Weir.Ran ran = takeover("ledger");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .containsExactly(
                        "LANE    VERSION  BARRED  COMMITS  UP TO",
                        "lane-0  7        7       2        " + SHARD + "=102");
    }

    @Test
    void itGoesBackAndTellsFromWhereTheOldVersionGoesOn() {
        serve(6);
        serve(7);

        Weir.Ran ran = takeover("ledger", "--to", "6");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).containsExactly("weir: taken over: bot=ledger version=6 barred=7 lanes=1");
        assertThat(ran.out())
                .containsExactly(
                        "LANE    VERSION  BARRED  COMMITS  UP TO",
                        "lane-0  6        7       3        " + SHARD + "=102");
        assertThat(takeover("ledger", "--to", "6").err())
                .as("again")
                .containsExactly("weir: taken over: bot=ledger version=6 barred=7 lanes=0");
        assertThat(requests).as("here there is no alias").isEmpty();
        serve(6);
        serve(8);
        assertThat(takeover("ledger").out().getLast()).startsWith("lane-0  8        8 ");
    }

    @Test
    void elsewhereItMovesTheAliasFirstAndBarsTheVersionThatItStoodFor() {
        serve(6);
        serve(7);

        Weir.Ran ran = takeoverElsewhere("ledger", "--to", "6");

        assertThat(ran.err())
                .containsExactly(
                        "weir: alias moved: function=weir-ledger alias=live from=9 to=6",
                        "weir: taken over: bot=ledger version=6 barred=9 lanes=1");
        assertThat(ran.exitCode()).isZero();
        assertThat(requests)
                .containsExactly(
                        "GET /2015-03-31/functions/weir-ledger/aliases/live",
                        "PUT /2015-03-31/functions/weir-ledger/aliases/live{\"FunctionVersion\":\"6\"");
    }

    @Test
    void anAliasThatCannotBeMovedLeavesTheLanesAsTheyAre() {
        serve(6);
        serve(7);
        status = 403;

        Weir.Ran ran = takeoverElsewhere("ledger", "--to", "6");

        assertThat(ran.exitCode()).isEqualTo(Main.FAILED);
        assertThat(ran.err().getFirst())
                .startsWith("weir: Lambda refused: GET alias=live function=weir-ledger status=403");
        assertThat(takeover("ledger").out().getLast()).startsWith("lane-0  7        7 ");
    }

    @Test
    void theAliasIsLeftAloneWhereSomebodyElseMovesIt() {
        serve(7);

        Weir.Ran ran = takeoverElsewhere("ledger", "--to", "6", "--barred", "12", "--no-alias");

        assertThat(ran.err()).containsExactly("weir: taken over: bot=ledger version=6 barred=12 lanes=1");
        assertThat(requests).isEmpty();
    }
}
