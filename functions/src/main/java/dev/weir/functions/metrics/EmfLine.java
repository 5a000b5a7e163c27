package dev.weir.functions.metrics;

import dev.weir.model.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One line in CloudWatch's embedded metric format: a JSON object of which CloudWatch makes metrics when a function prints it. Source of the
 * bounds: CloudWatch, "Specification: Embedded metric format", and Dimension in its API reference. Used by one thread.
 *
 * <pre>{@code
 * new EmfLine(nowMillis, Map.of("Bus", "shop", "Bot", "ledger"))
 *         .of(Map.of(Metric.EVENTS, 17L), List.of(List.of("Bus"), List.of("Bus", "Bot")))
 *         .text()
 * }</pre>
 */
public final class EmfLine {

    /** Most metrics of a line. */
    public static final int METRICS_MAX = 100;

    /** Most dimensions of a metric. */
    public static final int DIMENSIONS_MAX = 30;

    /** Most characters of a dimension's value. */
    public static final int VALUE_CHARS_MAX = 1_024;

    /** Most bytes of a line. */
    public static final int BYTES_MAX = 1_048_576;

    private static final int USUAL_CHARS = 512;
    private static final int DIGEST_BYTES = 8;
    private static final char ESCAPE = '%';

    private final Map<String, String> dimensions;
    private final StringBuilder head = new StringBuilder(USUAL_CHARS);
    private final StringBuilder values = new StringBuilder();
    private final Set<Metric> told = new HashSet<>();
    private boolean hasDirective;

    /**
     * A line without metrics.
     *
     * @param dimensions values by name
     */
    public EmfLine(long epochMillis, Map<String, String> dimensions) {
        this.dimensions = new TreeMap<>(dimensions);
        head.append("{\"_aws\":{\"Timestamp\":").append(epochMillis).append(",\"CloudWatchMetrics\":[");
        this.dimensions.forEach((name, value) ->
                values.append(',').append(Json.quoted(name)).append(':').append(Json.quoted(value(value))));
    }

    /**
     * More metrics.
     *
     * @param figures at least one, and none that the line has already
     * @param sets under which dimensions they are stored: each set is metrics of its own, and is paid for
     */
    public EmfLine of(Map<Metric, Long> figures, List<List<String>> sets) {
        check(figures, sets);
        head.append(hasDirective ? ",{" : "{").append("\"Namespace\":").append(Json.quoted(Metric.NAMESPACE));
        hasDirective = true;
        head.append(",\"Dimensions\":[");
        head.append(sets.stream().map(set -> "[" + quoted(set) + "]").collect(Collectors.joining(",")));
        head.append("],\"Metrics\":[");
        String gap = "";
        for (Map.Entry<Metric, Long> figure : figures.entrySet()) {
            Metric metric = figure.getKey();
            head.append(gap).append("{\"Name\":").append(Json.quoted(metric.label()));
            head.append(",\"Unit\":").append(Json.quoted(metric.unit())).append('}');
            values.append(',').append(Json.quoted(metric.label())).append(':').append(figure.getValue());
            gap = ",";
        }
        head.append("]}");
        return this;
    }

    private void check(Map<Metric, Long> figures, List<List<String>> sets) {
        if (figures.isEmpty() || !told.addAll(figures.keySet()) || told.size() > METRICS_MAX) {
            throw new IllegalArgumentException("a line tells 1 to " + METRICS_MAX + " metrics, each once: told=" + told
                    + " more=" + figures.keySet());
        }
        for (List<String> set : sets) {
            if (set.size() > DIMENSIONS_MAX || !dimensions.keySet().containsAll(set)) {
                throw new IllegalArgumentException("a metric has at most " + DIMENSIONS_MAX
                        + " dimensions, of those of its line: set=" + set + " line=" + dimensions.keySet());
            }
        }
    }

    private static String quoted(List<String> names) {
        return names.stream().map(Json::quoted).collect(Collectors.joining(","));
    }

    /** The line, in ASCII and without its end. */
    public String text() {
        if (head.length() + values.length() >= BYTES_MAX) {
            throw new IllegalStateException(
                    "a line is too long: bytes=" + (head.length() + values.length()) + " max=" + BYTES_MAX);
        }
        return head + "]}" + values + "}";
    }

    /**
     * A name as the value of a dimension, which CloudWatch wants in visible ASCII characters, 1 to {@value #VALUE_CHARS_MAX}. Names of bots
     * are so already, and stay as they are. In others each byte of UTF-8 that is no such character, and {@code %} itself, is written as
     * {@code %} and two digits; the empty name is {@code %}; the end of one that is too long is replaced by a digest of the whole.
     */
    public static String value(String name) {
        if (name.isEmpty()) {
            return String.valueOf(ESCAPE);
        }
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(utf8.length);
        for (byte each : utf8) {
            if (each > ' ' && each <= '~' && each != ESCAPE) {
                text.append((char) each);
            } else {
                text.append(ESCAPE).append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
        return text.length() <= VALUE_CHARS_MAX ? text.toString() : cut(text, utf8);
    }

    private static String cut(StringBuilder text, byte[] utf8) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(utf8);
            String end = ESCAPE + "~" + HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST_BYTES));
            return text.substring(0, VALUE_CHARS_MAX - end.length()) + end;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
