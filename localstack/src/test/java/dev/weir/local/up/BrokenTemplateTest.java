package dev.weir.local.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.aws.SystemTime;
import dev.weir.flow.Control;
import dev.weir.functions.ledger.Ledger;
import dev.weir.local.bus.UsageException;
import dev.weir.local.template.Synthesis;
import dev.weir.local.template.Template;
import dev.weir.port.StreamRecord;
import dev.weir.queue.Position;
import dev.weir.queue.QueueName;
import dev.weir.queue.ReadLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The template that deploys with one property broken: what AWS would do is done on this machine first. */
@Timeout(240)
class BrokenTemplateTest {
    private static final int WAIT_SECONDS = 60;
    private static final Duration POLL = Duration.ofMillis(50);

    @TempDir
    private static Path folder = Path.of("");

    private static Path whole = Path.of("");

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void synthesize() {
        whole = Synthesis.of(folder, 1);
    }

    private Up up(Consumer<ObjectNode> breaking) {
        return up(breaking, Optional.empty());
    }

    private Up up(Consumer<ObjectNode> breaking, Optional<Path> data) {
        ObjectNode template = Synthesis.json(whole);
        breaking.accept(template);
        try {
            Path file = Files.createTempFile(folder, "broken", ".json");
            Files.writeString(file, template.toString());
            UpOptions options = new UpOptions(OptionalInt.empty(), 1, data, 0, LocalBots.deployed(), log::add);
            return Up.start(options, Template.read(file, Up.REGION));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The properties of the one resource whose property has this value. */
    private static ObjectNode properties(ObjectNode template, String property, String value) {
        for (JsonNode resource : template.get("Resources")) {
            if (resource.path("Properties").path(property).asText().equals(value)) {
                return (ObjectNode) resource.get("Properties");
            }
        }
        throw new IllegalArgumentException("no such resource: " + property + "=" + value);
    }

    private static ObjectNode variables(ObjectNode template, String function) {
        return (ObjectNode) properties(template, "FunctionName", function)
                .get("Environment")
                .get("Variables");
    }

    // ------------------------------------------------------------------ before anything is started

    @Test
    void aHandlerThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> up(template -> properties(template, "FunctionName", "weir-heads")
                        .put("Handler", "dev.weir.functions.trigger.HeadHandler")))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("no such handler, it must be one of ")
                .hasMessageEndingWith("function=weir-heads Handler=dev.weir.functions.trigger.HeadHandler");
    }

