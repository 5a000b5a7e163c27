package dev.weir.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The most of this JVM's heap that was in use since its start, and after a collection since this was made. Thread-safe. */
final class HeapPeak {
    private final AtomicLong live = new AtomicLong();

    HeapPeak() {
        ManagementFactory.getGarbageCollectorMXBeans().forEach(this::watch);
    }

    /** The most that was in use at a time, garbage included: an upper bound, since the pools need not peak together. */
    long bytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    /** The most that was in use after a collection; 0 if there was none. */
    long liveBytes() {
        return live.get();
    }

    private void watch(GarbageCollectorMXBean collector) {
        ((NotificationEmitter) collector)
                .addNotificationListener(
                        (notification, _) -> {
                            var info =
                                    GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
                            long used = info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                                    .filter(pool -> isHeap(pool.getKey()))
                                    .mapToLong(pool -> pool.getValue().getUsed())
                                    .sum();
                            live.accumulateAndGet(used, Math::max);
                        },
                        null,
                        null);
    }

    private static boolean isHeap(String pool) {
        return !pool.startsWith("Metaspace") && !pool.startsWith("Code") && !pool.startsWith("Compressed");
    }
}
