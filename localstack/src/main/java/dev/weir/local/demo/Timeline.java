package dev.weir.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was decided when, as a picture of text: one column a sample, and what happened under it. Not thread-safe. */
final class Timeline {
    private static final String BARS = " ▁▂▃▄▅▆▇█";
    private static final int COLUMNS_MAX = 72;

    private record Mark(int sample, char sign, String text) {}

    private final List<Long> totals = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();

    /** Adds how many were decided up to now. */
    void sample(long total) {
        totals.add(total);
    }

    /** Marks the present moment. */
    void mark(char sign, String text) {
        marks.add(new Mark(Math.max(0, totals.size() - 1), sign, text));
    }

    /** The picture, a line each; nothing if there is no sample. */
    List<String> draw(double secondsPerSample) {
        if (totals.isEmpty()) {
            return List.of();
        }
        int width = Math.max(1, (totals.size() + COLUMNS_MAX - 1) / COLUMNS_MAX);
        List<Long> rates = new ArrayList<>();
        long before = 0;
        for (int from = 0; from < totals.size(); from += width) {
            long total = totals.get(Math.min(from + width, totals.size()) - 1);
            rates.add(total - before);
            before = total;
        }
        long top = Math.max(1, rates.stream().mapToLong(Long::longValue).max().orElse(1));
        StringBuilder bars = new StringBuilder();
        rates.forEach(rate -> bars.append(BARS.charAt((int) ((rate * (BARS.length() - 1) + top - 1) / top))));
        StringBuilder signs = new StringBuilder(" ".repeat(rates.size()));
        marks.forEach(mark -> signs.setCharAt(Math.min(mark.sample / width, rates.size() - 1), mark.sign));
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "decided, most %,.0f a second", top / (width * secondsPerSample)));
        lines.add("|" + bars + "|");
        lines.add("|" + signs + "| " + String.format(Locale.ROOT, "%.1f s", totals.size() * secondsPerSample));
        marks.forEach(mark -> lines.add(" " + mark.sign + " " + mark.text));
        return lines;
    }
}
