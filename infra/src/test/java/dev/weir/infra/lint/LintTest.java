package dev.weir.infra.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.bot.Bot;
import dev.weir.bot.BotProvider;
import dev.weir.bot.Bots;
import dev.weir.graph.Decoded;
import dev.weir.graph.Graph;
import dev.weir.graph.Output;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.graph.StateCodec;
import dev.weir.graph.Table;
import dev.weir.infra.BotConfig;
import dev.weir.infra.BusConfig;
import dev.weir.infra.cost.Budget;
import dev.weir.infra.cost.Load;
import dev.weir.infra.cost.Sample;
import dev.weir.infra.lint.Declared.Distribution;
import dev.weir.infra.lint.Declared.Failures;
import dev.weir.model.Json;
import dev.weir.pipeline.Codec;
import dev.weir.pipeline.End;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Stage;
import dev.weir.pipeline.To;
import dev.weir.pipeline.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule with a bus that breaks it, and the same bus mended. */
class LintTest {
    private static final BusConfig CONFIG = BusConfig.of("shop");
    private static final BusConfig LANES = CONFIG.withLanes(8);

    /** A bus, what was chosen for it, and what its author says. */
    private record Case(List<Bot> bots, BusConfig config, Declared declared) {
        List<Finding> check(Rule rule) {
            return Lint.check(bots, config, declared).stream()
                    .filter(finding -> finding.rule() == rule)
                    .toList();
        }
    }

    /** @param step that the finding must name */
    private record Pair(Case wrong, String bot, String step, Case mended) {}

    private static final StateCodec<String> TEXT = new StateCodec<>() {
        @Override
        public Json encode(String value) {
            return Json.of(Json.quoted(value));
        }

        @Override
        public String decode(Json text) {
            return text.toString().substring(1, text.length() - 1);
        }

        @Override
        public int encodedBytesMax(String value) {
            return 3 * value.length() + 2;
        }
    };

    private static final Map<Rule, Pair> PAIRS = pairs();

