package dev.weir.bench;

import dev.weir.memory.MemoryItems;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** More keys than fit into a function: a pipeline that counts by key in a JVM with a small heap, its store in another one. */
@Command(
        name = "state",
        mixinStandardHelpOptions = true,
        description =
                "A pipeline with very many keys in a small heap: the peak of the heap, and that the counts are right.")
final class StateBench implements Callable<Integer> {
    private static final double MEBIBYTE = 1024.0 * 1024;
    private static final double NANOS = 1e9;

    @Option(names = "--keys", paramLabel = "N", defaultValue = "1000000", description = "Default: ${DEFAULT-VALUE}.")
    private int keys;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "2",
            description = "Events of each key. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--heap", paramLabel = "MiB", defaultValue = "512", description = "Default: ${DEFAULT-VALUE}.")
    private int heap;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Events of a batch. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Override
    public Integer call() throws IOException {
        StateEvents events = new StateEvents(keys, rounds);
        MemoryItems items = new MemoryItems();
        StateSide.Done done = run(items);
        String found = WeirResults.of(items).text();
        String expected = events.expected().text();
        Figures.print(
                "state: %,d keys, %d events each, batches of %,d, a heap of %d MiB, the store in another JVM, %s",
                keys, rounds, batch, heap, Machine.text());
        Figures.print(
                "peak of the heap %.0f MiB with garbage, %.0f MiB after a collection; %.0f s, %,.0f events/s by the clock",
                done.peakBytes() / MEBIBYTE,
                done.liveBytes() / MEBIBYTE,
                done.nanos() / NANOS,
                events.count() * NANOS / done.nanos());
        Figures.print(
                "results: %s", found.equals(expected) ? "right, " + found : "WRONG, " + found + " and not " + expected);
        return found.equals(expected) ? 0 : 1;
    }

    private StateSide.Done run(MemoryItems items) throws IOException {
        List<String> command = Machine.java(
                List.of("-XX:+UseSerialGC", "-Xmx" + heap + "m"),
                StateSide.class,
                Integer.toString(keys),
                Integer.toString(rounds),
                Integer.toString(batch));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (DataInputStream calls = new DataInputStream(new BufferedInputStream(process.getInputStream()));
                DataOutputStream answers = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()))) {
            return (StateSide.Done) RemoteItems.serve(items, calls, answers);
        } finally {
            process.destroy();
        }
    }
}
