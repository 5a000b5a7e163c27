package dev.weir.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.weir.bench.MeteredItems.Units;
import dev.weir.memory.MemoryItems;
import dev.weir.model.Json;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** From the bytes of Lambda's event to queues in a store in memory: events for a second of one core, and what DynamoDB would get. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description =
                "From Lambda's event to queues in memory: events for a second of processor, requests and units of DynamoDB.")
final class IngestBench implements Callable<Integer> {
    private static final int WARM_UPS = 4;
    private static final double NANOS = 1e9;
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /**
     * What is measured.
     *
     * @param theirRequests of RStreams' processor for 1,000 events, as it was recorded elsewhere
     * @param theirEvents events a second of the same
     */
    private record Case(int batch, int queues, double theirRequests, int theirEvents) {}

    private static final List<Case> CASES = List.of(
            new Case(100, 1, 40, 830),
            new Case(100, 5, 160, 700),
            new Case(10_000, 1, 0.4, 16_700),
            new Case(10_000, 10, 3.3, 27_000));

    @Option(names = "--events", paramLabel = "N", defaultValue = "200000", description = "Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(names = "--repeats", paramLabel = "N", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.")
    private int repeats;

    @Override
    public Integer call() {
        Figures.print("ingest: %,d events, medians of %d, %s", events, repeats, Machine.text());
        Figures.print("RStreams: its processor on local emulators, recorded once on another day; it is not run here");
        Figures.print("");
        Figures.print(
                "%7s %7s %14s %11s %10s %8s %8s %19s %17s",
                "batch",
                "queues",
                "events/core s",
                "ms a batch",
                "requests",
                "WRU",
                "RRU",
                "RStreams: requests",
                "events/s by clock");
        CASES.forEach(this::report);
        return 0;
    }

    private void report(Case one) {
        Figures processor = new Figures();
        Figures clock = new Figures();
        MeteredItems metered = new MeteredItems(new MemoryItems());
        CountedItems counted = new CountedItems(metered);
        Batches made = new Batches();
        Json[] lines = IngestInMemory.lines(events, one.queues());
        Units units = metered.units();
        long requests = 0;
        try (IngestInMemory ingest = new IngestInMemory(counted)) {
            for (int pass = -WARM_UPS; pass < repeats; pass++) {
                Figures.progress("batches of %,d, %d queues: %d of %d", one.batch(), one.queues(), pass, repeats);
                List<byte[]> batches = IngestInMemory.batches(made, lines, one.batch());
                made.beginningAt(1 + (long) events * (pass + WARM_UPS + 1));
                units = metered.units();
                requests = counted.requests();
                measure(ingest, batches, pass < 0 ? new Figures() : processor, pass < 0 ? new Figures() : clock);
            }
        }
        Figures.progressDone();
        print(
                one,
                processor,
                clock,
                counted.requests() - requests,
                metered.units().since(units));
    }

    /** Processor time of the whole process: its compilers and its collector count. */
    private void measure(IngestInMemory ingest, List<byte[]> batches, Figures processor, Figures clock) {
        long start = System.nanoTime();
        long processorStart = PROCESS.getProcessCpuTime();
        batches.forEach(ingest::invoke);
        processor.add((PROCESS.getProcessCpuTime() - processorStart) / NANOS);
        clock.add((System.nanoTime() - start) / 1e6 / batches.size());
    }

    private void print(Case one, Figures processor, Figures clock, long requests, Units units) {
        double thousands = events / 1_000.0;
        Figures.print(
                "%,7d %7d %,14.0f %11.2f %10.2f %8.1f %8.1f %19.1f %,17d",
                one.batch(),
                one.queues(),
                events / processor.median(),
                clock.median(),
                requests / thousands,
                units.writeUnits() / thousands,
                units.readUnits() / thousands,
                one.theirRequests(),
                one.theirEvents());
    }
}
