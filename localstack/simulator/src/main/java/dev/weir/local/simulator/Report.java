package dev.weir.local.simulator;

import java.util.List;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param violation what was found wrong, if anything
 * @param struck the faults that struck, in order
 */
public record Report(Optional<Throwable> violation, List<Strike> struck) {

    public boolean isSound() {
        return violation.isEmpty();
    }

    /** What was found wrong, or that nothing was. */
    public String text() {
        return violation.map(String::valueOf).orElse("sound");
    }
}
