package dev.weir.local.simulator;

/**
 * A fault that struck.
 *
 * @param fault which
 * @param opportunity how many opportunities of this fault the run had before, from 0
 */
public record Strike(Fault fault, int opportunity) {

    /** As it stands in a {@link FaultPlan}. */
    public String text() {
        return fault.text() + "@" + opportunity;
    }
}
