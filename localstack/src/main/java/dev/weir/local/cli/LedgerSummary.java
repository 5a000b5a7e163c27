package dev.weir.local.cli;

import dev.weir.flow.Counts;
import dev.weir.flow.Counts.Count;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * What a run did, for its user.
 *
 * @param lines input lines that were not blank
 * @param refused lines that were too large to be sent at all
 * @param counts what became of the events
 * @param examples the first of the lines that were parked or refused, as text
 * @param approved transfers approved
 * @param seconds how long it took
 */
record LedgerSummary(long lines, long refused, Counts counts, List<String> examples, long approved, double seconds) {

    long parked() {
        return counts.of(Count.PARKED) + refused;
    }

    void print(PrintStream err) {
        long decided = counts.of(Count.PROCESSED);
        err.printf(
                Locale.ROOT,
                "weir: %,d lines in %.1f s (%,.0f a second): %,d approved, %,d denied, %,d parked%n",
                lines,
                seconds,
                lines / Math.max(seconds, 0.001),
                approved,
                decided - approved,
                parked());
        repeated(err);
        if (parked() > 0) {
            err.println("weir: parked lines took no effect and are kept with payload and reason:");
            examples.forEach(example -> err.println("  " + example));
            if (parked() > examples.size()) {
                err.printf(Locale.ROOT, "  ... and %,d more%n", parked() - examples.size());
            }
        }
        err.flush();
    }

    private void repeated(PrintStream err) {
        long same = counts.of(Count.SAME_BUSINESS_ID);
        long seen = counts.of(Count.REDELIVERED) + counts.of(Count.RETRIED_BY_PRODUCER);
        if (same + seen + counts.of(Count.GAPS) > 0) {
            err.printf(
                    Locale.ROOT,
                    "weir: dropped as repeated: %,d by id or sequence, %,d by delivery; gaps passed: %,d%n",
                    same,
                    seen,
                    counts.of(Count.GAPS));
        }
    }
}
