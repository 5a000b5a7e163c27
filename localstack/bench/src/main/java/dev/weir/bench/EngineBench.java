package dev.weir.bench;

import dev.weir.model.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One core: the whole engine, and the decisions alone, beside a Python program of twenty lines. */
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description =
                "One core: from the bytes of Lambda's event to a ready DynamoDB request, beside twenty lines of Python.")
final class EngineBench implements Callable<Integer> {
    private static final int EVENTS_PER_BATCH = 10_000;
    private static final int EVENTS_PER_RECORD = 100;
    private static final int WARM_UPS = 4;
    private static final double NANOS = 1e9;

    @Option(
            names = "--python",
            paramLabel = "FILE",
            description = "The Python program: JSON lines on stdin, decided lines on stdout. Default: one of our own.")
    private @Nullable Path program;

    @Option(
            names = "--interpreter",
            paramLabel = "FILE",
            description =
                    "Python with orjson and jsonlines. Default: a new environment under target, with both fetched by pip.")
    private @Nullable Path interpreter;

    @Option(names = "--input", paramLabel = "FILE", description = "Transfers, one a line. Default: made.")
    private @Nullable Path input;

    @Option(
            names = "--transfers",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many to make. Default: ${DEFAULT-VALUE}.")
    private int transfers;

    @Option(names = "--accounts", paramLabel = "N", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}.")
    private int accounts;

    @Option(names = "--repeats", paramLabel = "N", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.")
    private int repeats;

    @Override
    public Integer call() throws IOException {
        List<String> pin = Machine.oneCore();
        Workload workload = new Workload(accounts, true);
        Path file = input == null ? written(workload) : input;
        long count;
        try (var lines = Files.lines(file)) {
            count = lines.count();
        }
        PythonSide python = PythonSide.prepare(program, interpreter, pin, file);
        Figures[] ours = {new Figures(), new Figures()};
        Figures[] ratios = {new Figures(), new Figures()};
        Figures theirs = new Figures();
        double bytes;
        double cold;
        try (PinnedJvm weir = new PinnedJvm(pin, file, EVENTS_PER_BATCH, EVENTS_PER_RECORD)) {
            bytes = weir.eventBytes();
            cold = weir.measure(EngineSide.WHOLE).processor();
            for (int i = 1; i < WARM_UPS; i++) {
                Figures.progress("warm-up %d of %d", i, WARM_UPS);
                weir.measure(EngineSide.DECISIONS);
                weir.measure(EngineSide.WHOLE);
            }
            for (int i = 0; i < repeats; i++) {
                Figures.progress("repeat %d of %d", i + 1, repeats);
                double slow = python.measure().processor();
                double whole = weir.measure(EngineSide.WHOLE).processor();
                double decisions = weir.measure(EngineSide.DECISIONS).processor();
                theirs.add(slow);
                ours[0].add(whole);
                ours[1].add(decisions);
                ratios[0].add(slow / whole);
                ratios[1].add(slow / decisions);
            }
        }
        Figures.progressDone();
        Figures.print("engine: one core%s, %s", pin.isEmpty() ? " (not pinned: no taskset)" : "", Machine.text());
        Figures.print(
                "%,d transfers (%s), written by Weir's writer: %d events a record, %,d a batch, %.0f bytes of Lambda event a transfer",
                count, input == null ? workload.text() : "given", EVENTS_PER_RECORD, EVENTS_PER_BATCH, bytes / count);
        Figures.print("Python: %s", python.text());
        Figures.print(
                "seconds of processor time, median of %d, both sides in turn; start of Python and of the JVM left out",
                repeats);
        Figures.print("");
        Figures.print("%-44s %9s %15s %14s", "", "seconds", "transfers/s", "times Python");
        line("Python, lines to decided lines", theirs, count, null);
        line("Weir, Lambda event to ready requests", ours[0], count, ratios[0]);
        line("Weir, lines to decided lines", ours[1], count, ratios[1]);
        Figures.print("");
        Figures.print("the first pass of a fresh JVM, compilation included: %.2f s", cold / NANOS);
        return 0;
    }

    private static void line(String what, Figures nanos, long count, @Nullable Figures ratio) {
        String times = ratio == null
                ? "1"
                : String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", ratio.median(), ratio.lowest(), ratio.highest());
        Figures.print("%-44s %9.2f %,15.0f %18s", what, nanos.median() / NANOS, count * NANOS / nanos.median(), times);
    }

    private Path written(Workload workload) throws IOException {
        Path file = Files.createTempFile("weir-bench-", ".jsonl");
        file.toFile().deleteOnExit();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (Json transfer : workload.transfers(transfers)) {
                out.write(transfer.array(), transfer.from(), transfer.length());
                out.write('\n');
            }
        }
        return file;
    }
}
