package dev.weir.local.simulate;

import dev.weir.local.simulator.Fault;
import dev.weir.local.simulator.FaultPlan;
import dev.weir.local.simulator.Report;
import dev.weir.local.simulator.Simulation;
import dev.weir.local.simulator.Trace;
import java.util.EnumMap;
import java.util.Map;

/** One run of a scenario, answered in a type that means the same to every class loader. Called by reflection. */
public final class SeedRun {
    private SeedRun() {}

    /**
     * Plays a seed with every fault; answers what was found wrong, or nothing.
     *
     * @param scenario name of a {@link Simulated}
     * @param others faults that have another probability than usual, as the text of a plan; may be empty
     */
    public static String violation(String scenario, long seed, String others) {
        Map<Fault, Double> probabilities = new EnumMap<>(FaultPlan.EVERYTHING.probabilities());
        if (!others.isEmpty()) {
            probabilities.putAll(FaultPlan.parse(others).probabilities());
        }
        FaultPlan plan = new FaultPlan(probabilities, Map.of());
        Report report = new Simulation(Simulated.valueOf(scenario).scenario(), seed, plan, Trace.NONE).run();
        return report.isSound() ? "" : report.text();
    }
}
