package dev.weir.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.bot.Bot;
import dev.weir.bot.Bots;
import dev.weir.bot.Ports;
import dev.weir.cron.Controls;
import dev.weir.cron.CronRows;
import dev.weir.cron.Invocation;
import dev.weir.cron.Registration;
import dev.weir.cron.Runs;
import dev.weir.flow.Bus;
import dev.weir.functions.ledger.Ledger;
import dev.weir.functions.metrics.Heard;
import dev.weir.functions.metrics.Metric;
import dev.weir.functions.trigger.CronTick;
import dev.weir.functions.trigger.TriggerWiring;
import dev.weir.graph.Puller;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.memory.MemoryStreams;
import dev.weir.memory.MemoryTableChanges;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.InvokeOutcome;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Write;
import dev.weir.queue.QueueName;
import dev.weir.wire.LambdaEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the functions tell of their runs, each through its handler. */
class ToldRunsTest {
    private static final String ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/weir-transfers";

    private final ManualTime time = new ManualTime(1_795_194_307_123L);
    private final Bus bus = new Bus("weir", new Lanes(1));
    private final MemoryItems items = new MemoryItems();
    private final MemoryStreams streams = new MemoryStreams(time);
    private final Heard heard = new Heard();
    private final Wiring silent = Wiring.of(new Ports(
            bus,
            items,
            streams,
            new MemoryObjectStore(),
            new MemoryTableChanges(time),
            Wiring.programs(bus, items, new MemoryObjectStore(), time, _ -> {}),
            time));
    private final Wiring wiring = silent.telling(heard);
    private final Controls controls = new Controls(bus.cron(), items, time);

    @BeforeEach
    void makeTheStream() {
        streams.create(bus.stream("transfers"), 1);
    }

    private void call(RequestStreamHandler function, byte[] event) throws IOException {
        function.handleRequest(new ByteArrayInputStream(event), new ByteArrayOutputStream(), new QuietContext(60_000));
    }

    private void call(RequestStreamHandler function, String event) throws IOException {
        call(function, event.getBytes(StandardCharsets.UTF_8));
    }

    private BotFunction function(Bot bot) {
        return new BotFunction(bot, wiring, (_, _) -> InvokeOutcome.ACCEPTED, 1);
    }

