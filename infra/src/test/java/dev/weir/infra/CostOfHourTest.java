package dev.weir.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

/** The cost of the last hour, reckoned from the dashboard's own expressions as CloudWatch would, and by hand. */
@NeedsNode
class CostOfHourTest {
    private static final Pattern METRICS = Pattern.compile("SUM\\(METRICS\\(\"([a-z0-9_]+)\"\\)\\)\\*([0-9.]+)");
    private static final Pattern SUM = Pattern.compile("SUM\\(\\[([^\\[\\]]*)]\\)");
    private static final Pattern CONSTANT = Pattern.compile("TIME_SERIES\\(([0-9.]+)\\)");

    @Test
    void whatIsMeasuredTimesThePricesIsTheCost(@TempDir Path folder) throws IOException {
        BusConfig config = Samples.PLAIN.withBot("ledger", BotConfig.DEFAULT.withMemoryMb(2_048));
        Widget total = total(Synthesized.of(folder, config, Samples.BOTS));

        // Of each function 1,000 runs of 50 ms; of each table a million units each way; of each stream 1,000 records,
        // 25 MB.
        double dollars = total.value(metric -> switch (metric) {
            case "Invocations" -> 1_000;
            case "Duration" -> 50_000;
            case "ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits" -> 1e6;
            case "IncomingRecords" -> 1_000;
            case "IncomingBytes" -> 25_600_000;
            default -> throw new AssertionError("metric=" + metric);
        });

        int functions = 11;
        double lambda = functions * 1_000 * 0.20e-6 + (functions - 1 + 2) * 50 * 0.0000133334;
        double dynamoDb = 10 * (0.625 + 0.125);
        double kinesis = 3 * 2 * 1_000 * 0.014e-6;
        double logs = functions * 0.0256 * 0.50;
        assertThat(dollars - total.fixed()).isCloseTo(lambda + dynamoDb + kinesis + logs, within(1e-6));
        // Shards that keep records for longer, three ticks a minute and one an hour; alarms, dashboard, key and metrics
        // of a month.
        int alarms = total.bus().all("AWS::CloudWatch::Alarm").size();
        double month = alarms * 0.10 + 3 + 1 + (2 + 6 * 3) * 0.30;
        assertThat(total.fixed()).isCloseTo(3 * (0.015 + 0.020) + (3 * 60 + 1) * 1e-6 + month / 730, within(1e-9));
    }

    @Test
    void aBusOnDemandIsPaidByTheStreamAndTheGigabyte(@TempDir Path folder) throws IOException {
        Widget total = total(Synthesized.of(folder, Samples.OTHER, Samples.BOTS));

        double dollars = total.value(metric -> switch (metric) {
            case "IncomingBytes" -> 1e9;
            case "GetRecords.Bytes" -> 2e9;
            default -> 0;
        });

        assertThat(dollars - total.fixed()).isCloseTo(3 * (0.08 + 2 * 0.04) + 11 * 0.50, within(1e-6));
        int alarms = total.bus().all("AWS::CloudWatch::Alarm").size();
        assertThat(total.fixed())
                .as("two keys")
                .isCloseTo(3 * 0.04 + 181 * 1e-6 + (alarms * 0.10 + 3 + 2 + 20 * 0.30) / 730, within(1e-9));
    }

    @Test
    void cdkFindsNothingWrongWithTheExpressions(@TempDir Path folder) {
        Synthesized bus = Synthesized.of(folder, Samples.PLAIN, Samples.BOTS);

        assertThatCode(() -> Annotations.fromStack(bus.stack()).hasNoWarning("*", Match.anyValue()))
                .doesNotThrowAnyException();
    }

    @Test
    void theLastHourIsTheLastHourWhateverThePageShows(@TempDir Path folder) throws IOException {
        JsonNode widget =
                total(Synthesized.of(folder, Samples.PLAIN, Samples.BOTS)).properties();

        assertThat(widget.get("start").asText()).isEqualTo("-PT1H");
        assertThat(widget.get("setPeriodToTimeRange").asBoolean()).isTrue();
        assertThat(widget.get("metrics")).allSatisfy(metric -> assertThat(
                        metric.get(metric.size() - 1).path("period").asInt())
                .isEqualTo(3_600));
        assertThat(widget.get("metrics").size()).isLessThanOrEqualTo(CostOfHour.METRICS_MAX);
    }

