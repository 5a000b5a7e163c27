package dev.weir.bench;

import dev.weir.bench.MeteredItems.Units;
import dev.weir.memory.MemoryItems;
import dev.weir.model.Json;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What DynamoDB would bill for transfers, from the sizes of the items that are really written, beside a transaction for each transfer. */
@Command(
        name = "cost",
        mixinStandardHelpOptions = true,
        description =
                "DynamoDB request units of 1,000 transfers, beside one transaction of three items for each transfer.")
final class CostBench implements Callable<Integer> {
    /** Source and target account and the transfer itself, each of one kilobyte at most, in a transaction. */
    static final int NAIVE_UNITS = 6;

    private static final int EVENTS_PER_RECORD = 1_000;
    private static final int FUNDS_PER_BATCH = 10_000;
    private static final int[] BATCHES = {1_000, 10_000};
    private static final int[] SMALL_BATCHES = {1, 2, 10, 100};
    private static final int COMMITS_MAX = 5_000;
    private static final double DOLLARS_PER_WRITE_UNIT = 0.625e-6;
    private static final double DOLLARS_PER_READ_UNIT = 0.125e-6;
    private static final List<Workload> WORKLOADS =
            List.of(new Workload(1_000, true), new Workload(1_000, false), new Workload(1_000_000, false));

    @Option(
            names = "--transfers",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many to count, after each account got its first money. Default: ${DEFAULT-VALUE}.")
    private int transfers;

    @Override
    public Integer call() {
        Figures.print(
                "cost: %,d transfers each, one lane, warm function, after a first transfer to each account", transfers);
        Figures.print("units per 1,000 transfers; the naive design writes %,d.", 1_000 * NAIVE_UNITS);
        Figures.print("");
        Figures.print(
                "%-28s %7s %8s %7s %8s %7s %8s %7s %11s %8s",
                "", "batch", "commits", "rows", "deletes", "WRU", "fewer", "RRU", "$ a million", "naive");
        for (Workload workload : WORKLOADS) {
            for (int batch : BATCHES) {
                report(workload, batch, transfers);
            }
        }
        Figures.print("");
        Figures.print("small batches, as a quiet stream gives them (at most %,d commits):", COMMITS_MAX);
        for (int batch : SMALL_BATCHES) {
            report(WORKLOADS.getFirst(), batch, Math.min(transfers, COMMITS_MAX * batch));
        }
        return 0;
    }

    private static void report(Workload workload, int batch, int transfers) {
        Figures.progress("%s, batches of %,d", workload.text(), batch);
        Units units = measured(workload, batch, transfers);
        Figures.progressDone();
        print(workload, batch, units, transfers);
    }

    private static Units measured(Workload workload, int eventsPerBatch, int transfers) {
        MeteredItems items = new MeteredItems(new MemoryItems());
        Batches batches = new Batches();
        try (LedgerInMemory ledger = new LedgerInMemory(items)) {
            ledger.invokeAll(batches.ofWriter("funds", workload.funding(), FUNDS_PER_BATCH, EVENTS_PER_RECORD));
            Units before = items.units();
            Json[] all = workload.transfers(transfers);
            ledger.invokeAll(batches.ofWriter("bench", all, eventsPerBatch, EVENTS_PER_RECORD));
            return items.units().since(before);
        }
    }

    private static void print(Workload workload, int batch, Units units, int transfers) {
        double thousands = transfers / 1_000.0;
        double dollars = (units.writeUnits() * DOLLARS_PER_WRITE_UNIT + units.readUnits() * DOLLARS_PER_READ_UNIT)
                * (1e6 / transfers);
        Figures.print(
                "%-28s %,7d %8.1f %7.1f %8.1f %7.1f %7.1fx %7.1f %11.3f %8.2f",
                workload.text(),
                batch,
                units.commitUnits() / thousands,
                units.rowUnits() / thousands,
                units.deleteUnits() / thousands,
                units.writeUnits() / thousands,
                1_000.0 * NAIVE_UNITS / (units.writeUnits() / thousands),
                units.readUnits() / thousands,
                dollars,
                NAIVE_UNITS * 1e6 * DOLLARS_PER_WRITE_UNIT);
    }
}
