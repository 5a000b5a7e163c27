package dev.weir.local.simulator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What goes wrong in one run: asks the plan at each opportunity, and remembers what struck. Not thread-safe. */
final class Faults {

    /** One fault, and how many opportunities it had. */
    private static final class Chance {
        private final long purpose;
        private final double probability;
        private final Set<Integer> strikes;
        private int opportunities;

        Chance(Fault fault, FaultPlan plan) {
            purpose = fault.text().hashCode(); // not its place among the others: a new fault must not move the old ones
            probability = plan.probability(fault);
            strikes = plan.strikes(fault);
        }
    }

    private final long seed;
    private final FaultPlan plan;
    private final Trace trace;
    private final Map<Fault, Chance> chances = new EnumMap<>(Fault.class);
    private final List<Strike> struck = new ArrayList<>();
    private boolean calm;

    Faults(long seed, FaultPlan plan, Trace trace) {
        this.seed = seed;
        this.plan = plan;
        this.trace = trace;
    }

    /** Whether the fault strikes now. */
    boolean strike(Fault fault) {
        Chance chance = chance(fault);
        int opportunity = chance.opportunities++;
        if (calm || !strikes(chance, opportunity)) {
            return false;
        }
        Strike strike = new Strike(fault, opportunity);
        struck.add(strike);
        trace.line(() -> "fault " + strike.text());
        return true;
    }

    private boolean strikes(Chance chance, int opportunity) {
        return chance.probability > 0 && Hash.unit(Hash.of(seed, chance.purpose, opportunity)) < chance.probability
                || !chance.strikes.isEmpty() && chance.strikes.contains(opportunity);
    }

    /** How much of the last strike of a fault: from 0 to below the bound, the same whenever it strikes at this opportunity. */
    long amount(Fault fault, long bound) {
        return Hash.below(details(fault), bound);
    }

    /** Milliseconds for a delay that is mostly short and now and then as long as the bound: uniform in its logarithm. */
    long delayMillis(Fault fault, long boundMillis) {
        return (long) StrictMath.pow((double) boundMillis, Hash.unit(details(fault)));
    }

    private long details(Fault fault) {
        Chance chance = chance(fault);
        return Hash.of(~seed, chance.purpose, chance.opportunities);
    }

    private Chance chance(Fault fault) {
        Chance known = chances.get(fault); // first: asked for at each call of each process
        return known == null ? chances.computeIfAbsent(fault, _ -> new Chance(fault, plan)) : known;
    }

    /** Whether nothing goes wrong from now on. */
    void calm(boolean on) {
        calm = on;
    }

    /** How many opportunities a fault has had so far. */
    int opportunities(Fault fault) {
        return chance(fault).opportunities;
    }

    List<Strike> struck() {
        return List.copyOf(struck);
    }
}