    private static Map<Rule, Pair> pairs() {
        Map<Rule, Pair> pairs = new EnumMap<>(Rule.class);
        Bot orders = Bot.of(ordered("orders", "orders", Duration.ofSeconds(30)));
        pairs.put(
                Rule.ORDER_BEHIND_PARALLELIZATION,
                onConfig(orders, "orderBy", BotConfig.DEFAULT.withParallelization(4), BotConfig.DEFAULT));
        pairs.put(
                Rule.RETRIES_END,
                onConfig(orders, "readFrom stream orders", BotConfig.DEFAULT.withRetries(3), BotConfig.DEFAULT));
        pairs.put(
                Rule.RETENTION_UNDER_RETRIES,
                onConfig(
                        orders,
                        "readFrom stream orders",
                        BotConfig.DEFAULT.withRecordAgeMax(Duration.ofDays(7)),
                        BotConfig.DEFAULT.withRecordAgeMax(Duration.ofDays(6))));
        pairs.put(
                Rule.TIMEOUT_BELOW_RESERVE,
                onConfig(
                        orders,
                        "readFrom stream orders",
                        BotConfig.DEFAULT.withTimeout(Duration.ofSeconds(2)),
                        BotConfig.DEFAULT));
        BusConfig givesUp = CONFIG.withBot("orders", BotConfig.DEFAULT.withRetries(3));
        pairs.put(
                Rule.FAILURES_WITHOUT_PAYLOAD,
                new Pair(
                        new Case(List.of(orders), givesUp, Declared.DEFAULT.withFailures(Failures.POSITION_ONLY)),
                        "orders",
                        "readFrom stream orders",
                        new Case(List.of(orders), givesUp, Declared.DEFAULT)));
        pairs.put(
                Rule.BATCH_OVER_TIMEOUT,
                onDeclared(
                        orders,
                        "orders",
                        "readFrom stream orders",
                        Declared.DEFAULT.withEventTime("orders", Duration.ofMillis(100)),
                        Declared.DEFAULT.withEventTime("orders", Duration.ofNanos(1_000_000))));
        pairs.put(
                Rule.DISTRIBUTION_AUTO,
                onDeclared(
                        orders,
                        Silence.BUS,
                        "stream",
                        Declared.DEFAULT.withDistribution(Distribution.AUTO),
                        Declared.DEFAULT));
        pairs.put(
                Rule.ALARM_MISSING,
                onDeclared(orders, "orders", "function", Declared.DEFAULT.withAlarms(false), Declared.DEFAULT));
        pairs.put(
                Rule.TICK_MISSING,
                onDeclared(
                        orders,
                        "orders",
                        "readFrom stream orders",
                        Declared.DEFAULT.withTick(false),
                        Declared.DEFAULT));
        pairs.put(
                Rule.SPAN_OVER_RETENTION,
                new Pair(
                        on(Bot.of(ordered("orders", "orders", Duration.ofDays(8)))),
                        "orders",
                        "orderBy",
                        on(Bot.of(ordered("orders", "orders", Duration.ofDays(7))))));
        pairs.put(Rule.COMMIT_OVER_ITEMS, new Pair(on(Bot.of(fanning(50))), "fan", "writeTo", on(Bot.of(fanning(40)))));
        Bot mails = Bot.of(Bots.offload("mails", "orders.done", _ -> {}));
        pairs.put(
                Rule.SINK_NOT_IDEMPOTENT,
                onDeclared(mails, "mails", "forEach", Declared.DEFAULT, Declared.DEFAULT.withIdempotent("mails")));
        Sample one = (_, _) -> Json.of("{\"item\":\"i\"}");
        Sample many = (number, _) -> Json.of("{\"item\":\"i" + number % 100 + "\"}");
        Bot items = Bot.of(byItem("items", "items"));
        pairs.put(
                Rule.HOT_KEY,
                new Pair(
                        new Case(List.of(items), LANES, Declared.DEFAULT.withSample("items", one)),
                        "items",
                        "keyBy",
                        new Case(List.of(items), LANES, Declared.DEFAULT.withSample("items", many))));
        Bot left = Bot.of(shared("left", "both"));
        Bot right = Bot.of(shared("right", "both"));
        pairs.put(
                Rule.CONTENDED_QUEUE,
                new Pair(
                        new Case(List.of(left), LANES, Declared.DEFAULT),
                        "left",
                        "writeTo both",
                        new Case(List.of(left), CONFIG, Declared.DEFAULT)));
        pairs.put(
                Rule.CONTENDED_BY_BOTS,
                new Pair(
                        new Case(List.of(left, right), LANES, Declared.DEFAULT),
                        "left",
                        "writeTo both",
                        new Case(List.of(left, right), CONFIG, Declared.DEFAULT)));
        pairs.put(
                Rule.QUEUE_OWNED_TWICE,
                new Pair(
                        on(
                                Bot.of(ordered("a", "one", Duration.ofSeconds(1))),
                                Bot.of(ordered("b", "two", Duration.ofSeconds(1)))),
                        "a",
                        "writeTo orders.done",
                        on(left, right)));
        pairs.put(
                Rule.IDLE_SHARDS,
                new Pair(
                        new Case(
                                List.of(orders),
                                CONFIG.withStreams(new BusConfig.Streams.Provisioned(2)),
                                Declared.DEFAULT),
                        Silence.BUS,
                        "stream",
                        new Case(
                                List.of(orders),
                                LANES.withStreams(new BusConfig.Streams.Provisioned(2)),
                                Declared.DEFAULT)));
        pairs.put(
                Rule.RETENTION_SHORT,
                new Pair(
                        new Case(List.of(orders), CONFIG.withStreamRetention(Duration.ofDays(1)), Declared.DEFAULT),
                        Silence.BUS,
                        "stream",
                        on(orders)));
        pairs.put(Rule.QUEUE_UNREAD, new Pair(on(orders), "orders", "writeTo orders.done", on(orders, mails)));
        pairs.put(
                Rule.QUEUE_UNWRITTEN, new Pair(on(mails), "mails", "readFrom queues [orders.done]", on(orders, mails)));
        pairs.put(
                Rule.CYCLE,
                new Pair(
                        on(hop("there", "a", "b"), hop("back", "b", "a")),
                        "back",
                        "graph",
                        on(hop("there", "a", "b"), hop("on", "b", "c"))));
        pairs.put(
                Rule.SHARED_READS,
                new Pair(
                        on(Bot.of(byItem("x", "items")), Bot.of(byItem("y", "items"))),
                        Silence.BUS,
                        "readFrom stream items",
                        on(Bot.of(byItem("x", "items")), Bot.of(byItem("y", "others")))));
        pairs.put(
                Rule.CONFIG_UNUSED,
                new Pair(
                        new Case(List.of(orders), CONFIG.withBot("order", BotConfig.DEFAULT), Declared.DEFAULT),
                        "order",
                        "config",
                        new Case(List.of(orders), CONFIG.withBot("orders", BotConfig.DEFAULT), Declared.DEFAULT)));
        pairs.put(
                Rule.SILENCE_UNUSED,
                onDeclared(
                        orders,
                        "orders",
                        "silence",
                        Declared.DEFAULT.silencing("cycle", "orders", "it ends"),
                        Declared.DEFAULT.silencing("queue-unread", "orders", "people look at it")));
        Load load = new Load(1_000, 50, 10, OptionalInt.of(100));
        Declared sampled = Declared.DEFAULT.withSample("items", many);
        pairs.put(
                Rule.OVER_BUDGET,
                onDeclared(
                        items,
                        "items",
                        "cost",
                        sampled.withBudget(Budget.of(0.01, load)),
                        sampled.withBudget(Budget.of(10, load))));
        return pairs;
    }

