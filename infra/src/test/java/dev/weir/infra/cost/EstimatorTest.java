package dev.weir.infra.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.bot.Bot;
import dev.weir.bot.BotProvider;
import dev.weir.bot.Bots;
import dev.weir.functions.ledger.Ledger;
import dev.weir.graph.Decoded;
import dev.weir.graph.Graph;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.graph.State;
import dev.weir.infra.BotConfig;
import dev.weir.infra.BusConfig;
import dev.weir.infra.BusConfig.Encryption;
import dev.weir.infra.cost.Estimate.Owner;
import dev.weir.infra.cost.Estimate.Part;
import dev.weir.infra.lint.Declared;
import dev.weir.infra.lint.Lint;
import dev.weir.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What bots cost, in small batches so that whole times between two writings of rows are quick. */
class EstimatorTest {
    private static final BusConfig CONFIG = BusConfig.of("shop");
    private static final Bot LEDGER = Bot.of(Ledger.GRAPH);
    private static final Load SMALL = load(10);

    private static Load load(int batch) {
        return new Load(1_000, 60, 20, OptionalInt.of(batch));
    }

    private static Estimate estimate(BusConfig config, Load load, Bot... bots) {
        return new Estimator(Prices.bundled(), config, Map.of()).estimate(List.of(bots), load);
    }

