package dev.weir.local.simulator;

import java.util.function.Supplier;

/** What happens in a run, line by line. */
@FunctionalInterface
public interface Trace {

    /** Nobody looks. */
    Trace NONE = _ -> {};

    /** A line, made only if somebody looks. */
    void line(Supplier<String> text);

    /** Appends lines to a text. */
    static Trace to(StringBuilder out) {
        return line -> out.append(line.get()).append('\n');
    }
}
