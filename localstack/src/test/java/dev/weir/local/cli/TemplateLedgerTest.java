package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aws.SystemTime;
import dev.weir.flow.Bus;
import dev.weir.flow.StateView;
import dev.weir.functions.ledger.Ledger;
import dev.weir.local.template.Synthesis;
import dev.weir.local.template.Template;
import dev.weir.local.up.Connection;
import dev.weir.local.up.LocalBots;
import dev.weir.local.up.Up;
import dev.weir.local.up.UpOptions;
import dev.weir.model.Json;
import dev.weir.port.StreamRecord;
import dev.weir.queue.Position;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueName;
import dev.weir.queue.ReadLimits;
import dev.weir.writer.Producer;
import dev.weir.writer.StreamWriter;
import dev.weir.writer.WriterLimits;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What deploys, on this machine: the bus is started from the template that the CDK makes of all bots, and from nothing else. */
@Timeout(300)
class TemplateLedgerTest {
    private static final int TRANSFERS = 4_000;
    private static final long SEED = 2026;
    private static final int WAIT_SECONDS = 120;
    private static final Duration POLL = Duration.ofMillis(50);

    @TempDir
    Path folder = Path.of("");

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    private Up up(int lanes) {
        return up(Template.read(Synthesis.of(folder, lanes), Up.REGION));
    }

    private Up up(Template template) {
        UpOptions options = new UpOptions(OptionalInt.empty(), 1, Optional.empty(), 0, LocalBots.deployed(), log::add);
        return Up.start(options, template);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void theLedgerDecidesAsItsOracleDoes(int lanes) {
        List<Order> orders = Order.generate(SEED + lanes, TRANSFERS);
        List<String> outcomes;
        List<String> balances;
        try (Up up = up(lanes)) {
            Connection bus = up.connection();
            Map<Integer, Long> accepted = send(bus, orders);
            await(() -> {
                LedgerState state = LedgerState.of(bus.bus(), bus.items());
                return state.tookAll("test", accepted) && state.isAtRest();
            });
            outcomes = read(bus, Ledger.DECIDED);
            balances = balances(bus.bus(), bus);
        }

        if (lanes == 1) {
            Oracle oracle = new Oracle();
            assertThat(outcomes).isEqualTo(oracle.decide(orders));
            assertThat(balances).isEqualTo(oracle.balances());
        }
        Auditor.audit(lanes, orders, outcomes, balances);
    }

    @Test
    void anEventOfTheBusComesThroughItsQueueToTheBotsThatReadIt() {
        try (Up up = up(4)) {
            Connection bus = up.connection();
            put(
                    bus,
                    Bus.EVENTS,
                    "{\"id\":\"till\",\"event\":\"orders.placed\",\"payload\":{\"order\":\"1\",\"customer\":\"ann\",\"item\":\"tea\",\"cents\":250}}");

            await(() -> !read(bus, "customers.owed").isEmpty()
                    && !read(bus, "items.wanted").isEmpty());
            assertThat(read(bus, "customers.owed")).containsExactly("{\"cents\":250,\"customer\":\"ann\"}");
            assertThat(read(bus, "items.wanted")).containsExactly("{\"item\":\"tea\",\"orders\":1}");
        }
    }

    @Test
    void aChangedRowOfATableWakesTheBotThatReadsItsChanges() {
        try (Up up = up(1)) {
            Connection bus = up.connection();
            put(bus, "quotes", "{\"symbol\":\"ACME\",\"price\":100}");
            await(() -> bus.items().scan(bus.bus().rows("prices")).iterator().hasNext());
            put(bus, "quotes", "{\"symbol\":\"ACME\",\"price\":150}");

            await(() -> !read(bus, "prices.alerts").isEmpty());
            assertThat(read(bus, "prices.alerts")).singleElement().asString().contains("ACME");
        }
    }

    @Test
    void noRowNamesAFunctionThatIsNotDeployed() {
        Template template = Template.read(Synthesis.of(folder, 1), Up.REGION);
        List<String> deployed = template.functions().stream()
                .flatMap(function -> function.aliases().stream().map(alias -> function.name() + ":" + alias))
                .toList();
        try (Up up = up(template)) {
            List<String> invoked = up.connection().rows().all().stream()
                    .flatMap(row -> row.function().stream())
                    .toList();

            assertThat(deployed).contains("weir-invoices:live").containsAll(invoked);
        }
    }

    // ------------------------------------------------------------------ what people do

    private static Map<Integer, Long> send(Connection bus, List<Order> orders) {
        Producer producer = Producer.fresh(
                "test",
                bus.bus().stream(Ledger.GRAPH.source().stream()),
                bus.bus().lanes());
        StreamWriter writer = StreamWriter.open(
                bus.wiring().streams(),
                producer,
                bus.wiring().time(),
                RandomGenerator.getDefault(),
                Thread.ofVirtual().factory(),
                WriterLimits.DEFAULTS);
        try (writer) {
            orders.forEach(order -> writer.put(order.source(), Json.of(order.line())));
        }
        return writer.closed().accepted();
    }

    private static void put(Connection bus, String stream, String line) {
        bus.wiring()
                .streams()
                .put(
                        bus.bus().stream(stream),
                        List.of(new StreamRecord("k", null, line.getBytes(StandardCharsets.UTF_8))));
    }

    private static List<String> read(Connection bus, String queue) {
        List<String> payloads = new ArrayList<>();
        var reader = bus.queues().readerOfAll(QueueName.of(queue), Position.beginning());
        while (true) {
            var page = reader.next(ReadLimits.DEFAULTS).orThrow();
            page.events().stream().map(QueueEvent::payload).map(Json::toString).forEach(payloads::add);
            if (page.isEnd()) {
                return payloads;
            }
        }
    }

    /** As the command writes them. */
    private static List<String> balances(Bus names, Connection bus) {
        Map<String, BigDecimal> all = new StateView<>(Ledger.GRAPH, names, bus.items()).all();
        return all.entrySet().stream()
                .sorted(Comparator.comparing(
                        entry -> entry.getKey().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
                .map(entry -> "{\"account\":" + Json.quoted(entry.getKey()) + ",\"balance\":"
                        + entry.getValue().toPlainString() + "}")
                .toList();
    }

    private void await(BooleanSupplier isDone) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!isDone.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("log: %s", log).isNegative();
            new SystemTime().pause(POLL);
        }
    }
}
