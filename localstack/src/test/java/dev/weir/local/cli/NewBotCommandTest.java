package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** {@code ./weir new bot}: what it makes compiles and passes its own test; what it cannot make leaves nothing behind. */
@Timeout(300)
class NewBotCommandTest {
    private static final Path ROOT = Path.of(System.getProperty("weir.root", ".."));
    private static final Path ARCHETYPE = ROOT.resolve("functions/archetype");
    private static final Pattern PLUGIN =
            Pattern.compile("<artifactId>(maven-\\w+-plugin)</artifactId>\\s*<version>([^<]*)</version>");

    @TempDir
    Path folder = Path.of("");

    // ------------------------------------------------------------------ what it makes

    @ParameterizedTest
    @CsvSource({
        "totals, bots, stream:orders, Totals",
        "invoices-by-2-id-9, com.shop_1.bots, queue:orders.paid, InvoicesBy2Id9",
        "switch, bots, stream:a-b.c_d, Switch"
    })
    void theModuleCompilesAndPassesItsTestWithFaults(String name, String packageName, String reads, String className)
            throws Exception {
        GeneratedModule module = made(name, packageName, reads, className);
        module.compile();

        TestExecutionSummary ran = module.test();

        assertThat(ran.getFailures()).isEmpty();
        assertThat(ran.getTestsSucceededCount()).isEqualTo(2);
    }

    @Test
    void theModulesTestFailsIfTheBotIsWrong() throws Exception {
        GeneratedModule module = made("totals", "bots", "stream:orders", "Totals");
        Path source = module.folder().resolve("src/main/java/bots/Totals.java");
        String wrong = Files.readString(source).replaceAll("\\.dedupeBy\\(.*\\)\n", "\n");
        Files.writeString(source, wrong.replace("import java.time.Duration;\nimport java.util.Optional;\n", ""));
        module.compile();

        assertThat(module.test().getFailures())
                .singleElement()
                .extracting(failure -> failure.getTestIdentifier().getDisplayName())
                .isEqualTo("showsWhatComesOut()");
    }