    private static Case on(Bot... bots) {
        return new Case(List.of(bots), CONFIG, Declared.DEFAULT);
    }

    private static Pair onConfig(Bot bot, String step, BotConfig wrong, BotConfig mended) {
        return new Pair(
                new Case(List.of(bot), CONFIG.withBot(bot.name(), wrong), Declared.DEFAULT),
                bot.name(),
                step,
                new Case(List.of(bot), CONFIG.withBot(bot.name(), mended), Declared.DEFAULT));
    }

    private static Pair onDeclared(Bot bot, String who, String step, Declared wrong, Declared mended) {
        return new Pair(new Case(List.of(bot), CONFIG, wrong), who, step, new Case(List.of(bot), CONFIG, mended));
    }

    // ------------------------------------------------------------------ bots

    private static Table<String> table() {
        return Table.of("seen", TEXT, "", (one, other) -> one + other);
    }

    private static Decoded<String> item(Json text) {
        return Decoded.value(text.toString());
    }

    private static Graph<String, String, String> ordered(String name, String stream, Duration deadline) {
        return Graph.named(name)
                .readFrom(Source.stream(stream, LintTest::item))
                .keyBy(text -> text)
                .dedupeBy(_ -> Optional.empty(), Duration.ofHours(1))
                .orderBy(_ -> OptionalLong.empty(), deadline)
                .mapWith(table(), (text, _) -> text)
                .writeTo(Sink.queue("orders.done", text -> Json.of(text)));
    }

    private static Graph<String, String, String> byItem(String name, String stream) {
        return Graph.named(name)
                .readFrom(Source.stream(stream, LintTest::item))
                .keyBy(text -> text)
                .mapWith(table(), (text, seen) -> {
                    seen.put(text, "1");
                    return text;
                })
                .writeTo(Sink.queue(name + ".done", text -> Json.of(text)));
    }

    private static Pipeline shared(String name, String queue) {
        return Pipeline.of(
                name, Pipeline.from(Feed.stream(name + "s", Codec.json())).to(To.sharedQueue(queue, Codec.json())));
    }

    private static Bot hop(String name, String in, String out) {
        return Bot.of(
                Pipeline.of(name, Pipeline.from(Feed.queue(in, Codec.json())).to(To.queue(out, Codec.json()))));
    }

    private static Pipeline fanning(int queues) {
        Stage<Json> stage = Pipeline.from(Feed.stream("fans", Codec.json()));
        End[] ends = new End[queues];
        Arrays.setAll(ends, i -> stage.to(To.queue("fan." + i, Codec.json())));
        return Pipeline.of("fan", ends);
    }

    // ------------------------------------------------------------------ each rule