    private byte[] batch(int from, int to) {
        String shard = streams.shards(bus.stream("transfers")).getFirst().id();
        List<Record> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String transfer = "{\"source\":\"sweep\",\"target\":\"account-" + i + "\",\"amount\":1}";
            records.add(new Record(
                    shard,
                    new SequenceNumber(Integer.toString(1_000 + i)),
                    "sweep",
                    time.epochMillis(),
                    transfer.getBytes(StandardCharsets.UTF_8)));
        }
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        LambdaEvent.write(event, ARN, "arn:aws:iam::000000000000:role/r", records);
        return event.toByteArray();
    }

    @Test
    void eachBatchIsToldOnceAlsoByAWarmFunction() throws IOException {
        BotFunction ledger = function(Bot.of(Ledger.GRAPH));

        call(ledger, batch(0, 30));
        call(ledger, batch(20, 40));

        assertThat(heard.sum(Metric.EVENTS, "weir", "ledger")).isEqualTo(40);
        assertThat(heard.last(Metric.EVENTS, "weir", "ledger")).isEqualTo(10);
        assertThat(heard.sum(Metric.REDELIVERED, "weir", "ledger", "20-dedupe")).isEqualTo(10);
        assertThat(heard.lines)
                .as("the run, its duplicates and its commits")
                .hasSize(5)
                .allMatch(line -> line.contains("\"Timestamp\":1795194307123,"));
    }

    @Test
    void aTickWithoutAnythingToDoIsOneLine() throws IOException {
        call(function(Bot.of(Ledger.GRAPH)), "{\"tick\":true}");

        assertThat(heard.lines).hasSize(1);
        assertThat(heard.last(Metric.EVENTS, "weir", "ledger")).isZero();
    }

    @Test
    void botsOnQueuesAndSourcesTellTheirRunsToo() throws IOException {
        call(function(source()), "{}");
        call(function(Bot.of(Bots.enrich("copy", "orders", "copied", event -> List.of(event.payload())))), "{}");

        assertThat(heard.sum(Metric.EVENTS, "weir", "shop")).as("pulls").isEqualTo(1);
        assertThat(heard.sum(Metric.EVENTS, "weir", "copy")).isEqualTo(3);
    }

    private static Bot.Source source() {
        return new Bot.Source(
                "shop",
                "orders",
                "0 * * * *",
                List.of(),
                List.of(),
                List.of(),
                _ -> (cursor, _) -> cursor.isEmpty()
                        ? Optional.of(new Puller.Pulled(List.of(Json.of("1"), Json.of("2"), Json.of("3")), "x"))
                        : Optional.empty());
    }

    @Test
    void nobodyIsToldUnlessItIsAskedFor() throws IOException {
        call(new BotFunction(Bot.of(Ledger.GRAPH), silent, (_, _) -> InvokeOutcome.ACCEPTED, 1), batch(0, 3));

        assertThat(heard.lines).isEmpty();
        assertThat(Wiring.from(Map.of()).metrics().isTold()).isFalse();
        assertThat(Wiring.from(Map.of("WEIR_METRICS", "emf")).metrics().isTold())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EMF", "yes", "1"})
    void anotherFormatIsRefused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.tellsRuns(Map.of("WEIR_METRICS", value)))
                .withMessageContaining("WEIR_METRICS=" + value);
    }

    // ------------------------------------------------------------------ how bots stand

    private void tick() throws IOException {
        call(new CronTick(TriggerWiring.of(wiring, (_, _) -> InvokeOutcome.ACCEPTED)), "{}");
    }

    private void head(String queue, String eid) {
        items.write(new Write.Put(
                Item.at(new Key(bus.heads(), queue, null)).with("max_eid", eid).build(), Condition.ALWAYS));
    }

    @Test
    void theTickTellsHowFarBotsOnQueuesAreBehindAlsoOfOneThatIsPaused() throws IOException {
        controls.register(Registration.onQueues("bot", "f", List.of(QueueName.of("orders"))));
        controls.register(Registration.onQueues("idle", "f", List.of(QueueName.of("bills"))));
        controls.pause("bot");
        head("orders", "z/2026/11/20/17/05/1795194307123-0000001");

        tick();
        long ended = time.epochMillis() - 1_795_194_307_123L;
        time.advance(Duration.ofMinutes(10));
        tick();

        assertThat(heard.sum(Metric.LAG, "weir", "bot")).isEqualTo(heard.sum(Metric.LAG, "weir"));
        assertThat(heard.last(Metric.LAG, "weir")).isEqualTo(2 * ended + 600_000);
        assertThat(heard.metrics()).as("who is not behind").containsExactly("Lag weir", "Lag weir bot");
    }

    @Test
    void aBusOnWhichNobodyIsBehindSaysSo() throws IOException {
        controls.register(Registration.onQueues("idle", "f", List.of(QueueName.of("bills"))));

        tick();

        assertThat(heard.lines).hasSize(1);
        assertThat(heard.last(Metric.LAG, "weir")).isZero();
    }

    @Test
    void aBotThatFailsAgainAndAgainIsRogue() throws IOException {
        controls.register(Registration.onQueues("bot", "f", List.of(QueueName.of("orders"))));
        for (int errors : List.of(10, 11)) {
            Item row = new CronRows(bus.cron(), items, time)
                    .find("bot")
                    .orElseThrow()
                    .item();
            items.write(new Write.Update(row.key(), Map.of("errorCount", Attribute.of(errors)), Condition.ALWAYS));
            tick();
        }

        assertThat(heard.sum(Metric.ROGUE, "weir", "bot")).isEqualTo(1);
        assertThat(heard.sum(Metric.ROGUE, "weir")).isEqualTo(1);
    }

    @Test
    void aRunThatWasKilledLeavesItsLagForTheTick() throws IOException {
        controls.register(Registration.onQueues("bot", "f", List.of(QueueName.of("orders"))));
        head("orders", "z/2026/11/20/17/05/1795194307123-0000001");
        List<byte[]> invoked = new ArrayList<>();
        call(
                new CronTick(TriggerWiring.of(wiring, (_, payload) -> {
                    invoked.add(payload);
                    return InvokeOutcome.ACCEPTED;
                })),
                "{}");
        new Runs(bus.cron(), items, time)
                .begin(Invocation.parse(invoked.getFirst()).orElseThrow(), "r", 60_000);
        time.advance(Duration.ofMinutes(3));

        tick();

        assertThat(heard.last(Metric.LAG, "weir", "bot")).isGreaterThan(180_000);
    }
}