    @Test
    void saysHowItGoesOn() {
        Path module = folder.resolve("totals");

        Weir.Ran ran = run("totals", "--dir", module.toString(), "--reads", "queue:orders.paid");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .startsWith("made " + module + ": a bot that reads the queue orders.paid, and its test")
                .contains("  cd " + module, "  mvn verify")
                .anyMatch(line -> line.endsWith("weir up --bots target/totals.jar"))
                .anyMatch(line -> line.endsWith("weir put orders.paid"))
                .anyMatch(line -> line.endsWith("weir read totals.totals --from beginning"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "queue"})
    void theArchetypeMakesTheSame(String project) throws IOException {
        Path projects = ARCHETYPE.resolve("target/test-classes/projects").resolve(project);
        assumeTrue(Files.exists(projects.resolve("project")), "mvn verify of functions/archetype makes it");
        Properties properties = new Properties();
        try (var in = Files.newInputStream(projects.resolve("archetype.properties"))) {
            properties.load(in);
        }
        String name = properties.getProperty("artifactId");
        Path archetypes = projects.resolve("project").resolve(name);

        GeneratedModule ours = made(
                name,
                properties.getProperty("package"),
                properties.getProperty("feed") + ":" + properties.getProperty("feedName"),
                properties.getProperty("className"));

        assertThat(GeneratedModule.files(ours.folder())).isEqualTo(GeneratedModule.files(archetypes));
        for (String file : GeneratedModule.files(archetypes)) {
            assertThat(ours.folder().resolve(file)).hasSameTextualContentAs(archetypes.resolve(file));
        }
    }

    @Test
    void theModuleIsBuiltByThePluginsThatBuildWeir() throws IOException {
        GeneratedModule module = made("totals", "bots", "stream:orders", "Totals");

        assertThat(plugins(ROOT)).containsAll(plugins(module.folder()));
        assertThat(plugins(module.folder())).hasSize(6);
    }

    private static List<String> plugins(Path folder) throws IOException {
        return PLUGIN.matcher(Files.readString(folder.resolve("pom.xml")))
                .results()
                .map(MatchResult::group)
                .map(plugin -> plugin.replaceAll("\\s", ""))
                .toList();
    }

    @Test
    void anEmptyFolderIsUsed() throws IOException {
        Weir.Ran ran = run("totals", "--dir", folder.toString());

        assertThat(ran.err()).isEmpty();
        assertThat(GeneratedModule.files(folder))
                .containsExactly(
                        "README.md",
                        "pom.xml",
                        "src/main/java/bots/Totals.java",
                        "src/main/java/bots/TotalsBots.java",
                        "src/main/resources/META-INF/services/dev.weir.bot.BotProvider",
                        "src/test/java/bots/TotalsTest.java");
    }

    // ------------------------------------------------------------------ what it refuses

    private static final String NAMES =
            "weir: NAME must be 1 to 39 lower-case letters, digits and single dashes, beginning with a letter: NAME=";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2totals               | " + NAMES + "2totals",
                "-totals               | weir: Missing required parameter: 'NAME'; see ./weir new bot --help",
                "totals-               | " + NAMES + "totals-",
                "the--totals           | " + NAMES + "the--totals",
                "shop.totals           | " + NAMES + "shop.totals",
                "Totals                | " + NAMES + "Totals",
                "my_totals             | " + NAMES + "my_totals",
                "ıtotals               | " + NAMES + "ıtotals",
                "../totals             | " + NAMES + "../totals",
                "a2345678901234567890123456789012345678901 | " + NAMES,
                "order                 | weir: the bot's class would be called Order, which another class is already",
                "total                 | weir: the bot's class would be called Total, which another class is already",
                "pipeline              | weir: the bot's class would be called Pipeline, which another class is already",
                "class                 | weir: the bot's class would be called Class, which another class is already",
                "ledger                | weir: there is a bot of this name, choose another: NAME=ledger taken=[",
                "denials               | weir: there is a bot of this name, choose another: NAME=denials taken=[",
                "cron-tick             | weir: there is a bot of this name, choose another: NAME=cron-tick taken=[",
                "t --package my.new.b  | weir: --package must be a Java package, and no word of it one of Java's own: --package=my.new.b",
                "t --package 1.a       | weir: --package must be a Java package, and no word of it one of Java's own: --package=1.a",
                "t --package a..b      | weir: --package must be a Java package, and no word of it one of Java's own: --package=a..b",
                "t --package java.bots | weir: the packages of java are closed to others: --package=java.bots",
                "t --reads orders      | weir: --reads must be stream:NAME or queue:NAME: --reads=orders",
                "t --reads topic:a     | weir: --reads must be stream:NAME or queue:NAME: --reads=topic:a",
                "t --reads queue:      | weir: --reads: queue name must be 1 to 100 letters",
                "t --reads stream:a$b  | weir: --reads: stream name must be 1 to 100 letters",
                "t --reads stream:bus  | weir: into this stream comes what is put into queues, read one of them",
                "t --dir FOLDER        | weir: the folder has something in it, choose another with --dir: --dir=FOLDER",
                "t --dir FOLDER/file   | weir: there is a file in the folder's place, choose another with --dir",
                "t --dir FOLDER/file/t | weir: no folder can be made there: --dir=FOLDER/file/t in=FOLDER/file"
            })
    void isOneClearLineAndNothingIsLeftBehind(String call, String expected) throws IOException {
        Files.createFile(folder.resolve("file"));
        String arguments = call.contains("--dir") ? call : call + " --dir FOLDER/module";

        Weir.Ran ran = run(arguments.replace("FOLDER", folder.toString()).split(" +"));

        assertThat(ran.err()).singleElement().asString().startsWith(expected.replace("FOLDER", folder.toString()));
        assertThat(ran.exitCode()).isEqualTo(Main.USAGE);
        assertThat(ran.out()).isEmpty();
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left).containsExactly(folder, folder.resolve("file"));
        }
    }

    @Test
    void aFileThatCannotBeWrittenTakesTheOthersWithIt() throws IOException {
        Path module = folder.resolve("a/b/module");
        NewFolder made = NewFolder.at(module);
        Files.createDirectories(module.getParent());

        try {
            made.write(
                    new TreeMap<>(Map.of(Path.of("deep/down/file"), "text", Path.of("deep/down/file/below"), "text")));
        } catch (IOException e) {
            assertThat(folder.resolve("a/b")).isEmptyDirectory();
            return;
        }
        throw new AssertionError("a file below a file was written");
    }

    // ------------------------------------------------------------------ the libraries

    @Test
    void theLibrariesAreInstalledBeforeAnythingIsMade() throws IOException {
        Weir.Ran ran = runWith("#!/bin/sh\n[ ! -e '" + folder.resolve("module") + "' ] && echo \"$*\" > '"
                + folder.resolve("called") + "'\n");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(folder.resolve("called")).hasContent("install");
        assertThat(folder.resolve("module/pom.xml")).exists();
    }

    @Test
    void nothingIsMadeIfTheyCannotBeInstalled() throws IOException {
        Weir.Ran ran = runWith("#!/bin/sh\nexit 2\n");

        assertThat(ran.err()).containsExactly("weir: Weir's libraries could not be installed, so nothing was made");
        assertThat(ran.exitCode()).isEqualTo(Main.FAILED);
        assertThat(folder.resolve("module")).doesNotExist();
    }

    /** A Weir with another launch script. */
    private Weir.Ran runWith(String script) throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        Files.copy(ROOT.resolve("pom.xml"), root.resolve("pom.xml"));
        Path template = Path.of("functions/archetype/src/main/resources/archetype-resources");
        for (String file : GeneratedModule.files(ROOT.resolve(template))) {
            Path copy = root.resolve(template).resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(ROOT.resolve(template).resolve(file), copy);
        }
        Path weir = Files.writeString(root.resolve("weir"), script);
        Files.setPosixFilePermissions(weir, PosixFilePermissions.fromString("rwxr-xr-x"));
        String before = System.getProperty("weir.root");
        System.setProperty("weir.root", root.toString());
        try {
            return Weir.run(
                    new byte[0],
                    "new",
                    "bot",
                    "totals",
                    "--dir",
                    folder.resolve("module").toString());
        } finally {
            System.setProperty("weir.root", before);
        }
    }

    // ------------------------------------------------------------------ calls

    private static Weir.Ran run(String... arguments) {
        return Weir.run(
                new byte[0],
                Stream.concat(Stream.of("new", "bot", "--no-install"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private GeneratedModule made(String name, String packageName, String reads, String className) {
        Path module = folder.resolve("modules").resolve(name);
        Weir.Ran ran = run(name, "--dir", module.toString(), "--package", packageName, "--reads", reads);
        assertThat(ran.err()).isEmpty();
        return new GeneratedModule(module, packageName, className);
    }
}
