package dev.weir.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.bot.Bot;
import dev.weir.cron.Standing;
import dev.weir.flow.Counts;
import dev.weir.flow.Tally;
import dev.weir.functions.ledger.Ledger;
import dev.weir.functions.metrics.Metrics;
import dev.weir.functions.trigger.BotRows;
import dev.weir.graph.Decoded;
import dev.weir.graph.Decoder;
import dev.weir.graph.Graph;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What watches a bus, read from the template that CloudFormation gets. */
@NeedsNode
class AlarmsTest {
    private static final String ALARM = "AWS::CloudWatch::Alarm";
    private static final Path PAGE = Path.of("../docs/deploy.md");
    private static final Pattern TOLD = Pattern.compile("(?m)^\\| `([a-z/<>-]+)` \\|");

    @TempDir
    static Path plainFolder;

    @TempDir
    static Path otherFolder;

    private static Synthesized plain;
    private static Synthesized other;

    @BeforeAll
    static void synthesize() {
        plain = Synthesized.of(plainFolder, Samples.PLAIN, Samples.BOTS);
        other = Synthesized.of(otherFolder, Samples.OTHER, Samples.BOTS);
    }

    @Test
    void whoeverIsFedHasAnAlarmOfItsAge() {
        assertThat(plain.all("AWS::Lambda::EventSourceMapping")).hasSize(5);
        for (String bot : List.of("ledger", "ingest", "heads", "cron", "shop.orders")) {
            JsonNode alarm = alarm(plain, "function/" + bot + "/age");
            assertThat(alarm.get("MetricName").asText()).isEqualTo("IteratorAge");
            assertThat(alarm.at("/Dimensions/0/Value").asText())
                    .isEqualTo(BotRows.functionName(Samples.PLAIN.bus(), bot));
            assertThat(alarm.get("Statistic").asText()).isEqualTo("Maximum");
            assertThat(alarm.get("Threshold").asLong()).isEqualTo(60_000);
            assertThat(alarm.get("Period").asInt()).isEqualTo(300);
            assertThat(alarm.get("EvaluationPeriods").asInt()).isEqualTo(3);
            assertThat(alarm.get("DatapointsToAlarm").asInt()).isEqualTo(2);
        }
        assertThat(names(plain)).filteredOn(name -> name.endsWith("/age")).hasSize(5);
    }

    @Test
    void aRunThatGoesOnForLongIsSeenInEachWindow(@TempDir Path folder) {
        Synthesized slow = Synthesized.of(
                folder,
                Samples.PLAIN.withBot("ledger", BotConfig.DEFAULT.withTimeout(Duration.ofSeconds(601))),
                Samples.BOTS);

        assertThat(alarm(slow, "function/ledger/age").get("Period").asInt()).isEqualTo(900);
        assertThat(alarm(slow, "function/ingest/age").get("Period").asInt()).isEqualTo(300);
    }

    @Test
    void everyFunctionHasAlarmsOfErrorsAndThrottles() {
        for (Synthesized bus : List.of(plain, other)) {
            assertThat(functions(bus)).hasSize(11);
            for (String function : functions(bus)) {
                for (String metric : List.of("Errors", "Throttles")) {
                    JsonNode alarm = of(bus, metric, function);
                    boolean isHourly = function.endsWith("-archive");
                    assertThat(alarm.get("Threshold").asInt()).isZero();
                    assertThat(alarm.get("Period").asInt()).isEqualTo(60);
                    assertThat(alarm.get("Statistic").asText()).isEqualTo("Sum");
                    assertThat(alarm.get("EvaluationPeriods").asInt()).isEqualTo(5);
                    assertThat(alarm.get("DatapointsToAlarm").asInt()).isEqualTo(isHourly ? 1 : 3);
                }
            }
        }
    }

    @Test
    void aDeadLetterIsToldAtOnce() {
        JsonNode alarm = alarm(plain, "dead-letters");
        String queue = plain.all("AWS::SQS::Queue")
                .values()
                .iterator()
                .next()
                .at("/Properties/QueueName")
                .asText();

        assertThat(alarm.at("/Dimensions/0/Value").asText()).isEqualTo(queue);
        assertThat(alarm.get("MetricName").asText()).isEqualTo("ApproximateNumberOfMessagesVisible");
        assertThat(alarm.get("DatapointsToAlarm").asInt()).isEqualTo(1);
    }

