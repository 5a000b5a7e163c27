package dev.weir.bench;

import dev.weir.local.up.Up;
import dev.weir.local.up.UpOptions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** leo-sdk and Weir's client on the same local bus: many small events into a queue, and out of it again. */
@Command(
        name = "leo",
        mixinStandardHelpOptions = true,
        description =
                "leo-sdk from npm beside Weir's client, on the same local bus: writing into a queue, and reading it.")
final class LeoBench implements Callable<Integer> {

    private static final long SEED = 1978;
    private static final int ACCOUNTS = 1_000;
    private static final LeoRun.Side LEO_LOAD = new LeoRun.Side("leo-sdk load", true, "load");
    private static final LeoRun.Side LEO_READ = new LeoRun.Side("leo-sdk read", true, "objects");
    private static final List<LeoRun.Side> WRITERS =
            List.of(LEO_LOAD, new LeoRun.Side("Weir, QueueWriter", false, "load"));
    private static final List<LeoRun.Side> READERS = List.of(
            LEO_READ,
            new LeoRun.Side("Weir, payloads as objects", false, "objects"),
            new LeoRun.Side("Weir, payloads as text", false, "text"),
            new LeoRun.Side("Weir, not reading ahead, as text", false, "one"));

    @Option(names = "--events", paramLabel = "N", defaultValue = "100000", description = "Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often each process writes or reads as many other events before it is measured;"
                    + " 0 measures it cold. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(names = "--repeats", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int repeats;

    private final Map<LeoRun.Side, Figures> seconds = new HashMap<>();
    private final Map<LeoRun.Side, Figures> readable = new HashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("weir-bench-");
        Path payloads = folder.resolve("payloads.jsonl");
        try {
            LeoPackage leo = LeoPackage.install();
            Files.write(payloads, payments(events));
            try (Up up = Up.start(UpOptions.defaults().running())) {
                up.address().write(folder);
                measure(new LeoRun(leo, up.address(), up.connection(), folder, payloads));
                up.address().remove(folder);
            }
        } catch (LeoPackage.MissingException e) {
            System.err.println("weir: " + e.getMessage());
            return 2;
        } finally {
            delete(folder);
        }
        Figures.progressDone();
        print();
        return 0;
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    private void measure(LeoRun run) throws IOException, InterruptedException {
        for (int round = 1; round <= repeats; round++) {
            for (LeoRun.Side side : WRITERS) {
                Figures.progress("round %d of %d: %s", round, repeats, side.text());
                LeoRun.Seconds took = run.write(side, queue(side, round), events, warmUp);
                figures(seconds, side).add(took.client());
                figures(readable, side).add(took.readable());
            }
            // in turn what either wrote: their chunks could differ
            LeoRun.Side writer = WRITERS.get(round % WRITERS.size());
            for (LeoRun.Side side : READERS) {
                Figures.progress("round %d of %d: %s", round, repeats, side.text());
                figures(seconds, side).add(run.read(side, queue(writer, round), events, warmUp));
            }
        }
    }

    private static Figures figures(Map<LeoRun.Side, Figures> all, LeoRun.Side side) {
        return all.computeIfAbsent(side, _ -> new Figures());
    }

    private static String queue(LeoRun.Side writer, int round) {
        return "bench." + (writer.isLeo() ? "leo" : "weir") + "." + round;
    }

    /** About 160 bytes each. */
    private static List<String> payments(int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lines.add(String.format(
                    Locale.ROOT,
                    "{\"i\":%d,\"source\":\"account-%04d\",\"target\":\"account-%04d\",\"amount\":%d.%02d,"
                            + "\"currency\":\"EUR\",\"reference\":\"%016x\",\"text\":\"invoice %d of this year\"}",
                    i,
                    random.nextInt(ACCOUNTS),
                    random.nextInt(ACCOUNTS),
                    random.nextInt(1, 1_000),
                    random.nextInt(1, 100),
                    random.nextLong(),
                    random.nextInt(1_000_000)));
        }
        return lines;
    }

    private void print() {
        Figures.print("leo: %,d events, medians of %d (lowest to highest), %s", events, repeats, Machine.text());
        Figures.print(
                "both sides in processes of their own, which did the same %d times before, on one local bus", warmUp);
        Figures.print("");
        Figures.print(
                "%-40s %8s %17s %12s %10s", "write: until Kinesis has all", "seconds", "", "events/s", "times leo");
        WRITERS.forEach(side -> line(side, seconds, LEO_LOAD));
        Figures.print("write: from the first until all can be read");
        WRITERS.forEach(side -> line(side, readable, LEO_LOAD));
        Figures.print("read: from the first call to the last event");
        READERS.forEach(side -> line(side, seconds, LEO_READ));
    }

    private void line(LeoRun.Side side, Map<LeoRun.Side, Figures> all, LeoRun.Side base) {
        Figures figures = figures(all, side);
        double ratio = figures(all, base).median() / figures.median();
        Figures.print(
                "  %-38s %8.2f (%5.2f to %5.2f) %,12.0f %10.1f",
                side.text(), figures.median(), figures.lowest(), figures.highest(), events / figures.median(), ratio);
    }
}