    private static Owner owner(Estimate estimate, String name) {
        return estimate.owners().stream()
                .filter(owner -> owner.bot().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not in the estimate: " + name + " in " + estimate.owners()));
    }

    private static double perMillion(Owner owner, String resource) {
        return owner.parts().stream()
                .filter(part -> part.resource().equals(resource))
                .mapToDouble(Part::perMillion)
                .sum();
    }

    @Test
    void aCommitOfTheLedgerIsFourSmallItemsInATransaction() {
        Owner ledger = owner(estimate(CONFIG, SMALL, LEDGER), "ledger");
        // Checkpoint, journal, chunk of outcomes and head of their queue, each within a kilobyte, twice: 8 units for 10
        // events.
        assertThat(perMillion(ledger, "dynamodb commits")).isCloseTo(800_000, within(1.0));
        // Each journal item is deleted once, by itself.
        assertThat(perMillion(ledger, "dynamodb deletes")).isCloseTo(100_000, within(5_000.0));
        assertThat(perMillion(ledger, "lambda requests")).isCloseTo(100_000, within(1.0));
        assertThat(ledger.dollarsPerMillion())
                .isCloseTo(
                        ledger.parts().stream()
                                .mapToDouble(Part::dollarsPerMillion)
                                .sum(),
                        within(1e-9));
    }

    @Test
    void theSameLoadIsTheSameEstimate() {
        assertThat(estimate(CONFIG, SMALL, LEDGER)).isEqualTo(estimate(CONFIG, SMALL, LEDGER));
    }

    @Test
    void largerBatchesAreCheaperAndLargerEventsDearer() {
        double small = owner(estimate(CONFIG, SMALL, LEDGER), "ledger").dollarsPerMillion();
        assertThat(owner(estimate(CONFIG, load(40), LEDGER), "ledger").dollarsPerMillion())
                .isLessThan(small / 2);
        Load large = new Load(1_000, 1_000, 20, OptionalInt.of(10));
        assertThat(owner(estimate(CONFIG, large, LEDGER), "ledger").dollarsPerMillion())
                .isGreaterThan(small);
    }

    @Test
    void lanesMakeCommitsOfTheirOwnAndAreDearer() {
        double one = owner(estimate(CONFIG, SMALL, LEDGER), "ledger").dollarsPerMillion();
        double eight =
                owner(estimate(CONFIG.withLanes(8), SMALL, LEDGER), "ledger").dollarsPerMillion();
        assertThat(eight).isGreaterThan(2 * one);
    }

    @Test
    void aBotOnAQueueGetsWhatTheOneBeforeWroteAndWakingItIsBilled() {
        Bot copy = Bot.of(Bots.enrich("copy", Ledger.DECIDED, "copied", event -> List.of(event.payload())));
        Estimate estimate = estimate(CONFIG, SMALL, LEDGER, copy);
        assertThat(owner(estimate, "copy").eventsPerSecond()).isCloseTo(1_000, within(50.0));
        assertThat(owner(estimate, "copy").units().events()).isGreaterThan(1_000);
        assertThat(perMillion(owner(estimate, "copy"), "dynamodb reads")).isPositive();
        assertThat(owner(estimate, "heads").dollarsPerMillion()).isPositive();
        assertThat(owner(estimate, "cron").dollarsPerMillion()).isPositive();
    }

    @Test
    void aQueueThatNoBotWritesIsFedThroughTheStreamOfTheBus() {
        Bot copy = Bot.of(Bots.enrich("copy", "orders", "copied", event -> List.of(event.payload())));
        Map<String, Sample> samples = Map.of("copy", (number, _) -> Json.of("{\"n\":" + number + "}"));
        Estimate estimate = new Estimator(Prices.bundled(), CONFIG, samples).estimate(List.of(copy), SMALL);
        assertThat(owner(estimate, "ingest").eventsPerSecond()).isCloseTo(1_000, within(50.0));
        assertThat(owner(estimate, "copy").dollarsPerMillion()).isPositive();
        assertThat(perMillion(owner(estimate, "queue orders"), "kinesis puts")).isPositive();
    }

    @Test
    void whatActsOutsideIsNotRunAndSaidToBeMissing() {
        AtomicLong sent = new AtomicLong();
        Bot mails = Bot.of(Bots.offload("mails", Ledger.DECIDED, _ -> sent.incrementAndGet()));
        Estimate estimate = estimate(CONFIG, SMALL, LEDGER, mails);
        assertThat(sent).hasValue(0);
        assertThat(estimate.notes()).singleElement().asString().contains("mails");
    }

    @Test
    void aBotWithoutASampleIsSaidToBeMissing() {
        Graph<?, ?, ?> graph = Graph.named("mine")
                .readFrom(Source.stream("mine", Decoded::value))
                .forEach((text, _) -> text)
                .writeTo(Sink.queue("mine.done", text -> text));
        assertThat(estimate(CONFIG, SMALL, Bot.of(graph)).notes())
                .singleElement()
                .asString()
                .contains("mine", "sample");
    }

    @Test
    void theMessageOfABotThatCannotDoItsSampleNamesIt() {
        Map<String, Sample> samples = Map.of("fails", (number, _) -> Json.of("{\"n\":" + number + "}"));
        Graph<?, ?, ?> fails = Graph.named("fails")
                .readFrom(Source.stream("fails", Decoded::value))
                .keyBy(Json::toString)
                .mapWith(Ledger.GRAPH.table(), (Json text, State<BigDecimal> _) -> {
                    throw new IllegalStateException("no: " + text);
                })
                .writeTo(Sink.queue("fails.done", _ -> Json.of("1")));
        assertThatThrownBy(() ->
                        new Estimator(Prices.bundled(), CONFIG, samples).estimate(List.of(Bot.of(fails)), load(20)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bot=fails");
    }

    @Test
    void idleIsShardsAndClocksAndAKey() {
        Estimate idle = estimate(CONFIG, SMALL);
        assertThat(idle.owners()).isEmpty();
        // One shard of the bus's stream, kept for seven days: 730 hours of 0.015 and 0.020.
        assertThat(idle.idle().getFirst().dollarsPerMonth()).isCloseTo(25.55, within(0.001));
        double more =
                estimate(CONFIG.withEncryption(Encryption.CUSTOMER_KEY), SMALL).idleDollarsPerMonth();
        assertThat(more).isCloseTo(idle.idleDollarsPerMonth() + 1, within(0.001));
        double twoShards = estimate(CONFIG.withStreams(new BusConfig.Streams.Provisioned(2)), SMALL)
                .idleDollarsPerMonth();
        assertThat(twoShards).isCloseTo(idle.idleDollarsPerMonth() + 25.55, within(0.001));
    }

    @Test
    void oneBotIsEstimatedWithTheStreamThatItReads() {
        Estimate only =
                new Estimator(Prices.bundled(), CONFIG, Map.of()).estimate(BotProvider.found(), "ledger", SMALL);
        assertThat(only.owners().stream().map(Owner::bot)).containsExactly("ledger", "stream transfers");
    }

    @Test
    void theTextSaysWhereTheMoneyGoesAndThatPricesAreToBeVerified() {
        Estimate estimate = estimate(CONFIG, SMALL, LEDGER);
        assertThat(owner(estimate, "ledger").whereItGoes()).contains("dynamodb commits", "a commit holds 10 events");
        assertThat(EstimateText.table(estimate)).contains("ledger", "when idle", "verify before quoting", "2026-11");
        assertThat(EstimateText.json(estimate).toString())
                .startsWith("{\"region\":\"us-east-1\"")
                .contains("\"ledger\"");
    }

    @Test
    void aPriceThatIsMissingIsNamed() {
        assertThatThrownBy(() -> Prices.of(new Properties()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kinesis.shardHour");
    }

    @Test
    void nothingHereNeedsTheCdk() throws IOException {
        for (Class<?> type : List.of(
                Estimator.class,
                Trial.class,
                Bill.class,
                IdleBill.class,
                TrialGroups.class,
                BusConfig.class,
                BotConfig.class,
                Lint.class,
                Declared.class)) {
            try (InputStream in = type.getResourceAsStream(
                    type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class")) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                        .as(type.getName())
                        .doesNotContain("software/amazon/awscdk", "software/constructs", "software/amazon/jsii");
            }
        }
    }
}
