package dev.weir.local.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Finds few faults of a failed run that make it fail still. Method: delta debugging (Zeller, Hildebrandt: Simplifying and Isolating
 * Failure-Inducing Input, 2002): leave out ever smaller parts, keep what fails.
 */
public final class Reduction {
    private static final int RUNS_MAX = 600;

    private final Function<FaultPlan, Report> run;
    private int runs;

    /** @param run plays the failed run again, with another plan */
    public Reduction(Function<FaultPlan, Report> run) {
        this.run = run;
    }

    /** The faults that are left; at most {@value #RUNS_MAX} runs are spent. */
    public List<Strike> reduce(Report failed) {
        List<Strike> strikes = failed.struck();
        int parts = 2;
        while (strikes.size() > 1 && runs < RUNS_MAX) {
            List<Strike> fewer = withoutOnePart(strikes, parts);
            if (fewer.size() < strikes.size()) {
                strikes = fewer;
                parts = Math.max(2, parts - 1);
            } else if (parts >= strikes.size()) {
                return withoutAny(strikes);
            } else {
                parts = Math.min(strikes.size(), parts * 2);
            }
        }
        return withoutAny(strikes);
    }

    /** The strikes without the first part whose absence leaves a failure; all of them if there is none. */
    private List<Strike> withoutOnePart(List<Strike> strikes, int parts) {
        int from = 0;
        for (int i = 0; i < parts && runs < RUNS_MAX; i++) {
            int to = (int) ((long) strikes.size() * (i + 1) / parts);
            List<Strike> rest = new ArrayList<>(strikes.subList(0, from));
            rest.addAll(strikes.subList(to, strikes.size()));
            if (to > from && fails(rest)) {
                return rest;
            }
            from = to;
        }
        return strikes;
    }

    /** A run that fails without any fault needs none. */
    private List<Strike> withoutAny(List<Strike> strikes) {
        return strikes.size() == 1 && fails(List.of()) ? List.of() : strikes;
    }

    private boolean fails(List<Strike> strikes) {
        runs++;
        return !run.apply(FaultPlan.of(strikes)).isSound();
    }
}