    @Test
    void everyTableAndEveryProvisionedStreamHasAlarmsOfItsThrottles() {
        assertThat(plain.all("AWS::DynamoDB::Table")).hasSize(10);
        plain.all("AWS::DynamoDB::Table").values().forEach(table -> {
            String name = table.at("/Properties/TableName").asText();
            assertThat(of(plain, "ReadThrottleEvents", name)).isNotNull();
            assertThat(of(plain, "WriteThrottleEvents", name)).isNotNull();
        });
        assertThat(plain.all("AWS::Kinesis::Stream")).hasSize(3);
        plain.all("AWS::Kinesis::Stream").values().forEach(stream -> {
            String name = stream.at("/Properties/Name").asText();
            assertThat(of(plain, "ReadProvisionedThroughputExceeded", name)).isNotNull();
            assertThat(of(plain, "WriteProvisionedThroughputExceeded", name)).isNotNull();
        });
        assertThat(names(other)).noneMatch(name -> name.startsWith("acme-eu/stream/"));
    }

    @Test
    void allAlarmsNotifyTheTopicAndNothingIsNoAlarm() {
        for (Synthesized bus : List.of(plain, other)) {
            String topic = bus.all("AWS::SNS::Topic").keySet().iterator().next();
            assertThat(names(bus)).hasSizeGreaterThan(40).doesNotHaveDuplicates();
            bus.all(ALARM).forEach((name, alarm) -> {
                JsonNode properties = alarm.get("Properties");
                assertThat(properties.get("AlarmActions").toString())
                        .as(name)
                        .isEqualTo("[{\"Ref\":\"" + topic + "\"}]");
                assertThat(properties.get("TreatMissingData").asText()).as(name).isEqualTo("notBreaching");
                assertThat(properties.get("ComparisonOperator").asText())
                        .as(name)
                        .isEqualTo("GreaterThanThreshold");
                assertThat(properties.path("ActionsEnabled").asBoolean(true))
                        .as(name)
                        .isTrue();
            });
        }
    }

