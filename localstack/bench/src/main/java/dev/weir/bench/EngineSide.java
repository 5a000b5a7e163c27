package dev.weir.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.weir.functions.ledger.Decided;
import dev.weir.functions.ledger.Ledger;
import dev.weir.functions.ledger.Transfer;
import dev.weir.graph.Decoded;
import dev.weir.graph.State;
import dev.weir.memory.MemoryItems;
import dev.weir.model.Json;
import dev.weir.wire.ByteSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weir's side of {@link EngineBench}, in a JVM of its own that is pinned to one core. Reads what to measure from standard input, a word a line, and answers
 * with the nanoseconds of processor time (the collector's and the compilers' included) and the nanoseconds by the clock.
 */
final class EngineSide {
    static final String WHOLE = "whole";
    static final String DECISIONS = "decisions";

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final byte[] lines;
    private final List<byte[]> batches;
    private final ByteSink decided = new ByteSink();

    private EngineSide(byte[] lines, List<byte[]> batches) {
        this.lines = lines;
        this.batches = batches;
    }

    /** Arguments: file with transfers, events per batch, events per record. */
    public static void main(String[] args) throws IOException {
        byte[] lines = Files.readAllBytes(Path.of(args[0]));
        Json[] transfers = split(lines).toArray(Json[]::new);
        List<byte[]> batches =
                new Batches().ofWriter("bench", transfers, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        EngineSide side = new EngineSide(lines, batches);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println(
                "ready " + batches.stream().mapToLong(batch -> batch.length).sum());
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            System.gc();
            long cpu = SYSTEM.getProcessCpuTime();
            long wall = System.nanoTime();
            if (command.equals(WHOLE)) {
                side.whole();
            } else {
                side.decisions();
            }
            System.out.println((SYSTEM.getProcessCpuTime() - cpu) + " " + (System.nanoTime() - wall));
        }
    }

    private static List<Json> split(byte[] lines) {
        List<Json> all = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < lines.length; at++) {
            if (lines[at] == '\n') {
                all.add(new Json(lines, from, at));
                from = at + 1;
            }
        }
        return all;
    }

    /** From the bytes of Lambda's events to requests that are ready to be sent. */
    private void whole() {
        try (LedgerInMemory ledger = new LedgerInMemory(new ReadyRequests(new MemoryItems()))) {
            ledger.invokeAll(batches);
        }
    }

    /** From the bytes of lines to the bytes of decided lines: what the Python program does. */
    private void decisions() {
        Balances balances = new Balances();
        decided.clear();
        int from = 0;
        for (int at = 0; at < lines.length; at++) {
            if (lines[at] == '\n') {
                decide(new Json(lines, from, at), balances);
                from = at + 1;
            }
        }
    }

    private void decide(Json line, Balances balances) {
        switch (Ledger.GRAPH.source().decoder().decode(line)) {
            case Decoded.Value<Transfer>(Transfer transfer) -> {
                Decided outcome = Ledger.GRAPH.step().apply(transfer, balances);
                decided.put(outcome.json());
                decided.put('\n');
            }
            case Decoded.Refused<Transfer>(var refusal) ->
                throw new IllegalStateException("not a transfer: line=" + line + " reason=" + refusal.reason());
        }
    }

    /** A plain map, as the Python program has it. */
    private static final class Balances implements State<BigDecimal> {
        private final Map<String, BigDecimal> balances = new HashMap<>();

        @Override
        public BigDecimal get(String key) {
            return balances.getOrDefault(key, BigDecimal.ZERO);
        }

        @Override
        public void put(String key, BigDecimal value) {
            balances.put(key, value);
        }

        @Override
        public void add(String key, BigDecimal value) {
            balances.merge(key, value, Ledger.GRAPH.table().merge());
        }
    }
}
