package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.bot.FanOut;
import dev.weir.graph.Effect;
import dev.weir.model.Json;
import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.KeyState;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Program;
import dev.weir.pipeline.Programs;
import dev.weir.pipeline.To;
import dev.weir.pipeline.Work;
import dev.weir.program.ProcessPrograms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Python program with its balances in memory as a step: what comes out is what it writes when it runs alone, whatever dies. */
@Timeout(120)
class ProgramTest {
    private static final String QUEUE = "transfers";

    @TempDir
    static Path folder;

    private static Path script;

    private final List<String> stderr = new ArrayList<>();
    private QueueWorld<Work, KeyState, List<Effect>> world;
    private ProcessPrograms programs;

    /** The graph is made before the bus on which its programs find their log. */
    private final class Late implements Programs {
        @Override
        public List<Json> give(Id id, Program program, Progress progress, Json line) {
            return programs.give(id, program, progress, line);
        }

        @Override
        public List<Json> rest(Id id, Program program, Progress progress) {
            return programs.rest(id, program, progress);
        }
    }

    @BeforeAll
    static void findPython() throws IOException {
        boolean isThere;
        try {
            isThere = new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException | InterruptedException _) {
            isThere = false;
        }
        assumeTrue(isThere, "python3 is not on the PATH");
        script = folder.resolve("bank.py");
        try (var in = ProgramTest.class.getResourceAsStream("/bank.py")) {
            Files.write(script, in.readAllBytes());
        }
    }

    @BeforeEach
    void open() {
        Pipeline pipeline = Pipeline.of(
                "bank",
                Pipeline.from(Feed.queue(QUEUE, Codec.json()))
                        .keyBy(_ -> "bank")
                        .program("decide", Codec.json(), Program.of("python3", script.toString()))
                        .to(To.queue("decided", Codec.json())));
        world = new QueueWorld<>(pipeline.graph(new Late()), 2);
        restart(Duration.ofSeconds(30));
    }

    /** As when the host of the programs is gone, with all their memory. */
    private void restart(Duration patience) {
        close();
        programs = new ProcessPrograms(
                world.bus,
                world.queues,
                line -> {
                    synchronized (stderr) {
                        stderr.add(line);
                    }
                },
                patience);
    }

    @AfterEach
    void close() {
        if (programs != null) {
            programs.close();
        }
    }

    private static List<String> transfers(Random random, int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String source = random.nextInt(3) == 0 ? "sweep" : "a" + random.nextInt(5);
            lines.add("{\"source\": \"" + source + "\", \"target\": \"a" + random.nextInt(5) + "\", \"amount\": "
                    + random.nextInt(1, 50) + ", \"n\": " + i + "}");
        }
        return lines;
    }

    /** What the program writes when it is given the lines in one go. */
    private static List<String> alone(List<String> lines) throws IOException, InterruptedException {
        Path in = folder.resolve("in.jsonl");
        Path out = folder.resolve("out.jsonl");
        Files.write(in, lines);
        int exit = new ProcessBuilder("python3", script.toString())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .start()
                .waitFor();
        assertThat(exit).isZero();
        return Files.readAllLines(out);
    }

    private void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(handle -> {
            handle.destroyForcibly();
            handle.onExit().join();
        });
    }

    @Test
    void itWritesWhatItWritesAloneThoughItAndItsHostAreKilledAllTheTime() throws Exception {
        Random random = new Random(1978);
        List<String> lines = transfers(random, 600);
        for (int from = 0; from < lines.size(); from += 50) {
            world.put(QUEUE, lines.subList(from, from + 50));
        }
        world.pageEntries = 30;
        for (int i = 0; i < 30; i++) {
            int fatal = random.nextInt(20);
            int[] calls = {0};
            Fault fault = random.nextBoolean() ? Fault.KILLED_BEFORE : Fault.KILLED_AFTER;
            world.run(world.copy(_ -> calls[0]++ == fatal ? fault : Fault.NONE, FanOut.ALONE));
            switch (random.nextInt(3)) {
                case 0 -> programs.pids().forEach(this::kill);
                case 1 -> restart(Duration.ofSeconds(30));
                default -> {}
            }
        }
        world.drain();

        assertThat(world.payloads("decided")).isEqualTo(alone(lines));
        assertThat(world.parked()).isEmpty();
    }

    @Test
    void aLineOfWhichItDiesIsParkedAndTheProgramGoesOnAsIfItHadNotBeen() throws Exception {
        List<String> lines = transfers(new Random(7), 60);
        world.put(QUEUE, lines.subList(0, 30));
        world.put(QUEUE, List.of("{\"exit\": 3}"));
        world.drain();

        assertThat(world.payloads("decided")).isEqualTo(alone(lines.subList(0, 30)));
        assertThat(world.parked()).singleElement().satisfies(item -> assertThat(item.text("reason"))
                .contains("the program has ended: exit=3", "stderr=told to exit"));
        assertThat(stderr).contains("told to exit");
    }

    @Test
    void whatIsNoJsonIsNotSentOn() throws Exception {
        world.put(QUEUE, transfers(new Random(7), 5));
        world.put(QUEUE, List.of("{\"say\": \"Traceback (most recent\"}"));
        world.drain();

        assertThat(world.payloads("decided")).hasSize(5);
        assertThat(world.parked()).singleElement().satisfies(item -> assertThat(item.text("reason"))
                .contains("the program wrote what is no JSON: line=Traceback (most recent"));
    }

    @Test
    void aProgramThatDoesNotAnswerIsNotWaitedForForEver() {
        restart(Duration.ofSeconds(2));
        world.put(QUEUE, transfers(new Random(7), 5));
        world.put(QUEUE, List.of("{\"sleep\": 60, \"source\": \"sweep\", \"target\": \"a\", \"amount\": 1}"));
        world.drain();

        assertThat(world.payloads("decided")).hasSize(5);
        assertThat(world.parked()).singleElement().satisfies(item -> assertThat(item.text("reason"))
                .contains("the program does not answer: waitedMillis=2000"));
    }

    @Test
    void whatTheProgramHasReadIsKeptInOrder() {
        List<String> lines = transfers(new Random(7), 5);
        world.put(QUEUE, lines);
        world.drain();

        assertThat(world.payloads("bank.decide.log"))
                .hasSize(5)
                .allSatisfy(line -> assertThat(line).startsWith("{\"key\":\"bank\",\"n\":"))
                .last()
                .asString()
                .contains("\"n\":4,")
                .contains(new String(lines.getLast().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
}