    @Test
    void whatIsNotInItIsNamedWithTheDateOfThePrices(@TempDir Path folder) throws IOException {
        Synthesized bus = Synthesized.of(folder, Samples.PLAIN, Samples.BOTS);

        assertThat(widgets(bus))
                .filteredOn(widget -> widget.get("type").asText().equals("text"))
                .singleElement()
                .asString()
                .contains("2026-11", "us-east-1", "Not in it", "stored", "free tiers");
    }

    @Test
    void aBusThatIsTooLargeForOneGraphHasNoSuchRow() {
        List<String> many = IntStream.range(0, 160).mapToObj(i -> "f" + i).toList();
        Watched large = new Watched(
                Samples.PLAIN,
                many,
                Set.of(),
                many,
                List.of(),
                Duration.ofSeconds(30),
                List.of("bus"),
                List.of("cron"));

        assertThat(CostOfHour.fixed(large, List.of(), 1).fits()).isTrue();
        assertThat(CostOfHour.fixed(
                                new Watched(
                                        Samples.PLAIN,
                                        many,
                                        Set.of(),
                                        many,
                                        List.of(),
                                        Duration.ofSeconds(30),
                                        List.of("bus"),
                                        many),
                                List.of(),
                                1)
                        .fits())
                .isFalse();
    }

    // ------------------------------------------------------------------ a small CloudWatch

    /** The widget with the total. */
    private record Widget(Synthesized bus, JsonNode properties) {

        double value(ToDoubleFunction<String> measured) {
            Map<String, Double> values = new HashMap<>();
            Map<String, String> expressions = new HashMap<>();
            String shown = "";
            for (JsonNode metric : properties.get("metrics")) {
                JsonNode options = metric.get(metric.size() - 1);
                boolean isHidden = !options.path("visible").asBoolean(true);
                String id = options.path("id").asText("shown");
                if (options.has("expression")) {
                    expressions.put(id, options.get("expression").asText());
                    shown = isHidden ? shown : id;
                } else {
                    assertThat(isHidden).as(id).isTrue();
                    assertThat(values.put(
                                    id, measured.applyAsDouble(metric.get(1).asText())))
                            .as("ids are of one metric each: %s", id)
                            .isNull();
                    assertThat(options.get("stat").asText()).isEqualTo("Sum");
                }
            }
            return evaluate(expressions.get(shown), expressions, values);
        }

        double fixed() {
            return value(_ -> 0);
        }

        private static double evaluate(String text, Map<String, String> expressions, Map<String, Double> values) {
            String left = METRICS.matcher(text)
                    .replaceAll(found -> Double.toString(Double.parseDouble(found.group(2))
                            * values.entrySet().stream()
                                    .filter(value -> value.getKey().contains(found.group(1)))
                                    .mapToDouble(Map.Entry::getValue)
                                    .sum()));
            Matcher constant = CONSTANT.matcher(left);
            if (constant.matches()) {
                return Double.parseDouble(constant.group(1));
            }
            Matcher sum = SUM.matcher(left);
            assertThat(sum.matches()).as(left).isTrue();
            double all = 0;
            for (String term : sum.group(1).split(",")) {
                all += expressions.containsKey(term)
                        ? evaluate(expressions.get(term), expressions, values)
                        : Double.parseDouble(term);
            }
            return all;
        }
    }

    private static Widget total(Synthesized bus) throws IOException {
        for (JsonNode widget : widgets(bus)) {
            if (widget.at("/properties/title").asText().equals("Cost of the last hour, $")) {
                return new Widget(bus, widget.get("properties"));
            }
        }
        throw new AssertionError("no widget with the cost");
    }

    private static JsonNode widgets(Synthesized bus) throws IOException {
        JsonNode board = bus.one(
                "AWS::CloudWatch::Dashboard", "DashboardName", bus.config().prefix() + "-bus");
        return new ObjectMapper()
                .readTree(Resolver.of(bus.template()).text(board.get("DashboardBody")))
                .get("widgets");
    }
}