    @Test
    void theTopicIsEncryptedUnderAKeyThatAlarmsMayUseAndReachedByTlsOnly() {
        for (Synthesized bus : List.of(plain, other)) {
            JsonNode topic =
                    bus.one("AWS::SNS::Topic", "TopicName", bus.config().prefix() + "-alarms");
            String key = topic.at("/KmsMasterKeyId/Fn::GetAtt/0").asText();
            assertThat(bus.all("AWS::KMS::Key")
                            .get(key)
                            .at("/Properties/KeyPolicy")
                            .toString())
                    .contains("{\"Action\":[\"kms:Decrypt\",\"kms:GenerateDataKey*\"],\"Effect\":\"Allow\","
                            + "\"Principal\":{\"Service\":\"cloudwatch.amazonaws.com\"},\"Resource\":\"*\"");
            assertThat(bus.all("AWS::SNS::TopicPolicy").values())
                    .singleElement()
                    .asString()
                    .contains("\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}},\"Effect\":\"Deny\"")
                    .contains("\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":{\"Ref\":\"AWS::AccountId\"}}},"
                            + "\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"cloudwatch.amazonaws.com\"}");
            assertThat(bus.all("AWS::SNS::Subscription")).isEmpty();
        }
    }

    @Test
    void whoSubscribesFindsTheTopicAmongTheOutputs() {
        String topic = plain.all("AWS::SNS::Topic").keySet().iterator().next();

        assertThat(plain.template().get("Outputs"))
                .anySatisfy(
                        output -> assertThat(output.at("/Value/Ref").asText()).isEqualTo(topic));
    }

    @Test
    void theBoardNamesEveryFunctionTableAndStream() throws IOException {
        JsonNode board = plain.one("AWS::CloudWatch::Dashboard", "DashboardName", "shop-bus");
        JsonNode body =
                new ObjectMapper().readTree(Resolver.of(plain.template()).text(board.get("DashboardBody")));
        Set<String> shown = new HashSet<>();
        body.get("widgets").forEach(widget -> widget.at("/properties/metrics")
                .forEach(metric ->
                        shown.add(metric.path(1).asText() + " " + metric.path(3).asText() + " "
                                + metric.path(5).asText() + " " + metric.path(7).asText())));
        shown.addAll(shown.stream()
                .map(metric -> metric.replaceFirst(" [^a-z].*| *$", ""))
                .toList());

        for (String function : functions(plain)) {
            for (String metric : List.of("Invocations", "Errors", "Duration", "Throttles")) {
                assertThat(shown).contains(metric + " " + function);
            }
        }
        assertThat(shown)
                .contains("IteratorAge shop-ledger", "ApproximateNumberOfMessagesVisible shop-dead-letters")
                .contains("IncomingRecords shop-transfers", "WriteProvisionedThroughputExceeded shop-bus")
                .contains("ConsumedReadCapacityUnits shop-ledger-balances", "ConsumedWriteCapacityUnits shop-stream")
                .contains("ReadThrottleEvents shop-cron", "WriteThrottleEvents shop-event");
    }

    // ------------------------------------------------------------------ what runs tell

    /** An alarm on what runs tell: its metric and statistic, seconds of a window, windows that must be bad, of how many, and the bound. */
    @ParameterizedTest
    @CsvSource({
        "held,      Held,      Maximum, 60,  3, 5, 10000",
        "held-age,  HeldAge,   Maximum, 60,  3, 5, 150000",
        "parked,    Parked,    Sum,     60,  1, 5, 0",
        "gaps,      Gaps,      Sum,     60,  1, 5, 0",
        "rogue,     Rogue,     Maximum, 900, 1, 1, 0",
        "fenced,    Fenced,    Sum,     300, 2, 3, 20",
        "conflicts, Conflicts, Sum,     300, 2, 3, 100",
        "lag,       Lag,       Minimum, 300, 2, 3, 60000"
    })
    void eachKindOfWhatRunsTellHasOneAlarmForTheWholeBus(
            String name, String metric, String statistic, int period, int bad, int of, long bound) {
        for (Synthesized bus : List.of(plain, other)) {
            JsonNode alarm = alarm(bus, "bus/" + name);
            assertThat(alarm.get("Namespace").asText()).isEqualTo("Weir");
            assertThat(alarm.get("MetricName").asText()).isEqualTo(metric);
            assertThat(alarm.get("Dimensions").toString())
                    .isEqualTo("[{\"Name\":\"Bus\",\"Value\":\"" + bus.config().prefix() + "\"}]");
            assertThat(alarm.get("Statistic").asText()).isEqualTo(statistic);
            assertThat(alarm.get("Period").asInt()).isEqualTo(period);
            assertThat(alarm.get("DatapointsToAlarm").asInt()).isEqualTo(bad);
            assertThat(alarm.get("EvaluationPeriods").asInt()).isEqualTo(of);
            assertThat(alarm.get("Threshold").asLong()).isEqualTo(bound);
            assertThat(names(bus)).filteredOn(each -> each.endsWith("/" + name)).hasSize(1);
        }
    }

    /** Which functions print, and what the alarms look at, is one name. */
    @Test
    void whatAlarmsLookAtIsWhatRunsTell() {
        Set<String> told = new HashSet<>();
        List<String> lines = new ArrayList<>();
        Counts counts = new Counts();
        Metrics metrics = Metrics.to(Samples.PLAIN.prefix(), lines::add);
        metrics.run("b", new Tally(counts, Map.of(), 1, 1, 1, 1, 1, OptionalLong.of(1), 1, true), 2);
        metrics.standings(List.of(new Standing("b", true, OptionalLong.of(1))), 2);
        lines.forEach(line -> told.addAll(Arrays.asList(line.split("\""))));

        plain.all(ALARM).values().stream()
                .map(alarm -> alarm.get("Properties"))
                .filter(alarm -> alarm.get("Namespace").asText().equals("Weir"))
                .map(alarm -> alarm.get("MetricName").asText())
                .filter(metric -> !Set.of("Parked", "Gaps").contains(metric)) // counted by the checkpoint
                .forEach(metric -> assertThat(told).contains(metric, "Weir", "Bus", "shop"));
        plain.all("AWS::Lambda::Function").values().forEach(function -> assertThat(
                        function.at("/Properties/Environment/Variables/WEIR_METRICS")
                                .asText())
                .isEqualTo("emf"));
    }

    @Test
    void whoMayWaitLongerForPredecessorsIsNotTakenForStuck(@TempDir Path folder) {
        Bot patient = Bot.of(Graph.named("patient")
                .readFrom(Source.stream("patient", (Decoder<Json>) Decoded.Value::new))
                .keyBy(Json::toString)
                .orderBy(_ -> OptionalLong.empty(), Duration.ofHours(1))
                .mapWith(Ledger.GRAPH.table(), (json, _) -> json)
                .writeTo(Sink.queue("patient.done", json -> json)));
        Synthesized bus = Synthesized.of(folder, Samples.PLAIN, List.of(patient));

        assertThat(alarm(bus, "bus/held-age").get("Threshold").asLong()).isEqualTo(3_720_000);
        assertThat(names(bus)).as("no bot reads queues").doesNotContain("shop/bus/lag");
    }

    @Test
    void theBoardShowsWhatRunsTellOfEachBot() throws IOException {
        List<String> shown = new ArrayList<>();
        widgets(plain)
                .forEach(widget -> widget.at("/properties/metrics").forEach(metric -> shown.add(metric.toString())));

        for (String bot : List.of("bills", "copy", "ingest", "ledger", "shop.orders", "stock")) {
            for (String metric :
                    List.of("Events", "Held", "HeldAge", "Parked", "Gaps", "Rogue", "Fenced", "Conflicts")) {
                assertThat(shown)
                        .anyMatch(each -> each.startsWith(
                                "[\"Weir\",\"" + metric + "\",\"Bot\",\"" + bot + "\",\"Bus\",\"shop\","));
            }
            assertThat(shown)
                    .anyMatch(each -> each.startsWith(
                            "[\"Weir\",\"Commits\",\"Bot\",\"" + bot + "\",\"Bus\",\"shop\",\"Step\",\"50-commit\","));
        }
        assertThat(shown).filteredOn(each -> each.contains("\"Lag\"")).hasSize(2);
    }

    private static JsonNode widgets(Synthesized bus) throws IOException {
        JsonNode board = bus.one(
                "AWS::CloudWatch::Dashboard", "DashboardName", bus.config().prefix() + "-bus");
        return new ObjectMapper()
                .readTree(Resolver.of(bus.template()).text(board.get("DashboardBody")))
                .get("widgets");
    }

    @Test
    void thePageTellsOfEachKindOfAlarm() throws IOException {
        Set<String> kinds = new TreeSet<>();
        names(plain).forEach(name -> kinds.add(name.replaceFirst("^shop/", "").replaceFirst("/.*/", "/<name>/")));
        Matcher rows = TOLD.matcher(
                Files.readString(PAGE).split("## What watches it", 2)[1].split("\n## ", 2)[0]);
        Set<String> told = new TreeSet<>();
        rows.results().forEach(row -> told.add(row.group(1)));

        assertThat(told).isEqualTo(kinds);
    }

    private static JsonNode alarm(Synthesized bus, String name) {
        return bus.one(ALARM, "AlarmName", bus.config().prefix() + "/" + name);
    }

    /** The one alarm of a metric of a function, a table or a stream. */
    private static JsonNode of(Synthesized bus, String metric, String resource) {
        List<JsonNode> found = bus.all(ALARM).values().stream()
                .map(alarm -> alarm.get("Properties"))
                .filter(alarm -> alarm.get("MetricName").asText().equals(metric)
                        && alarm.at("/Dimensions/0/Value").asText().equals(resource))
                .toList();
        assertThat(found).as(metric + " " + resource).hasSize(1);
        return found.getFirst();
    }

    private static List<String> names(Synthesized bus) {
        List<String> names = new ArrayList<>();
        bus.all(ALARM)
                .values()
                .forEach(alarm -> names.add(alarm.at("/Properties/AlarmName").asText()));
        return names;
    }

    private static Set<String> functions(Synthesized bus) {
        Set<String> names = new TreeSet<>();
        bus.all("AWS::Lambda::Function")
                .values()
                .forEach(function ->
                        names.add(function.at("/Properties/FunctionName").asText()));
        return names;
    }
}
