package dev.weir.bench;

import dev.weir.functions.ledger.Transfer;
import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to read one transfer from its line: {@code JsonCursor} and the checks. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TransferBenchmark {
    private static final int LINES = 1 << 10;

    private final Json[] lines = new Workload(1_000, true).transfers(LINES);
    private int next;

    @Benchmark
    public Decoded<Transfer> decode() {
        return Transfer.decode(lines[next++ & LINES - 1]);
    }
}
