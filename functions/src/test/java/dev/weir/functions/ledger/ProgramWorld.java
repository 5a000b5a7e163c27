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
import java.util.Optional;
import java.util.Random;

/** A bus in memory with a pipeline that has programs in it, and their host, which can die. */
final class ProgramWorld implements AutoCloseable {
    static final String QUEUE = "transfers";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final QueueWorld<Work, KeyState, List<Effect>> world;
    final List<String> stderr = new ArrayList<>();
    private ProcessPrograms programs;
    private Optional<Program> changed = Optional.empty();

    /** The graph is made before the bus on which its programs find their log. */
    private final class Late implements Programs {
        @Override
        public Answers give(Id id, Program program, Progress progress, Json line) {
            return programs.give(id, changed.orElse(program), progress, line);
        }

        @Override
        public Answers rest(Id id, Program program, Progress progress) {
            return programs.rest(id, changed.orElse(program), progress);
        }
    }

    ProgramWorld(Pipeline pipeline) {
        world = new QueueWorld<>(pipeline.graph(new Late()), 2);
        programs = programs(PATIENCE);
    }

    /** A pipeline of a program alone, with one key. */
    static ProgramWorld of(Program program) {
        return new ProgramWorld(Pipeline.of(
                "bank",
                Pipeline.from(Feed.queue(QUEUE, Codec.json()))
                        .keyBy(_ -> "bank")
                        .program("decide", Codec.json(), program)
                        .to(To.queue("decided", Codec.json()))));
    }

    private ProcessPrograms programs(Duration patience) {
        return new ProcessPrograms(
                world.bus,
                world.queues,
                line -> {
                    synchronized (stderr) {
                        stderr.add(line);
                    }
                },
                patience);
    }

    ProcessPrograms programs() {
        return programs;
    }

    /** As when the host of the programs is gone, with all their memory. */
    void restart() {
        restart(PATIENCE);
    }

    void restart(Duration patience) {
        programs.close();
        programs = programs(patience);
    }

    /** As when the bot is deployed with another version of the program. */
    void change(Program program) {
        changed = Optional.of(program);
    }

    void kill() {
        for (long pid : programs.pids()) {
            ProcessHandle.of(pid).ifPresent(handle -> {
                handle.destroyForcibly();
                handle.onExit().join();
            });
        }
    }

    /** Runs in which everything dies: the bot at any of its calls, the programs, their host. */
    void storm(Random random, int runs) {
        for (int i = 0; i < runs; i++) {
            world.pageEntries = random.nextInt(5, 40);
            world.run(world.copy(Plan.random(random, 0.05), FanOut.ALONE));
            switch (random.nextInt(3)) {
                case 0 -> kill();
                case 1 -> restart();
                default -> {}
            }
        }
    }

    // ------------------------------------------------------------------ programs outside of Weir

    static boolean isThere(String command) {
        try {
            return new ProcessBuilder(command, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException _) {
            return false;
        }
    }

    static void assumePython() {
        assumeTrue(isThere("python3"), "python3 is not on the PATH");
    }

    /** A test resource as a file. */
    static Path file(Path folder, String resource) throws IOException {
        try (var in = ProgramWorld.class.getResourceAsStream("/" + resource)) {
            return Files.write(folder.resolve(resource), in.readAllBytes());
        }
    }

    /** What a program writes when it is given the lines in one go. */
    static List<String> alone(Path folder, List<String> lines, String... command)
            throws IOException, InterruptedException {
        Path in = Files.write(folder.resolve("in.jsonl"), lines, StandardCharsets.UTF_8);
        Path out = folder.resolve("out.jsonl");
        int exit = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .start()
                .waitFor();
        assertThat(exit).isZero();
        return Files.readAllLines(out);
    }

    static List<String> transfers(Random random, int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String source = random.nextInt(3) == 0 ? "sweep" : "a" + random.nextInt(5);
            lines.add("{\"source\": \"" + source + "\", \"target\": \"a" + random.nextInt(5) + "\", \"amount\": "
                    + random.nextInt(1, 50) + ", \"n\": " + i + "}");
        }
        return lines;
    }

    void put(List<String> lines, int together) {
        for (int from = 0; from < lines.size(); from += together) {
            world.put(QUEUE, lines.subList(from, Math.min(lines.size(), from + together)));
        }
    }

    List<String> decided() {
        return world.payloads("decided");
    }

    @Override
    public void close() {
        programs.close();
    }
}
