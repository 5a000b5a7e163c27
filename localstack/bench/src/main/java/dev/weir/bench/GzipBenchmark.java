package dev.weir.bench;

import dev.weir.model.Json;
import dev.weir.wire.ByteSink;
import dev.weir.wire.EnvelopeEncoder;
import dev.weir.wire.Gzip;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to compress the outcomes of 1,000 transfers, and, said at the end, how small they become. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GzipBenchmark {
    private static final int LINES = 1_000;
    private static final long NOW_MILLIS = 1_800_000_000_000L;

    /** Of compression: 1 is what Weir uses. */
    @Param({"1", "3", "6"})
    public int level;

    private final ByteSink lines = new ByteSink();
    private Gzip gzip = new Gzip(1);

    @Setup
    public void prepare() {
        gzip = new Gzip(level);
        EnvelopeEncoder envelopes = new EnvelopeEncoder("ledger", "transfers.decided", lines);
        Json[] transfers = new Workload(1_000, true).transfers(LINES);
        for (int i = 0; i < LINES; i++) {
            String text = transfers[i].toString();
            Json decided = Json.of(text.substring(0, text.length() - 1) + ",\"outcome\":\"approve\"}");
            envelopes.line(decided, NOW_MILLIS, NOW_MILLIS + 100, i);
        }
    }

    @Benchmark
    public byte[] compress() {
        return gzip.compress(lines.array(), 0, lines.size());
    }

    @TearDown
    public void sizes() {
        Figures.print("level %d: %,d bytes become %,d", level, lines.size(), compress().length);
    }
}
