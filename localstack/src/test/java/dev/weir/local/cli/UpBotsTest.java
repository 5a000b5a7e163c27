package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aws.SystemTime;
import dev.weir.local.up.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./weir up --bots}: bots that {@code ./weir new bot} made run on the local bus. */
@Timeout(240)
class UpBotsTest {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int WAIT_SECONDS_MAX = 60;

    @TempDir
    Path folder = Path.of("");

    private Process process;

    @AfterEach
    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void newBotsRunFromTheirJars() throws Exception {
        Path fromStream = jar("totals", "stream:orders", "Totals");
        Path fromQueue = jar("later-totals", "queue:orders.paid", "LaterTotals");
        up("--bots", fromStream.toString(), "--bots", fromQueue.toString());

        put("{\"id\":\"o-1\",\"customer\":\"alice\",\"cents\":300}", "--stream", "orders", "--key", "customer");
        put("{\"id\":\"o-2\",\"customer\":\"bob\",\"cents\":100}", "orders.paid");

        assertThat(await("totals.totals")).isEqualTo("{\"cents\":300,\"customer\":\"alice\",\"orders\":1}");
        assertThat(await("later-totals.totals")).isEqualTo("{\"cents\":100,\"customer\":\"bob\",\"orders\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FOLDER/none.jar     | weir: there is no such jar, build it first: --bots=FOLDER/none.jar",
                "FOLDER              | weir: there is no such jar, build it first: --bots=FOLDER",
                "FOLDER/nonsense.jar | weir: the jar tells of no bots: --bots=FOLDER/nonsense.jar missing=META-INF/services/dev.weir.bot.BotProvider"
            })
    void whatIsNoJarWithBotsIsAMistakeOfTheUser(String jar, String expected) throws IOException {
        Files.writeString(folder.resolve("nonsense.jar"), "no jar");

        Weir.Ran ran = Weir.run(new byte[0], "up", "--bots", jar.replace("FOLDER", folder.toString()));

        assertThat(ran.err()).containsExactly(expected.replace("FOLDER", folder.toString()));
        assertThat(ran.exitCode()).isEqualTo(Main.USAGE);
    }

    @Test
    void aBotThatCannotBeLoadedIsNamedWithTheReason() throws Exception {
        Path jar = jar("totals", "stream:orders", "Totals", "Total.NONE", "Total.NONE.plus(null)");

        Weir.Ran ran = Weir.run(new byte[0], "up", "--bots", jar.toString());

        assertThat(ran.err())
                .singleElement()
                .asString()
                .startsWith("weir: a bot cannot be loaded: --bots=[" + jar + "] reason=java.lang.NullPointerException");
        assertThat(ran.exitCode()).isEqualTo(Main.USAGE);
    }

    // ------------------------------------------------------------------ the jars

    private Path jar(String name, String reads, String className) throws IOException {
        return jar(name, reads, className, "", "");
    }

    /** With one text of the bot's source replaced. */
    private Path jar(String name, String reads, String className, String text, String instead) throws IOException {
        Path module = folder.resolve(name);
        Weir.Ran ran =
                Weir.run(new byte[0], "new", "bot", name, "--no-install", "--dir", module.toString(), "--reads", reads);
        assertThat(ran.err()).isEmpty();
        Path source = module.resolve("src/main/java/bots").resolve(className + ".java");
        Files.writeString(
                source,
                text.isEmpty()
                        ? Files.readString(source)
                        : Files.readString(source).replace(text, instead));
        GeneratedModule made = new GeneratedModule(module, "bots", className);
        made.compile();
        return made.jar();
    }

    // ------------------------------------------------------------------ the bus

    private Path data() {
        return folder.resolve("data");
    }

    private void up(String... bots) throws IOException {
        Path input = Files.write(folder.resolve("empty"), new byte[0]);
        String[] arguments = List.of("up", "--data", data().toString()).toArray(new String[3 + bots.length]);
        System.arraycopy(bots, 0, arguments, 3, bots.length);
        process = Weir.start(List.of("-Dweir.root=" + folder), input, folder.resolve("out"), arguments);
        while (!Files.exists(data().resolve(Address.FILE))) {
            assertThat(process.isAlive())
                    .as(() -> "up ended, see " + folder.resolve("out.err"))
                    .isTrue();
            new SystemTime().pause(POLL);
        }
    }

    private void put(String event, String... to) {
        String[] arguments = List.of("put", "--data", data().toString()).toArray(new String[3 + to.length]);
        System.arraycopy(to, 0, arguments, 3, to.length);
        Weir.Ran ran = Weir.run((event + "\n").getBytes(StandardCharsets.UTF_8), arguments);
        assertThat(ran.exitCode()).as(() -> ran.err().toString()).isZero();
    }

    /** The first payload of a queue. */
    private String await(String queue) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        while (true) {
            Weir.Ran ran = Weir.run(
                    new byte[0], "read", queue, "--payload", "--from", "beginning", "--data", data().toString());
            if (!ran.out().isEmpty()) {
                return ran.out().getFirst();
            }
            assertThat(System.nanoTime() - end)
                    .as(() -> queue + ": " + ran.err())
                    .isNegative();
            new SystemTime().pause(POLL);
        }
    }
}
