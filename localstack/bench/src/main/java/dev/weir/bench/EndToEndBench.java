package dev.weir.bench;

import dev.weir.local.dynamodb.DynamoDbClassPath;
import dev.weir.local.dynamodb.DynamoDbLocal;
import dev.weir.model.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole command on DynamoDB Local, from its start to the last outcome on its output, beside a transaction for each transfer. */
@Command(
        name = "endtoend",
        mixinStandardHelpOptions = true,
        description = "./weir ledger on DynamoDB Local, beside one DynamoDB transaction for each transfer.")
final class EndToEndBench implements Callable<Integer> {
    private static final int ACCOUNTS = 1_000;
    private static final int NAIVE_WARM_UP = 500;
    private static final int NAIVE_THREADS = 8;
    private static final int[] LANES = {1, 4};
    private static final double NANOS = 1e9;

    @Option(
            names = "--transfers",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Default: ${DEFAULT-VALUE}.")
    private int transfers;

    @Option(
            names = "--naive",
            paramLabel = "N",
            defaultValue = "2000",
            description = "How many transfers the naive job decides in each repeat. Default: ${DEFAULT-VALUE}.")
    private int naive;

    @Option(names = "--repeats", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int repeats;

    @Override
    public Integer call() throws IOException {
        Workload workload = new Workload(ACCOUNTS, true);
        Json[] all = workload.transfers(Math.max(transfers, NAIVE_WARM_UP + 2 * repeats * naive));
        Path input = Files.createTempFile("weir-bench-", ".jsonl");
        Figures[] ours = {new Figures(), new Figures()};
        Figures[] theirs = {new Figures(), new Figures()};
        Figures[] ratios = {new Figures(), new Figures()};
        try (DynamoDbLocal server = DynamoDbLocal.inMemory(
                        DynamoDbClassPath.read(System.getProperty(DynamoDbClassPath.PROPERTY, "")));
                NaiveLedger ledger = new NaiveLedger(server)) {
            write(all, input);
            ledger.decide(all, 0, NAIVE_WARM_UP, 1);
            int at = NAIVE_WARM_UP;
            for (int i = 0; i < repeats; i++) {
                Figures.progress("repeat %d of %d", i + 1, repeats);
                double ordered = naive(ledger, all, at, 1);
                theirs[0].add(ordered);
                theirs[1].add(naive(ledger, all, at + naive, NAIVE_THREADS));
                at += 2 * naive;
                for (int lanes = 0; lanes < LANES.length; lanes++) {
                    double seconds = weir(input, LANES[lanes]);
                    ours[lanes].add(seconds);
                    ratios[lanes].add(ordered / seconds);
                }
            }
        } finally {
            Files.delete(input);
        }
        Figures.progressDone();
        print(workload, ours, theirs, ratios);
        return 0;
    }

    private void print(Workload workload, Figures[] ours, Figures[] theirs, Figures[] ratios) {
        Figures.print(
                "endtoend: %,d transfers (%s), DynamoDB Local in memory, %s",
                transfers, workload.text(), Machine.text());
        Figures.print(
                "medians of %d, all in turn; the naive job decides %,d transfers and is scaled up, its start left out;",
                repeats, naive);
        Figures.print("./weir ledger from the start of its process to its end, start of all servers included");
        Figures.print("");
        Figures.print("%-52s %9s %13s %12s", "", "seconds", "transfers/s", "times naive");
        line("naive, 1 thread: in order", theirs[0], "1");
        line(
                "naive, " + NAIVE_THREADS + " threads: in any order",
                theirs[1],
                times(theirs[0].median() / theirs[1].median()));
        for (int lanes = 0; lanes < LANES.length; lanes++) {
            line("./weir ledger --lanes " + LANES[lanes], ours[lanes], times(ratios[lanes].median()));
        }
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, "%.1f", ratio);
    }

    private void line(String what, Figures seconds, String ratio) {
        Figures.print("%-52s %9.2f %,13.0f %12s", what, seconds.median(), transfers / seconds.median(), ratio);
    }

    private double naive(NaiveLedger ledger, Json[] all, int from, int threads) {
        long start = System.nanoTime();
        ledger.decide(all, from, from + naive, threads);
        return (System.nanoTime() - start) / NANOS / naive * transfers;
    }

    private static double weir(Path input, int lanes) throws IOException {
        Path output = Files.createTempFile("weir-bench-", ".out");
        try {
            List<String> options = List.of(
                    "-XX:+UseSerialGC", "-Dsun.net.httpserver.nodelay=true", "--enable-native-access=ALL-UNNAMED");
            List<String> command =
                    Machine.java(options, dev.weir.local.cli.Main.class, "ledger", "--lanes", Integer.toString(lanes));
            long start = System.nanoTime();
            Path said = Files.createTempFile("weir-bench-", ".err");
            int status = Machine.run(new ProcessBuilder(command)
                    .redirectInput(input.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(said.toFile()));
            double seconds = (System.nanoTime() - start) / NANOS;
            String text = Files.readString(said);
            Files.delete(said);
            if (status != 0) {
                throw new IllegalStateException("./weir ledger failed: status=" + status + " said=" + text);
            }
            return seconds;
        } finally {
            Files.delete(output);
        }
    }

    private void write(Json[] all, Path input) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(input))) {
            for (int i = 0; i < transfers; i++) {
                out.write(all[i].array(), all[i].from(), all[i].length());
                out.write('\n');
            }
        }
    }
}
