package dev.weir.bench;

import dev.weir.aws.Clients;
import dev.weir.aws.DynamoDbItems;
import dev.weir.aws.SystemTime;
import dev.weir.aws.Tables;
import dev.weir.functions.ledger.Ledger;
import dev.weir.local.dynamodb.DynamoDbClassPath;
import dev.weir.local.dynamodb.DynamoDbLocal;
import dev.weir.memory.MemoryItems;
import dev.weir.model.Json;
import dev.weir.port.Items;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** How the time of a transfer grows with the number of accounts, and with the number of events that a lane holds back. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description = "Time per transfer over the number of accounts and of held events; a table, and a plot as SVG.")
final class GrowthBench implements Callable<Integer> {
    private static final int[] ACCOUNTS = {1_000, 10_000, 100_000, 1_000_000};
    private static final int DYNAMODB_ACCOUNTS_MAX = 100_000;
    private static final int EVENTS_PER_BATCH = 10_000;
    private static final int EVENTS_PER_RECORD = 1_000;
    private static final int MEMORY_TRANSFERS = 200_000;
    private static final int DYNAMODB_TRANSFERS = 200_000;

    /** Fewer where most of the time goes into writing rows. */
    private static final int DYNAMODB_TRANSFERS_OF_MANY = 20_000;

    private static final int WARM_UPS = 6;
    private static final double NANOS_PER_MICRO = 1_000;

    @Option(names = "--repeats", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
    private int repeats;

    @Option(names = "--svg", paramLabel = "FILE", description = "Default: docs/images/growth.svg.")
    private @Nullable Path svg;

    @Option(names = "--no-dynamodb", description = "Leave DynamoDB Local out, which takes most of the time.")
    private boolean memoryOnly;

    @Override
    public Integer call() throws IOException {
        Figures.print(
                "growth: one lane, uniform accounts, batches of %,d, medians of %d, %s",
                EVENTS_PER_BATCH, repeats, Machine.text());
        for (int i = 0; i < WARM_UPS; i++) {
            Figures.progress("warm-up %d of %d", i + 1, WARM_UPS);
            micros(new RowCount(new MemoryItems()), ACCOUNTS[0], MEMORY_TRANSFERS, 1);
        }
        Plot plot = new Plot("Time of a transfer", "accounts, or held events", "microseconds");
        accounts(plot);
        new HeldEvents(repeats + 2).measure(plot);
        Path file = svg == null ? Path.of(System.getProperty("weir.root", ".")).resolve("docs/images/growth.svg") : svg;
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, plot.svg());
        Figures.print("");
        Figures.print("plot: %s", file);
        return 0;
    }

    private void accounts(Plot plot) {
        Plot.Line memory = plot.line("in memory: microseconds by accounts");
        Plot.Line stored = plot.line("DynamoDB Local: microseconds by accounts");
        Figures.print("");
        Figures.print(
                "| accounts | in memory, us a transfer | DynamoDB Local, us a transfer | rows written a transfer |");
        Figures.print("|---:|---:|---:|---:|");
        for (int accounts : ACCOUNTS) {
            Figures.progress("%,d accounts in memory", accounts);
            RowCount items = new RowCount(new MemoryItems());
            double inMemory = micros(items, accounts, MEMORY_TRANSFERS, repeats);
            memory.add(accounts, inMemory);
            double rows = (items.rows() - items.rowsBefore()) / (double) MEMORY_TRANSFERS / repeats;
            String onServer = "";
            if (!memoryOnly && accounts <= DYNAMODB_ACCOUNTS_MAX) {
                Figures.progress("%,d accounts on DynamoDB Local", accounts);
                double micros = onDynamoDb(accounts);
                stored.add(accounts, micros);
                onServer = String.format(Locale.ROOT, "%.1f", micros);
            }
            Figures.progressDone();
            Figures.print("| %,d | %.2f | %s | %.3f |", accounts, inMemory, onServer, rows);
        }
    }

    private double onDynamoDb(int accounts) {
        try (DynamoDbLocal server = DynamoDbLocal.inMemory(
                        DynamoDbClassPath.read(System.getProperty(DynamoDbClassPath.PROPERTY, "")));
                DynamoDbClient client = new Clients("us-east-1", server.endpoint(), Map.of()).dynamoDb()) {
            SystemTime time = new SystemTime();
            var bus = LedgerInMemory.BUS;
            new Tables(client, time)
                    .ensure(List.of(
                            bus.checkpoints(),
                            bus.queues(),
                            bus.heads(),
                            bus.state(Ledger.GRAPH.name(), Ledger.GRAPH.table().name())));
            int transfers = accounts < DYNAMODB_ACCOUNTS_MAX ? DYNAMODB_TRANSFERS : DYNAMODB_TRANSFERS_OF_MANY;
            return micros(new RowCount(new DynamoDbItems(client, time)), accounts, transfers, repeats);
        }
    }

    /** Every account exists before the first measured transfer. */
    private static double micros(RowCount items, int accounts, int transfers, int repeats) {
        Workload workload = new Workload(accounts, false);
        Batches batches = new Batches();
        Figures figures = new Figures();
        try (LedgerInMemory ledger = new LedgerInMemory(items)) {
            ledger.invokeAll(batches.ofWriter("funds", workload.funding(), EVENTS_PER_BATCH, EVENTS_PER_RECORD));
            items.begin();
            Json[] all = workload.transfers(transfers);
            for (int i = 0; i < repeats; i++) {
                List<byte[]> events =
                        new ArrayList<>(batches.ofWriter("bench-" + i, all, EVENTS_PER_BATCH, EVENTS_PER_RECORD));
                long start = System.nanoTime();
                ledger.invokeAll(events);
                figures.add((System.nanoTime() - start) / NANOS_PER_MICRO / transfers);
            }
        }
        return figures.median();
    }

    /** Counts the rows that bring the state up to date. */
    private static final class RowCount extends ItemsWrapper {
        private long rows;
        private long rowsBefore;

        RowCount(Items items) {
            super(items);
        }

        void begin() {
            rowsBefore = rows;
        }

        long rows() {
            return rows;
        }

        long rowsBefore() {
            return rowsBefore;
        }

        @Override
        public List<WriteOutcome> writeAll(List<Write> writes) {
            rows += writes.size();
            return items.writeAll(writes);
        }
    }
}
