package dev.weir.functions.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * A small CloudWatch: takes lines, refuses those that CloudWatch would not make metrics of, and adds up what it is told, by metric and
 * dimensions. Knows nothing of how lines are made.
 */
public final class Heard implements Consumer<String> {
    public final List<String> lines = new ArrayList<>();
    private final Map<String, Long> sums = new LinkedHashMap<>();
    private final Map<String, Long> last = new LinkedHashMap<>();

    @Override
    public void accept(String line) {
        lines.add(line);
        check(line.length() <= 1_048_576 && line.chars().allMatch(c -> c >= ' ' && c < 127), "one line in ASCII", line);
        JsonNode root = JsonNode.parser().parse(line);
        Map<String, JsonNode> members = root.asObject();
        JsonNode metadata = members.get("_aws");
        check(metadata.asObject().get("Timestamp").asNumber().matches("\\d{13}"), "a time", line);
        List<JsonNode> directives = metadata.asObject().get("CloudWatchMetrics").asArray();
        check(!directives.isEmpty(), "a directive", line);
        directives.forEach(directive -> hear(directive.asObject(), members, line));
    }

    private void hear(Map<String, JsonNode> directive, Map<String, JsonNode> members, String line) {
        check(directive.get("Namespace").asString().equals("Weir"), "a namespace", line);
        List<JsonNode> metrics = directive.get("Metrics").asArray();
        check(!metrics.isEmpty() && metrics.size() <= 100, "1 to 100 metrics", line);
        for (JsonNode set : directive.get("Dimensions").asArray()) {
            String of = dimensions(set.asArray(), members, line);
            for (JsonNode metric : metrics) {
                String name = metric.asObject().get("Name").asString();
                String unit = metric.asObject().get("Unit").asString();
                check(unit.equals("Count") || unit.equals("Milliseconds"), "a unit", line);
                long value = Long.parseLong(members.get(name).asNumber());
                sums.merge(name + of, value, Long::sum);
                last.put(name + of, value);
            }
        }
    }

    private static String dimensions(List<JsonNode> names, Map<String, JsonNode> members, String line) {
        check(names.size() <= 30, "30 dimensions at most", line);
        StringBuilder of = new StringBuilder();
        for (JsonNode name : names) {
            String value = members.get(name.asString()).asString();
            check(value.matches("[!-~]{1,1024}"), "the value of a dimension", line);
            of.append(' ').append(value);
        }
        return of.toString();
    }

    private static void check(boolean holds, String what, String line) {
        if (!holds) {
            throw new AssertionError("not a line with " + what + ": line=" + line);
        }
    }

    /** What was told of a metric, all together; 0 if nothing. */
    public long sum(Metric metric, String... dimensions) {
        return sums.getOrDefault(name(metric, dimensions), 0L);
    }

    /** The last that was told of it, or -1. */
    public long last(Metric metric, String... dimensions) {
        return last.getOrDefault(name(metric, dimensions), -1L);
    }

    /** All metrics that were told, each as its name and the values of its dimensions. */
    public List<String> metrics() {
        return List.copyOf(sums.keySet());
    }

    private static String name(Metric metric, String... dimensions) {
        return metric.label() + (dimensions.length == 0 ? "" : " " + String.join(" ", dimensions));
    }
}
