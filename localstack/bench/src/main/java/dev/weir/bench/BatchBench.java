package dev.weir.bench;

import dev.weir.functions.ledger.Transfer;
import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The largest batches that Lambda gives to a function, each in a fresh JVM with a small heap. */
@Command(
        name = "batch",
        mixinStandardHelpOptions = true,
        description = "The largest batches of Lambda in a small heap: peak of the heap, and how small it may be.")
final class BatchBench implements Callable<Integer> {
    private static final int RECORDS_MAX = 10_000;
    private static final int EVENT_BYTES_MAX = 6 * 1024 * 1024;
    private static final int SMALL_CHUNKS = 8_600;
    private static final int INFLATION = 50;
    private static final int RECORD_BYTES = 600_000;
    private static final int ACCOUNTS = 1_000;

    @Option(
            names = "--heap",
            paramLabel = "MiB",
            split = ",",
            defaultValue = "512,256,128",
            description = "Heaps to try, the first that fails is the last. Default: ${DEFAULT-VALUE}.")
    private int[] heaps = {512, 256, 128};

    private final SplittableRandom random = new SplittableRandom(512);

    private record Case(String name, byte[] event, int records) {}

    @Override
    public Integer call() throws IOException {
        Figures.print(
                "batch: one Lambda event, the ledger's handler, results kept in memory, a fresh JVM each, %s",
                Machine.text());
        Figures.print(
                "live: most that was in use after a collection, - if there was none; peak: with garbage. Both include the 6 MB event and what is stored.");
        Figures.print("");
        Figures.print("| batch | records | MB | heap, MiB | live, MiB | peak, MiB | events | parked | seconds |");
        Figures.print("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        boolean failed = false;
        for (Case one : List.of(plain(), chunks(), incompressible(), inflating(), bomb())) {
            for (int heap : heaps) {
                Figures.progress("%s in %d MiB", one.name, heap);
                String[] answer = run(one, heap);
                Figures.progressDone();
                print(one, heap, answer);
                if (answer == null) {
                    failed |= heap == heaps[0];
                    break;
                }
            }
        }
        return failed ? 1 : 0;
    }

    private static void print(Case one, int heap, String @Nullable [] answer) {
        if (answer == null) {
            Figures.print(
                    "| %s | %,d | %.1f | %d | does not fit | | | | |",
                    one.name, one.records, one.event.length / 1e6, heap);
            return;
        }
        double mebibyte = 1024.0 * 1024;
        Figures.print(
                "| %s | %,d | %.1f | %d | %s | %.0f | %,d | %,d | %.1f |",
                one.name,
                one.records,
                one.event.length / 1e6,
                heap,
                answer[2].equals("0") ? "-" : Math.round(Double.parseDouble(answer[2]) / mebibyte),
                Double.parseDouble(answer[1]) / mebibyte,
                Long.parseLong(answer[3]),
                Long.parseLong(answer[4]),
                Double.parseDouble(answer[0]));
    }

    /** What the child said, or null if it failed. */
    private static String @Nullable [] run(Case one, int heap) throws IOException {
        Path file = Files.createTempFile("weir-bench-", ".json");
        try {
            Files.write(file, one.event);
            Process process = new ProcessBuilder(Machine.java(
                            List.of("-XX:+UseSerialGC", "-Xmx" + heap + "m"), BatchSide.class, file.toString()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var reader = process.inputReader()) {
                String line = reader.readLine();
                return line == null ? null : line.split(" ");
            }
        } finally {
            Files.delete(file);
        }
    }

    // ------------------------------------------------------------------ the batches

    /** One foreign transfer a record, as many records as Lambda gives at most; together they are a little more than its 6 MB. */
    private static Case plain() {
        Json[] transfers = new Workload(ACCOUNTS, true).transfers(RECORDS_MAX);
        List<byte[]> data = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (Json transfer : transfers) {
            data.add(transfer.toBytes());
            keys.add(source(transfer));
        }
        return new Case("one plain transfer a record", new Batches().event(keys, data), RECORDS_MAX);
    }

    private static String source(Json transfer) {
        return switch (Transfer.decode(transfer)) {
            case Decoded.Value<Transfer>(Transfer value) -> value.source();
            case Decoded.Refused<Transfer>(var refusal) -> throw new IllegalStateException(refusal.reason());
        };
    }

    /** A writer's records, the smallest that it makes, as many as fit. */
    private Case chunks() {
        Json[] transfers = new Workload(ACCOUNTS, true).transfers(SMALL_CHUNKS * 2);
        return new Case(
                "a writer's chunks of 2 transfers",
                new Batches().ofWriter("bench", transfers, transfers.length, 2).getFirst(),
                SMALL_CHUNKS);
    }

    /** Transfers with 300 KB of noise each, which no compression helps. */
    private Case incompressible() {
        return packed(
                "incompressible, 300 KB a transfer",
                number -> Json.of("{\"source\":\"sweep\",\"target\":\"" + Workload.account(number % ACCOUNTS)
                        + "\",\"amount\":1.25,\"note\":\"" + noise(300_000) + "\"}"),
                2,
                1);
    }

    /** A writer's records that inflate {@value #INFLATION} times: a few hundred bytes of zeros in each transfer. */
    private Case inflating() {
        return packed(
                "inflating more than " + INFLATION + " times",
                number -> Json.of("{\"source\":\"sweep\",\"target\":\"" + Workload.account(number % ACCOUNTS)
                        + "\",\"amount\":" + (1 + random.nextInt(99)) + ".25,\"note\":\"" + "0".repeat(700) + "\"}"),
                38_000,
                1);
    }

    /** Records of the smallest possible transfers, all the same, that inflate as far as a record may. */
    private Case bomb() {
        return packed(
                "tiny transfers, all the same",
                _ -> Json.of("{\"source\":\"sweep\",\"target\":\"a\",\"amount\":1}"),
                700_000,
                5);
    }

    private interface Maker {
        Json transfer(int number);
    }

    /** Records of a writer, each with so many transfers, as many records as fit into a batch but at most so many. */
    private Case packed(String name, Maker maker, int transfersPerRecord, int recordsAtLeast) {
        Batches batches = new Batches();
        List<byte[]> data = new ArrayList<>();
        long number = 1;
        long bytes = 0;
        while (data.size() < Math.max(recordsAtLeast, 1) || bytes < EVENT_BYTES_MAX * 3L / 4 - RECORD_BYTES) {
            Json[] transfers = new Json[transfersPerRecord];
            for (int i = 0; i < transfersPerRecord; i++) {
                transfers[i] = maker.transfer(i);
            }
            byte[] record = batches.chunk("bench", number, transfers, 0, transfersPerRecord);
            number += transfersPerRecord;
            bytes += record.length;
            data.add(record);
            if (data.size() >= recordsAtLeast && recordsAtLeast > 1) {
                break;
            }
        }
        return made(name, data);
    }

    private static Case made(String name, List<byte[]> data) {
        return new Case(name, new Batches().event("lane-0", data), data.size());
    }

    private String noise(int chars) {
        byte[] bytes = new byte[chars * 3 / 4 + 3];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes).substring(0, chars);
    }
}
