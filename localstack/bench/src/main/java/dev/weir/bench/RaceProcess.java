package dev.weir.bench;

import dev.weir.bench.race.Round;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One side of a race in a JVM of its own, which stays warm between rounds. What it says on standard error goes to a file. Not thread-safe. */
final class RaceProcess implements AutoCloseable {
    private static final int END_SECONDS_MAX = 30;

    private final String name;
    private final Path log;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter commands;

    RaceProcess(String name, List<String> command, Path log) throws IOException {
        this.name = name;
        this.log = log;
        this.process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        this.answers = process.inputReader();
        this.commands = process.outputWriter();
        String ready = answers.readLine();
        if (!"ready".equals(ready)) {
            throw ended(ready);
        }
    }

    /** Does the whole job once. */
    Round round() throws IOException {
        commands.write("round\n");
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw ended(answer);
        }
        return Round.of(answer);
    }

    private IllegalStateException ended(@Nullable String said) {
        return new IllegalStateException("a side has ended: side=" + name + " said=" + said + " log=" + log);
    }

    /** Lets it end in good order, so that it ends what it started; else makes it. */
    @Override
    public void close() throws IOException {
        commands.close();
        process.onExit()
                .orTimeout(END_SECONDS_MAX, TimeUnit.SECONDS)
                .exceptionally(_ -> process.destroyForcibly())
                .join();
    }
}
