package dev.weir.local.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.aws.SystemTime;
import dev.weir.bot.Bot;
import dev.weir.local.bus.UsageException;
import dev.weir.model.Json;
import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Program;
import dev.weir.pipeline.To;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.StreamRecord;
import dev.weir.port.Write;
import dev.weir.queue.Position;
import dev.weir.queue.QueueEvent;
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
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bots of every kind on a bus that is up. */
@Timeout(300)
class UpBotsTest {
    private static final int WAIT_SECONDS = 90;
    private static final Duration POLL = Duration.ofMillis(100);

    /** Runs at no time that a test sees. */
    private static final String NEVER = "0 0 1 1 *";

    @TempDir
    Path folder = Path.of("");

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private Process process;

    @AfterEach
    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private UpOptions options(Optional<Path> data, Bot... bots) {
        return new UpOptions(OptionalInt.empty(), 1, data, 0, Bot.all(List.of(bots)), log::add);
    }

    private static List<String> read(Connection connection, String queue) {
        List<String> payloads = new ArrayList<>();
        var reader = connection.queues().readerOfAll(QueueName.of(queue), Position.beginning());
        while (true) {
            var page = reader.next(ReadLimits.DEFAULTS).orThrow();
            page.events().stream().map(QueueEvent::payload).map(Json::toString).forEach(payloads::add);
            if (page.isEnd()) {
                return payloads;
            }
        }
    }

    private List<String> await(Connection connection, String queue, Predicate<List<String>> isEnough) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (true) {
            List<String> payloads = read(connection, queue);
            if (isEnough.test(payloads)) {
                return payloads;
            }
            assertThat(System.nanoTime() - end)
                    .as("%s: %s, log: %s", queue, payloads, log)
                    .isNegative();
            connection.wiring().time().pause(POLL);
        }
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static void put(Connection connection, String stream, List<String> lines) {
        connection
                .wiring()
                .streams()
                .put(
                        connection.bus().stream(stream),
                        lines.stream()
                                .map(line -> new StreamRecord("k", null, line.getBytes(StandardCharsets.UTF_8)))
                                .toList());
    }

    // ------------------------------------------------------------------ programs

    @Test
    void aProgramOfAPipelineRunsAndEndsWithTheBus() throws Exception {
        assumeTrue(hasPython(), "python3 is not on the PATH");
        String echo =
                """
                import os, sys
                for line in sys.stdin:
                    print('{"pid": %d, "line": %s}' % (os.getpid(), line.strip()), flush=True)
                """;
        Pipeline pipeline = Pipeline.of(
                "echo",
                Pipeline.from(Feed.stream("spoken", Codec.json()))
                        .keyBy(_ -> "one")
                        .program("say", Codec.json(), Program.of("python3", "-c", echo))
                        .to(To.queue("echoed", Codec.json())));
        List<String> echoed;
        try (Up up = Up.start(options(Optional.empty(), Bot.of(pipeline)))) {
            put(up.connection(), "spoken", numbers(0, 50));
            echoed = await(up.connection(), "echoed", payloads -> payloads.size() >= 50);
        }

        assertThat(echoed)
                .extracting(line -> line.replaceAll(".*\"line\": *(\\d+)}", "$1"))
                .isEqualTo(numbers(0, 50));
        for (String line : echoed) {
            long pid = Long.parseLong(line.replaceAll(".*\"pid\": *(\\d+),.*", "$1"));
            ProcessHandle.of(pid)
                    .ifPresent(handle -> assertThat(handle.onExit().orTimeout(WAIT_SECONDS, TimeUnit.SECONDS))
                            .succeedsWithin(Duration.ofSeconds(WAIT_SECONDS)));
        }
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    // ------------------------------------------------------------------ sources

    @Test
    void aSourceIsRunByItsScheduleAndBringsEachNumberOnceThoughItIsKilled() throws Exception {
        Path data = folder.resolve("data");
        int count = 600;
        startNumbers(data, count);
        try (Connection connection = Connection.to(Address.find(data))) {
            assertThat(await(connection, Numbers.QUEUE, payloads -> payloads.size() >= 30))
                    .as("killed before it is done")
                    .hasSizeLessThan(count);
        }
        process.destroyForcibly().waitFor();
        startNumbers(data, count);

        try (Connection connection = Connection.to(Address.find(data))) {
            await(connection, Numbers.QUEUE, payloads -> payloads.size() >= count);
            assertThat(read(connection, Numbers.QUEUE)).isEqualTo(numbers(0, count));
        }
    }

    private void startNumbers(Path data, int count) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dweir.dynamodb.classpath=" + System.getProperty("weir.dynamodb.classpath"),
                "-cp",
                System.getProperty("java.class.path"),
                Numbers.class.getName(),
                data.toString(),
                Integer.toString(count));
        Path err = folder.resolve("err");
        process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(err.toFile())
                .start();
        while (!isUp(data)) {
            assertThat(process.isAlive()).as(() -> "ended: " + read(err)).isTrue();
            new SystemTime().pause(POLL);
        }
    }

    private boolean isUp(Path data) {
        try {
            return Address.find(data).pid() == process.pid();
        } catch (UsageException none) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void aChangeOfATableRunsASourceThatItsScheduleWouldNot() {
        Bot bot = Numbers.bot(20, NEVER, List.of("prices"));
        try (Up up = Up.start(options(Optional.empty(), bot))) {
            Connection connection = up.connection();
            assertThat(read(connection, Numbers.QUEUE)).isEmpty();

            Key row = new Key(connection.bus().rows("prices"), "coffee", null);
            connection.items().write(new Write.Put(Item.at(row).with("price", 3).build(), Condition.ALWAYS));

            await(connection, Numbers.QUEUE, payloads -> payloads.size() >= 20);
            assertThat(read(connection, Numbers.QUEUE)).isEqualTo(numbers(0, 20));
        }
    }

    // ------------------------------------------------------------------ several bots

    private static Bot copier(String name) {
        return Bot.of(Pipeline.of(
                name, Pipeline.from(Feed.stream("numbered", Codec.json())).to(To.queue(name + ".out", Codec.json()))));
    }

    @Test
    void aBotThatComesLaterReadsAStreamFromItsBeginAndTheOthersGoOn() {
        Optional<Path> data = Optional.of(folder.resolve("data"));
        try (Up up = Up.start(options(data, copier("first")))) {
            put(up.connection(), "numbered", numbers(0, 20));
            await(up.connection(), "first.out", payloads -> payloads.size() >= 20);
        }

        try (Up up = Up.start(options(data, copier("first"), copier("second")))) {
            put(up.connection(), "numbered", numbers(20, 30));
            for (String bot : List.of("first", "second")) {
                await(up.connection(), bot + ".out", payloads -> payloads.contains("29"));
                assertThat(read(up.connection(), bot + ".out")).as(bot).isEqualTo(numbers(0, 30));
            }
        }
    }
}
