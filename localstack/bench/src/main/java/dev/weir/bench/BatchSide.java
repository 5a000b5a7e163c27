package dev.weir.bench;

import dev.weir.flow.LaneStatus;
import dev.weir.functions.ledger.Ledger;
import dev.weir.memory.MemoryItems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One batch in a JVM with a small heap, for {@link BatchBench}. Prints seconds, peaks of the heap in bytes, events processed, events parked. */
final class BatchSide {
    private BatchSide() {}

    /** Argument: file with the Lambda event. */
    public static void main(String[] args) throws IOException {
        byte[] event = Files.readAllBytes(Path.of(args[0]));
        HeapPeak heap = new HeapPeak();
        MemoryItems items = new MemoryItems();
        long start = System.nanoTime();
        try (LedgerInMemory ledger = new LedgerInMemory(items)) {
            ledger.invoke(event);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long processed = 0;
        long parked = 0;
        for (LaneStatus lane :
                LaneStatus.all(LedgerInMemory.BUS, Ledger.GRAPH.name(), LaneStatus.slices(LedgerInMemory.BUS), items)) {
            processed += lane.counts().byName().getOrDefault("processed", 0L);
            parked += lane.counts().byName().getOrDefault("parked", 0L);
        }
        System.out.println(seconds + " " + heap.bytes() + " " + heap.liveBytes() + " " + processed + " " + parked);
    }
}
