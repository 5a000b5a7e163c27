package dev.weir.flow;

import dev.weir.graph.Graph;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The types of the state that the steps of a lane keep, or kept in an earlier version of the bot, by name of the step. Immutable.
 *
 * @param byStep empty if the bot is one step
 */
record StateTypes(Map<String, String> byStep) {
    private static final String STEPS = "steps";

    /** Those of a graph. */
    static StateTypes of(Graph<?, ?, ?> graph) {
        return new StateTypes(graph.steps().map(steps -> steps.stateTypes()).orElse(Map.of()));
    }

    /**
     * Those of a graph and of all that its lane had before.
     *
     * @throws IllegalStateException if the graph cannot read what is there
     */
    static StateTypes restored(Item checkpoint, Graph<?, ?, ?> graph) {
        Map<String, String> all = new TreeMap<>();
        if (checkpoint.get(STEPS) != null) {
            checkpoint.struct(STEPS).forEach((step, type) -> all.put(step, text(type)));
        }
        of(graph).byStep.forEach((step, type) -> {
            String before = all.putIfAbsent(step, type);
            if (before != null && !before.equals(type)) {
                throw new IllegalStateException("a step cannot read the state that it kept before: bot=" + graph.name()
                        + " step=" + step + " before=" + before + " now=" + type
                        + "; give the new step another name, and the old state stays as it is");
            }
        });
        return new StateTypes(all);
    }

    private static String text(Attribute type) {
        return type instanceof Attribute.Text(String value) ? value : type.toString();
    }

    Optional<Attribute> toAttribute() {
        Map<String, Attribute> steps = new TreeMap<>();
        byStep.forEach((step, type) -> steps.put(step, Attribute.of(type)));
        return steps.isEmpty() ? Optional.empty() : Optional.of(Attribute.of(steps));
    }
}