    @ParameterizedTest
    @EnumSource(Rule.class)
    void eachRuleFindsABusThatBreaksItAndNamesBotAndStep(Rule rule) {
        Pair pair = PAIRS.get(rule);
        assertThat(pair).as("a bus that breaks the rule").isNotNull();
        List<Finding> found = pair.wrong().check(rule);
        assertThat(found).as(rule.id()).isNotEmpty();
        assertThat(found.getFirst().bot()).isEqualTo(pair.bot());
        assertThat(found.getFirst().step()).isEqualTo(pair.step());
        assertThat(found.getFirst().text()).contains(rule.why(), rule.mend(), pair.bot(), pair.step());
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void eachRuleIsSilentOnceTheBusIsMended(Rule rule) {
        assertThat(PAIRS.get(rule).mended().check(rule)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Rule.class, mode = EnumSource.Mode.EXCLUDE, names = "SILENCE_UNUSED")
    void eachFindingCanBeSilencedWithAReason(Rule rule) {
        Case wrong = PAIRS.get(rule).wrong();
        Declared declared = wrong.declared();
        for (Finding finding : wrong.check(rule)) {
            declared = declared.silencing(rule.id(), finding.bot(), "it is wanted");
        }
        Case silenced = new Case(wrong.bots(), wrong.config(), declared);
        assertThat(silenced.check(rule)).isEmpty();
        assertThat(silenced.check(Rule.SILENCE_UNUSED)).isEmpty();
    }

    // ------------------------------------------------------------------ single ones

    @Test
    void aBatchThatIsTooLongByTheDefaultTimeIsAWarningAndSaysSo() {
        BusConfig slow =
                CONFIG.withBot("orders", BotConfig.DEFAULT.withMemoryMb(128).withTimeout(Duration.ofSeconds(4)));
        List<Finding> found = new Case(
                        List.of(Bot.of(ordered("orders", "orders", Duration.ofSeconds(1)))), slow, Declared.DEFAULT)
                .check(Rule.BATCH_OVER_TIMEOUT);
        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.isError()).isFalse();
            assertThat(finding.what()).contains("(default)");
        });
    }

    @Test
    void aCommitThatMayBeTooLargeIsAWarningAndOneThatMustBeAnError() {
        assertThat(on(Bot.of(fanning(49))).check(Rule.COMMIT_OVER_ITEMS))
                .singleElement()
                .matches(finding -> !finding.isError());
        assertThat(on(Bot.of(fanning(50))).check(Rule.COMMIT_OVER_ITEMS))
                .singleElement()
                .matches(Finding::isError);
    }

    @Test
    void aWindowThatReachesBackFurtherThanTheStreamIsNamedByItsStep() {
        Pipeline weeks = Pipeline.of(
                "weeks",
                Pipeline.from(Feed.stream("items", Codec.json()))
                        .keyBy(Json::toString)
                        .window(Window.tumbling(Duration.ofDays(8)), Codec.json())
                        .count("week")
                        .to(To.nothing()));
        assertThat(on(Bot.of(weeks)).check(Rule.SPAN_OVER_RETENTION))
                .singleElement()
                .matches(finding -> finding.step().equals("week"));
    }

    @Test
    void aKeyThatTheTableSpreadsIsNotHot() {
        Sample sweep = (number, _) -> Json.of("\"sweep\"");
        Graph<String, String, String> spread = Graph.named("spread")
                .readFrom(Source.stream("items", LintTest::item))
                .keyBy(text -> text)
                .mapWith(table().spreading("\"sweep\""), (text, _) -> text)
                .writeTo(Sink.queue("spread.done", text -> Json.of(text)));
        assertThat(new Case(List.of(Bot.of(spread)), LANES, Declared.DEFAULT.withSample("spread", sweep))
                        .check(Rule.HOT_KEY))
                .isEmpty();
    }

    @Test
    void aBotThatEnrichesIsNotTakenForOneThatActsOutside() {
        Bot enrich = Bot.of(Bots.enrich("more", "orders.done", "orders.more", event -> List.of(event.payload())));
        assertThat(on(enrich).check(Rule.SINK_NOT_IDEMPOTENT)).isEmpty();
    }

    @Test
    void aQueueOfParkedEventsOfAnotherBotIsWritten() {
        Bot mails = Bot.of(Bots.offload("mails", "orders.parked", _ -> {}));
        assertThat(on(mails, Bot.of(ordered("orders", "orders", Duration.ofSeconds(1))))
                        .check(Rule.QUEUE_UNWRITTEN))
                .isEmpty();
    }

    @Test
    void sinksOfUnknownQueuesSayNothingOfQueues() {
        Graph<String, ?, String> any = Graph.named("any")
                .readFrom(Source.stream("items", LintTest::item))
                .forEach((text, _) -> text)
                .writeTo(Sink.queues(text -> List.of(new Output.Payload(text.toString(), Json.of("1")))));
        assertThat(Lint.check(List.of(Bot.of(any)), CONFIG)).isEmpty();
    }

    @Test
    void errorsComeFirstAndEndTheSynthesis() {
        Case wrong = PAIRS.get(Rule.RETRIES_END).wrong();
        List<Finding> found = Lint.check(wrong.bots(), wrong.config());
        assertThat(found.getFirst().isError()).isTrue();
        assertThat(found.getLast().isError()).isFalse();
        assertThatThrownBy(() -> Lint.refuseErrors(found))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("retries-end");
        Lint.refuseErrors(found.stream().filter(finding -> !finding.isError()).toList());
    }

    @Test
    void theBotsThatComeWithWeirHaveNoErrors() {
        assertThat(Lint.check(BotProvider.found(), LANES).stream().filter(Finding::isError))
                .isEmpty();
    }

    @Test
    void aSilenceOfARuleThatIsNoneSaysSo() {
        Declared typo = Declared.DEFAULT.silencing("cycles", "orders", "it ends");
        assertThat(Lint.check(List.of(), CONFIG, typo)).singleElement().matches(finding -> finding.what()
                .contains("no such rule"));
        assertThatThrownBy(() -> new Silence("cycle", "orders", " ")).isInstanceOf(IllegalArgumentException.class);
    }

    // ------------------------------------------------------------------ the page

    @Test
    void thePageHasARowForEachRuleAndNoOther() throws IOException {
        Path page = Path.of(System.getProperty("weir.root", "..")).resolve("docs/lint.md");
        List<String> rows = Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        List<String> wanted = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            wanted.add("| `" + rule.id() + "` | " + rule.severity().name().toLowerCase(Locale.ROOT) + " |");
        }
        assertThat(rows.stream()
                        .map(row -> row.substring(0, row.indexOf('|', row.indexOf('|', 1) + 1) + 1))
                        .collect(Collectors.toList()))
                .isEqualTo(wanted);
    }
}
