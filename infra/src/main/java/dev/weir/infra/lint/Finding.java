package dev.weir.infra.lint;

import java.util.Locale;

/**
 * Something that is, or may be, wrong.
 *
 * @param bot its name, or {@link Silence#BUS}
 * @param step the step of the graph, as the user wrote it
 * @param severity the rule's own, or less where only a default and not a declared value speaks for it
 * @param what is the case here, with the values
 */
public record Finding(Rule rule, Severity severity, String bot, String step, String what) {

    static Finding of(Rule rule, String bot, String step, String what) {
        return new Finding(rule, rule.severity(), bot, step, what);
    }

    static Finding ofBus(Rule rule, String step, String what) {
        return of(rule, Silence.BUS, step, what);
    }

    /** Whether the synthesis fails. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** Four lines for people: what, where, why it matters, what to do. */
    public String text() {
        return severity.name().toLowerCase(Locale.ROOT) + " " + rule.id() + ": bot=" + bot + " step=" + step + ": "
                + what + System.lineSeparator() + "    why:  " + rule.why() + System.lineSeparator() + "    mend: "
                + rule.mend();
    }
}
