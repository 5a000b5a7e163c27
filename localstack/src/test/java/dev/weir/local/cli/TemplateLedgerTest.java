package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Bus;
import dev.weir.local.template.Synthesis;
import dev.weir.local.template.Template;
import dev.weir.local.up.Connection;
import dev.weir.local.up.LocalBots;
import dev.weir.local.up.Up;
import dev.weir.local.up.UpOptions;
import dev.weir.port.StreamRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
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
    private static final Duration WAIT = Duration.ofSeconds(120);

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
        try (Up up = up(lanes)) {
            new DeployedLedger(up.connection()).decides(Order.generate(SEED + lanes, TRANSFERS), WAIT, () -> log);
        }
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

    private static void put(Connection bus, String stream, String line) {
        bus.wiring()
                .streams()
                .put(
                        bus.bus().stream(stream),
                        List.of(new StreamRecord("k", null, line.getBytes(StandardCharsets.UTF_8))));
    }

    private static List<String> read(Connection bus, String queue) {
        return new DeployedLedger(bus).read(queue);
    }

    private void await(BooleanSupplier isDone) {
        DeployedLedger.await(isDone, WAIT, () -> log);
    }
}
