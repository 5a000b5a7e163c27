package dev.weir.bench;

import dev.weir.memory.MemoryItems;
import dev.weir.model.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What held events cost: holding them, other events while they are held, a cold start with them, and letting them go. */
final class HeldEvents {
    private static final int[] HELD = {0, 1_000, 100_000};
    private static final int ACCOUNTS = 1_000;
    private static final int EVENTS_PER_BATCH = 10_000;
    private static final int EVENTS_PER_RECORD = 1_000;
    private static final int OTHERS = 50_000;
    private static final int WARM_UPS = 3;
    private static final double NANOS_PER_MICRO = 1_000;

    private final int repeats;
    private final Json[] transfers =
            new Workload(ACCOUNTS, false).transfers(Math.max(OTHERS, HELD[HELD.length - 1] + 1));

    HeldEvents(int repeats) {
        this.repeats = repeats;
    }

    void measure(Plot plot) {
        Plot.Line others = plot.line("in memory: microseconds by held events");
        Figures.print("");
        Figures.print(
                "| held events | to hold one, us | other transfers meanwhile, us each | cold start, ms | to release one, us |");
        Figures.print("|---:|---:|---:|---:|---:|");
        measure(HELD[HELD.length - 1], WARM_UPS);
        for (int held : HELD) {
            Figures.progress("%,d held events", held);
            Figures[] figures = measure(held, repeats);
            Figures.progressDone();
            others.add(Math.max(1, held), figures[1].median());
            Figures.print(
                    "| %,d | %s | %.2f | %.1f | %s |",
                    held,
                    held == 0 ? "" : text(figures[0].median() / held),
                    figures[1].median(),
                    figures[2].median() / 1_000,
                    held == 0 ? "" : text(figures[3].median() / held));
        }
    }

    private static String text(double micros) {
        return String.format(Locale.ROOT, "%.2f", micros);
    }

    /** Microseconds: of holding all, of one other transfer, of a first batch of one event after a cold start, of releasing all. */
    private Figures[] measure(int held, int times) {
        Figures[] figures = {new Figures(), new Figures(), new Figures(), new Figures()};
        for (int i = 0; i < times; i++) {
            Batches batches = new Batches();
            List<byte[]> early = batches.beginningAt(2)
                    .ofWriter("early", Arrays.copyOf(transfers, held), EVENTS_PER_BATCH, EVENTS_PER_RECORD);
            batches.beginningAt(1);
            List<byte[]> others =
                    batches.ofWriter("other", Arrays.copyOf(transfers, OTHERS), EVENTS_PER_BATCH, EVENTS_PER_RECORD);
            byte[] one = batches.event("lane-0", List.of(batches.chunk("one", 1, transfers, 0, 1)));
            byte[] missing = batches.event("lane-0", List.of(batches.chunk("early", 1, transfers, 0, 1)));
            try (LedgerInMemory ledger = new LedgerInMemory(new MemoryItems())) {
                figures[0].add(micros(() -> ledger.invokeAll(early)));
                figures[1].add(micros(() -> ledger.invokeAll(others)) / OTHERS);
                ledger.forget();
                figures[2].add(micros(() -> ledger.invoke(one)));
                figures[3].add(micros(() -> ledger.invoke(missing)));
            }
        }
        return figures;
    }

    private static double micros(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / NANOS_PER_MICRO;
    }
}
