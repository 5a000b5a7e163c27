package dev.weir.bench;

import dev.weir.functions.examples.PythonBank;
import dev.weir.model.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A program by itself, from a file into a file, and the same program as a step of a pipeline: with its log, its commits, and its results in a queue. */
@Command(
        name = "program",
        mixinStandardHelpOptions = true,
        description = "A Python program alone, file to file, beside the same one as a step of a pipeline.")
final class ProgramBench implements Callable<Integer> {
    private static final int EVENTS_PER_BATCH = 10_000;
    private static final int EVENTS_PER_RECORD = 100;
    private static final int ACCOUNTS = 1_000;
    private static final double NANOS = 1e9;

    @Option(names = "--python", paramLabel = "FILE", description = "The program. Default: the example PythonBank's.")
    private @Nullable Path program;

    @Option(
            names = "--interpreter",
            paramLabel = "FILE",
            defaultValue = "python3",
            description = "Default: ${DEFAULT-VALUE}.")
    private String interpreter = "python3";

    @Option(names = "--input", paramLabel = "FILE", description = "Transfers, one a line. Default: made.")
    private @Nullable Path input;

    @Option(
            names = "--transfers",
            paramLabel = "N",
            defaultValue = "200000",
            description = "How many to make. Default: ${DEFAULT-VALUE}.")
    private int transfers;

    @Option(names = "--repeats", paramLabel = "N", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.")
    private int repeats;

    @Override
    public Integer call() throws IOException {
        List<String> command = program == null
                ? List.of(interpreter, "-c", PythonBank.SOURCE)
                : List.of(interpreter, program.toString());
        Path in = input == null ? written() : input;
        Json[] lines = Files.readAllLines(in).stream().map(Json::of).toArray(Json[]::new);
        List<byte[]> batches = new Batches().ofWriter("bench", lines, EVENTS_PER_BATCH, EVENTS_PER_RECORD);
        Path out = temporary();
        Figures.progress("warm-up");
        alone(command, in, out);
        inside(command, batches, out);
        Figures alone = new Figures();
        Figures inside = new Figures();
        Figures ratios = new Figures();
        for (int i = 0; i < repeats; i++) {
            Figures.progress("repeat %d of %d", i + 1, repeats);
            double aloneNanos = alone(command, in, out);
            double insideNanos = inside(command, batches, out);
            alone.add(aloneNanos);
            inside.add(insideNanos);
            ratios.add(aloneNanos / insideNanos);
        }
        Figures.progressDone();
        report(lines.length, alone, inside, ratios);
        return 0;
    }

    private void report(int count, Figures alone, Figures inside, Figures ratios) {
        Figures.print("program: %s", Machine.text());
        Figures.print(
                "%s, %,d transfers between %,d accounts; %d events a record, %,d a batch; a store in memory",
                program == null ? "the example's bank.py" : String.valueOf(program.getFileName()),
                count,
                ACCOUNTS,
                EVENTS_PER_RECORD,
                EVENTS_PER_BATCH);
        Figures.print("seconds by the clock, median of %d, both sides in turn, start of the program in both", repeats);
        Figures.print("");
        Figures.print("%-44s %9s %15s", "", "seconds", "transfers/s");
        line("alone, from a file into a file", alone, count);
        line("as a step of a pipeline", inside, count);
        Figures.print("");
        Figures.print(
                "of its own speed: %.0f%% (%.0f%%-%.0f%%); what comes out is the same, line by line",
                100 * ratios.median(), 100 * ratios.lowest(), 100 * ratios.highest());
    }

    private static void line(String what, Figures nanos, int count) {
        Figures.print("%-44s %9.2f %,15.0f", what, nanos.median() / NANOS, count * NANOS / nanos.median());
    }

    private static double alone(List<String> command, Path in, Path out) {
        long start = System.nanoTime();
        int status = Machine.run(new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT));
        if (status != 0) {
            throw new IllegalStateException("the program failed: command=" + command + " status=" + status);
        }
        return System.nanoTime() - start;
    }

    private static double inside(List<String> command, List<byte[]> batches, Path expected) throws IOException {
        try (ProgramInMemory pipeline = new ProgramInMemory(command)) {
            long start = System.nanoTime();
            pipeline.invokeAll(batches);
            double nanos = System.nanoTime() - start;
            requireSame(pipeline, expected);
            return nanos;
        }
    }

    private static void requireSame(ProgramInMemory pipeline, Path expected) throws IOException {
        List<String> differences = new ArrayList<>();
        try (BufferedReader wanted = Files.newBufferedReader(expected)) {
            pipeline.decided(line -> {
                try {
                    String want = wanted.readLine();
                    if (!line.equals(want)) {
                        differences.add("alone=" + want + " inside=" + line);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot read what the program wrote", e);
                }
            });
            if (!differences.isEmpty() || wanted.readLine() != null) {
                throw new IllegalStateException("what comes out is not what the program writes alone: " + differences);
            }
        }
    }

    private Path written() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Json transfer : new Workload(ACCOUNTS, true).transfers(transfers)) {
            lines.add(transfer.toString());
        }
        return Files.write(temporary(), lines);
    }

    private static Path temporary() throws IOException {
        Path file = Files.createTempFile("weir-bench-", ".jsonl");
        file.toFile().deleteOnExit();
        return file;
    }
}
