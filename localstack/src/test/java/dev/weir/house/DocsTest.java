package dev.weir.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.bot.Bot;
import dev.weir.flow.Bus;
import dev.weir.functions.Wiring;
import dev.weir.functions.examples.PythonBank;
import dev.weir.functions.trigger.BotRows;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryStreams;
import dev.weir.model.Lanes;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the docs say about the code is true: their Java is the code's own, their links lead somewhere, their tests exist. */
class DocsTest {
    private static final Path ROOT =
            Path.of(System.getProperty("weir.root", "..")).toAbsolutePath().normalize();
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");
    private static final Pattern COMMAND = Pattern.compile("\\./weir ([a-z]+)");
    private static final Path CLI = ROOT.resolve("localstack/src/main/java/dev/weir/local/cli");
    private static final Pattern ROW = Pattern.compile("--item '(.*?)'", Pattern.DOTALL);
    private static final Pattern TEST = Pattern.compile("`([A-Za-z]+Test)\\.([A-Za-z0-9_]+)`");

    @Test
    void javaInTheReadmeIsTheLedgersOwn() throws IOException {
        assertIsTheSame("README.md", "functions/src/main/java/dev/weir/functions/ledger/Ledger.java");
    }

    @Test
    void javaOnTheTestingPageIsATestThatRuns() throws IOException {
        assertIsTheSame("docs/testing.md", "localstack/simulator/src/test/java/dev/weir/testkit/OrdersTest.java");
    }

    @Test
    void javaOnThePageOfPipelinesIsAnExampleThatRuns() throws IOException {
        assertIsTheSame("docs/pipelines.md", "functions/src/main/java/dev/weir/functions/examples/WordCount.java");
    }

    @ParameterizedTest
    @CsvSource({
        "word-count, WordCount",
        "stock-tracker, StockTracker",
        "stock-keeper, StockKeeper",
        "change-capture, PriceBoard",
        "load-balancing-and-fan-out, OrderDesk"
    })
    void javaOnThePageOfAnExampleIsTheExample(String page, String example) throws IOException {
        assertIsTheSame(
                "docs/examples/" + page + ".md",
                "functions/src/main/java/dev/weir/functions/examples/" + example + ".java");
    }

    @Test
    void javaOnThePageOfProgramsIsAnExampleThatRuns() throws IOException {
        assertIsTheSame("docs/programs.md", "functions/src/main/java/dev/weir/functions/examples/PythonBank.java");
    }

    /** The row that is put by hand says what the bus would: it is not written again. */
    @Test
    void theRowOnThePageOfProgramsIsThatOfTheExample() throws IOException {
        String text = found(ROW, Files.readString(ROOT.resolve("docs/programs.md")), 1)
                .getFirst();
        Bus bus = new Bus("weir", new Lanes(1));
        ManualTime time = new ManualTime(1_795_194_300_000L);
        MemoryItems items = new MemoryItems();
        JsonNode json = new ObjectMapper().readTree(text);
        Item row = Item.at(new Key(bus.cron(), json.at("/id/S").asText(), null))
                .with("lambdaName", json.at("/lambdaName/S").asText())
                .with("time", json.at("/time/S").asText())
                .with(
                        "triggers",
                        Attribute.of(
                                List.of(Attribute.of(json.at("/triggers/L/0/S").asText()))))
                .build();
        items.write(new Write.Put(row, Condition.ABSENT));

        List<String> written = new BotRows(
                        new Wiring(bus, items, new MemoryStreams(time), time), List.of(Bot.of(PythonBank.PIPELINE)))
                .write();

        assertThat(written).containsExactly("ingest");
    }

    @Test
    void javaOnThePageOfMigrationIsABotThatRuns() throws IOException {
        assertIsTheSame("docs/migrate-from-rstreams.md", "localstack/src/main/java/dev/weir/local/up/Denials.java");
    }

    /** Each `./weir` command on the runbook's pages is one that there is. */
    @ParameterizedTest
    @CsvSource({"runbook", "migrate-from-rstreams"})
    void commandsOnAPageExist(String page) throws IOException {
        List<String> named = found(COMMAND, Files.readString(ROOT.resolve("docs/" + page + ".md")), 1);

        assertThat(named).hasSizeGreaterThan(5).allSatisfy(name -> assertThat(
                        CLI.resolve(Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Command.java"))
                .exists());
    }

    /** Each paragraph of Java on a page stands in a source, white space aside. */
    private static void assertIsTheSame(String page, String source) throws IOException {
        String code = bare(Files.readString(ROOT.resolve(source)));

        List<String> blocks = found(JAVA, Files.readString(ROOT.resolve(page)), 1);

        assertThat(blocks).isNotEmpty();
        for (String block : blocks) {
            for (String part : block.split("\n\n", -1)) {
                assertThat(code).contains(bare(part));
            }
        }
    }

    @Test
    void linksLeadToFiles() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : pages()) {
            for (String link : found(LINK, Files.readString(page), 1)) {
                if (!Files.exists(page.resolveSibling(link))) {
                    dead.add(ROOT.relativize(page) + ": " + link);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"guarantees, 31", "rstreams, 31", "examples/change-capture, 2", "examples/load-balancing-and-fan-out, 1"
    })
    void testsThatAPageNamesExist(String page, int atLeast) throws IOException {
        Map<String, String> tests = tests();
        List<MatchResult> named = TEST.matcher(Files.readString(ROOT.resolve("docs/" + page + ".md")))
                .results()
                .toList();

        List<String> missing = named.stream()
                .filter(test -> !tests.getOrDefault(test.group(1), "").contains("void " + test.group(2) + "("))
                .map(MatchResult::group)
                .toList();

        assertThat(named).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(missing).isEmpty();
    }

    /** The source of each test by the name of its class. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        for (String module : List.of("bus-sdk", "functions", "localstack", "localstack/simulator")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(each -> each.toString().endsWith("Test.java"))
                        .toList()) {
                    String name = String.valueOf(file.getFileName());
                    tests.merge(
                            name.substring(0, name.length() - ".java".length()),
                            Files.readString(file),
                            String::concat);
                }
            }
        }
        return tests;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> root = Files.list(ROOT)) {
            return Stream.concat(docs, root)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static List<String> found(Pattern pattern, String text, int group) {
        return pattern.matcher(text).results().map(match -> match.group(group)).toList();
    }

    /** Without white space and visibility. */
    private static String bare(String code) {
        return code.replaceAll("\\b(public|private) ", "").replaceAll("\\s+", "");
    }
}
