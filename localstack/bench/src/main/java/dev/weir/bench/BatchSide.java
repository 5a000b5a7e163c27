package dev.weir.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import dev.weir.flow.LaneStatus;
import dev.weir.functions.ledger.Ledger;
import dev.weir.memory.MemoryItems;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** One batch in a JVM with a small heap, for {@link BatchBench}. Prints seconds, peaks of the heap in bytes, events processed, events parked. */
final class BatchSide {
    private BatchSide() {}

    /** Argument: file with the Lambda event. */
    public static void main(String[] args) throws IOException {
        byte[] event = Files.readAllBytes(Path.of(args[0]));
        AtomicLong live = new AtomicLong();
        ManagementFactory.getGarbageCollectorMXBeans().forEach(collector -> watch(collector, live));
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
        System.out.println(seconds + " " + peak() + " " + live.get() + " " + processed + " " + parked);
    }

    /** The most that was in use at a time, garbage included: an upper bound, since the pools need not peak together. */
    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    /** Keeps the most that was in use after a collection. */
    private static void watch(GarbageCollectorMXBean collector, AtomicLong live) {
        ((NotificationEmitter) collector)
                .addNotificationListener(
                        (notification, _) -> {
                            var info =
                                    GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
                            long used = info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                                    .filter(pool -> !pool.getKey().startsWith("Metaspace")
                                            && !pool.getKey().startsWith("Code")
                                            && !pool.getKey().startsWith("Compressed"))
                                    .mapToLong(pool -> pool.getValue().getUsed())
                                    .sum();
                            live.accumulateAndGet(used, Math::max);
                        },
                        null,
                        null);
    }
}
