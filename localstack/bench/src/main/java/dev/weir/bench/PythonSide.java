package dev.weir.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Python program of {@link EngineBench}: reads the transfers from a file, writes to /dev/null, and its time is that of the process without what the
 * same process takes for an empty input. Not thread-safe.
 */
final class PythonSide {
    private static final List<String> PACKAGES = List.of("orjson==3.11.4", "jsonlines==4.0.0");
    private static final String OURS = "localstack/bench/src/main/python/ledger_baseline.py";
    private static final int STARTS = 3;

    private final Path program;
    private final Path interpreter;
    private final List<String> pin;
    private final Path input;
    private final String version;
    private double start;

    private PythonSide(Path program, Path interpreter, List<String> pin, Path input) throws IOException {
        this.program = program;
        this.interpreter = interpreter;
        this.pin = pin;
        this.input = input;
        this.version = said(
                interpreter, "import sys, orjson; print(sys.version.split()[0] + ', orjson ' + orjson.__version__)");
    }

    static PythonSide prepare(@Nullable Path program, @Nullable Path interpreter, List<String> pin, Path input)
            throws IOException {
        Path root = Path.of(System.getProperty("weir.root", "."));
        PythonSide side = new PythonSide(
                program == null ? root.resolve(OURS) : program,
                interpreter == null ? environment(root.resolve("localstack/bench/target/python")) : interpreter,
                pin,
                input);
        Figures empty = new Figures();
        for (int i = 0; i < STARTS; i++) {
            empty.add(side.run(Path.of("/dev/null")));
        }
        side.start = empty.median();
        return side;
    }

    /** An environment with the packages, made at the first use. */
    private static Path environment(Path directory) {
        Path python = directory.resolve("bin").resolve("python");
        Path ready = directory.resolve("ready");
        if (!Files.exists(ready)) {
            Figures.progress("fetching %s", PACKAGES);
            command(List.of("python3", "-m", "venv", "--clear", directory.toString()));
            command(Machine.concat(
                    List.of(python.toString(), "-m", "pip", "install", "-q", "--disable-pip-version-check"), PACKAGES));
            command(List.of("touch", ready.toString()));
        }
        return python;
    }

    private static void command(List<String> command) {
        int status = Machine.run(new ProcessBuilder(command).inheritIO());
        if (status != 0) {
            throw new IllegalStateException("no Python with " + PACKAGES + "; give one with --interpreter: command="
                    + command + " status=" + status);
        }
    }

    /** What was measured, for people. */
    String text() {
        return program.getFileName() + " on Python " + version;
    }

    PinnedJvm.Nanos measure() throws IOException {
        double nanos = run(input) - start;
        return new PinnedJvm.Nanos(nanos, nanos);
    }

    /** Processor time, of user and system, of one run. */
    private double run(Path from) throws IOException {
        Path times = Files.createTempFile("weir-bench-", ".time");
        try {
            String script = "exec 3>&2 2>" + quoted(times.toString()) + "; TIMEFORMAT='%3U %3S'; time \"$@\" 2>&3";
            List<String> command = Machine.concat(
                    List.of("bash", "-c", script, "time"),
                    Machine.concat(pin, List.of(interpreter.toString(), program.toString())));
            int status = Machine.run(new ProcessBuilder(command)
                    .redirectInput(from.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT));
            if (status != 0) {
                throw new IllegalStateException("the Python program failed: program=" + program + " status=" + status);
            }
            String[] seconds =
                    Files.readString(times, StandardCharsets.UTF_8).strip().split(" ");
            return (Double.parseDouble(seconds[0]) + Double.parseDouble(seconds[1])) * 1e9;
        } finally {
            Files.delete(times);
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String said(Path interpreter, String code) throws IOException {
        Process process = new ProcessBuilder(interpreter.toString(), "-c", code)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var reader = process.inputReader()) {
            String line = reader.readLine();
            return line == null ? "of unknown version" : line;
        }
    }
}