    @Test
    void aFunctionThatIsToldOfNoBotIsNamed() {
        assertThatThrownBy(
                        () -> up(template -> variables(template, "weir-ledger").remove("WEIR_BOT")))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("WEIR_BOT must be the name of a bot in the jar: WEIR_BOT= bots=")
                .hasMessageContaining("function=weir-ledger");
        assertThatThrownBy(
                        () -> up(template -> variables(template, "weir-ingest").put("WEIR_RETENTION_DAYS", "0")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("WEIR_RETENTION_DAYS=0")
                .hasMessageContaining("function=weir-ingest");
    }

    @Test
    void functionsThatAreToldDifferentThingsAreNamed() {
        assertThatThrownBy(
                        () -> up(template -> variables(template, "weir-ledger").put("WEIR_LANES", "2")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("all functions of a bus have the same WEIR_LANES")
                .hasMessageContaining("2=weir-ledger");
    }

    // ------------------------------------------------------------------ when it runs

    @Test
    void withoutTheKeyOfTheCheckpointsNothingBegins() {
        assertThatThrownBy(() ->
                        up(template -> rename(properties(template, "TableName", "weir-checkpoints"), "lane", "line")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("the bots were not registered");
        assertThat(log).anyMatch(line -> line.contains("schedule=weir-cron-tick") && line.contains("weir-checkpoints"));
    }

    @Test
    void withoutTheKeyOfTheRowsOfBotsNothingBegins() {
        assertThatThrownBy(() -> up(template -> rename(properties(template, "TableName", "weir-cron"), "id", "ident")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("the rows of bots cannot be read")
                .hasMessageContaining("table=weir-cron");
    }

    @Test
    void aBusThatIsKeptGoesOnWithItsTemplateAndWithNoOther() {
        Optional<Path> data = Optional.of(folder.resolve("kept"));
        try (Up up = up(_ -> {}, data)) {
            put(up, "transfers", "{\"source\":\"sweep\",\"target\":\"first\",\"amount\":50}");
            await(() -> read(up, Ledger.DECIDED).size() == 1);
        }
        try (Up up =
                up(template -> properties(template, "Name", "weir-transfers").put("ShardCount", 2), data)) {
            put(up, "transfers", "{\"source\":\"sweep\",\"target\":\"second\",\"amount\":20}");
            await(() -> read(up, Ledger.DECIDED).size() == 2);
        }

        assertThatThrownBy(
                        () -> up(template -> template.get("Resources").forEach(BrokenTemplateTest::withTwoLanes), data))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("this bus has another number of lanes, which never changes: lanes=1");
        assertThatThrownBy(() ->
                        up(template -> rename(properties(template, "TableName", "weir-settings"), "id", "ident"), data))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("this bus has the table with other keys or another stream")
                .hasMessageContaining("table=weir-settings");
    }

    private static void withTwoLanes(JsonNode resource) {
        if (resource.at("/Properties/Environment/Variables") instanceof ObjectNode variables) {
            variables.put("WEIR_LANES", "2");
        }
    }

    private static void rename(ObjectNode table, String attribute, String to) {
        ((ObjectNode) table.get("AttributeDefinitions").get(0)).put("AttributeName", to);
        ((ObjectNode) table.get("KeySchema").get(0)).put("AttributeName", to);
        assertThat(table.toString()).doesNotContain("\"" + attribute + "\"");
    }

    @Test
    void withoutTheAliasThatTheBusInvokesABotOnQueuesDoesNotRun() {
        try (Up up = up(template -> alias(template, "weir-invoices", "life"))) {
            put(
                    up,
                    "bus",
                    "{\"id\":\"till\",\"event\":\"orders.placed\",\"payload\":{\"order\":\"1\",\"customer\":\"ann\",\"item\":\"tea\",\"cents\":250}}");

            await(() -> read(up, "items.wanted").size() == 1
                    && noted(up, "invoices").contains("no such function here: name=weir-invoices:live"));
            assertThat(read(up, "customers.owed")).isEmpty();
        }
    }

    private static void alias(ObjectNode template, String function, String name) {
        String id = "";
        for (var resource : template.get("Resources").properties()) {
            if (resource.getValue()
                    .path("Properties")
                    .path("FunctionName")
                    .asText()
                    .equals(function)) {
                id = resource.getKey();
            }
        }
        for (JsonNode resource : template.get("Resources")) {
            if (resource.get("Type").asText().equals("AWS::Lambda::Alias")
                    && resource.at("/Properties/FunctionName/Ref").asText().equals(id)) {
                ((ObjectNode) resource.get("Properties")).put("Name", name);
            }
        }
    }

    private static String noted(Up up, String bot) {
        return up.connection().rows().find(bot).map(Object::toString).orElse("");
    }

    @Test
    void withoutReportBatchItemFailuresWhatComesWhileABotIsPausedIsLost() {
        assertThat(decidedAfterAPause(_ -> {})).as("as it deploys").hasSize(2);
        assertThat(decidedAfterAPause(template -> mappings(template, "busledgeralias")
                        .forEach(mapping -> mapping.remove("FunctionResponseTypes"))))
                .as("without ReportBatchItemFailures")
                .hasSize(1);
    }

    @Test
    void whatAMappingIsToldToGiveUpIsInTheBucketWithItsRecords() {
        Consumer<ObjectNode> givingUp = template -> mappings(template, "busledgeralias")
                .forEach(mapping -> mapping.put("MaximumRetryAttempts", 0)
                        .putObject("DestinationConfig")
                        .putObject("OnFailure")
                        .put("Destination", "arn:aws:s3:::weir-bus"));
        try (Up up = up(givingUp)) {
            Connection connection = up.connection();
            Control.pause(connection.bus(), Ledger.GRAPH.name(), "test", connection.items(), new SystemTime());
            put(up, "transfers", "{\"source\":\"sweep\",\"target\":\"lost\",\"amount\":50}");

            await(() -> !connection.objects().list("aws/lambda/", "", 10).isEmpty());
            String key = connection.objects().list("aws/lambda/", "", 10).getFirst();
            assertThat(key).matches("aws/lambda/busledgerrecords\\w+/shardId-0{12}/\\d{4}/\\d\\d/\\d\\d/[-0-9T.a-f]+");
            assertThat(connection.objects().get(key).map(json -> new String(json, StandardCharsets.UTF_8)))
                    .hasValueSatisfying(json -> assertThat(json)
                            .contains("\"condition\":\"RetryAttemptsExhausted\"")
                            .contains("\"payload\":\"{"));
        }
        assertThat(log).anyMatch(line -> line.contains("records were given up: function=weir-ledger"));
    }

    private static List<ObjectNode> mappings(ObjectNode template, String alias) {
        List<ObjectNode> found = new ArrayList<>();
        template.get("Resources").forEach(resource -> {
            if (resource.at("/Properties/EventSourceArn").isObject()
                    && resource.at("/Properties/FunctionName/Ref").asText().startsWith(alias)) {
                found.add((ObjectNode) resource.get("Properties"));
            }
        });
        assertThat(found).as("mappings of %s", alias).hasSize(1);
        return found;
    }

    /** What is decided of two transfers, of which the first comes while the ledger is paused. */
    private List<String> decidedAfterAPause(Consumer<ObjectNode> breaking) {
        log.clear();
        Path data = folder.resolve("data-" + System.nanoTime());
        try (Up up = up(breaking, Optional.of(data))) {
            Connection connection = up.connection();
            Control.pause(connection.bus(), Ledger.GRAPH.name(), "test", connection.items(), new SystemTime());
            put(up, "transfers", "{\"source\":\"sweep\",\"target\":\"first\",\"amount\":50}");
            await(() -> isPassed(data)
                    || log.stream().anyMatch(line -> line.contains("a batch comes again: function=weir-ledger")));
            Control.resume(connection.bus(), Ledger.GRAPH.name(), connection.items());
            put(up, "transfers", "{\"source\":\"sweep\",\"target\":\"second\",\"amount\":20}");
            await(() -> read(up, Ledger.DECIDED).stream().anyMatch(payload -> payload.contains("second")));
            return read(up, Ledger.DECIDED);
        }
    }

    /** Whether the mapping is behind a record. */
    private static boolean isPassed(Path data) {
        try {
            return Files.readString(data.resolve("mapping-weir-transfers-weir-ledger.json"))
                    .contains("\tAFTER");
        } catch (IOException notYet) {
            return false;
        }
    }

    // ------------------------------------------------------------------ what people do

    private static void put(Up up, String stream, String line) {
        up.connection()
                .wiring()
                .streams()
                .put(
                        up.connection().bus().stream(stream),
                        List.of(new StreamRecord("k", null, line.getBytes(StandardCharsets.UTF_8))));
    }

    private static List<String> read(Up up, String queue) {
        return up
                .connection()
                .queues()
                .readerOfAll(QueueName.of(queue), Position.beginning())
                .next(ReadLimits.DEFAULTS)
                .orThrow()
                .events()
                .stream()
                .map(event -> event.payload().toString())
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
