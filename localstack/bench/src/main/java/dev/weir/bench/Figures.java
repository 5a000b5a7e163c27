package dev.weir.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Repeated measurements of one thing, of which the median counts. Not thread-safe. */
final class Figures {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        return quantile(0.5);
    }

    double lowest() {
        return quantile(0);
    }

    double highest() {
        return quantile(1);
    }

    double quantile(double share) {
        if (values.isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }

    /** Prints a line; numbers as people in Paris or Kathmandu would both read them. */
    @SuppressWarnings("AnnotateFormatMethod") // no dependency for an annotation
    static void print(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }

    /** Shows what is going on, if somebody is looking. */
    @SuppressWarnings("AnnotateFormatMethod") // as above
    static void progress(String format, Object... arguments) {
        if (Boolean.getBoolean("weir.terminal")) {
            System.err.print("\r\u001b[K" + String.format(Locale.ROOT, format, arguments));
            System.err.flush();
        }
    }

    static void progressDone() {
        progress("");
    }
}
