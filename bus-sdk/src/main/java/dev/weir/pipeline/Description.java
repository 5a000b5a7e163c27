package dev.weir.pipeline;

import dev.weir.model.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The steps of a pipeline as text, for people and programs.
 *
 * @param bot its name
 * @param steps inputs before what they go into
 */
public record Description(String bot, List<Step> steps) {

    /**
     * A step.
     *
     * @param name of its own, or made of its verb and a number
     * @param verb what it does
     * @param inputs names of the steps that it takes values from
     * @param state type of the state that it keeps of each key, if it does
     * @param queue the stream or queue that it reads or writes, if it does
     * @param span how far back in time it looks, or how long it waits, if that is bounded
     */
    public record Step(
            String name,
            String verb,
            List<String> inputs,
            Optional<String> state,
            Optional<String> queue,
            Optional<Duration> span) {}

    static Description of(Plan plan) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < plan.nodes.size(); i++) {
            Node node = plan.nodes.get(i);
            List<String> inputs = new ArrayList<>();
            for (Node input : node.inputs) {
                inputs.add(plan.names.get(plan.nodes.indexOf(input)));
            }
            steps.add(new Step(plan.names.get(i), node.verb(), inputs, state(node), queue(node), span(node)));
        }
        return new Description(plan.bot, List.copyOf(steps));
    }

    private static Optional<Duration> span(Node node) {
        return node instanceof Node.Stateful stateful ? stateful.operator.span() : Optional.empty();
    }

    private static Optional<String> state(Node node) {
        return node instanceof Node.Stateful stateful
                ? Optional.of(stateful.operator.codec().type())
                : Optional.empty();
    }

    private static Optional<String> queue(Node node) {
        return switch (node) {
            case Node.Source source -> Optional.of(source.feed.name());
            case Node.End end ->
                switch (end.to) {
                    case To.OwnQueue<Object>(String queue, var _) -> Optional.of(queue);
                    case To.SharedQueue<Object>(String queue, var _) -> Optional.of(queue);
                    case To.Stream<Object>(String stream, var _, var _) -> Optional.of(stream);
                    case To.Outside<Object> outside -> Optional.of(outside.name());
                    case To.Nothing<Object> _ -> Optional.empty();
                };
            case Node.One _,
                    Node.Many _,
                    Node.Enrich _,
                    Node.Merge _,
                    Node.EventTime _,
                    Node.KeyBy _,
                    Node.Stateful _ -> Optional.empty();
        };
    }

    /** One JSON object: {@code {"bot":...,"steps":[{"name":...,"verb":...,"inputs":[...]}]}}. */
    public Json json() {
        return Json.of(steps.stream()
                .map(Description::json)
                .collect(Collectors.joining(",", "{\"bot\":" + Json.quoted(bot) + ",\"steps\":[", "]}")));
    }

    private static String json(Step step) {
        String inputs = step.inputs.stream().map(Json::quoted).collect(Collectors.joining(",", "[", "]"));
        return "{\"name\":" + Json.quoted(step.name) + ",\"verb\":" + Json.quoted(step.verb) + ",\"inputs\":" + inputs
                + step.state.map(type -> ",\"state\":" + Json.quoted(type)).orElse("")
                + step.queue.map(queue -> ",\"queue\":" + Json.quoted(queue)).orElse("") + "}";
    }

    /** A flow chart for Mermaid, which many pages show as a picture. */
    public String mermaid() {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String label = "\"" + label(step, "<br/>").replace("\"", "#quot;") + "\"";
            text.append("  s").append(i);
            text.append(
                    step.queue.isPresent()
                            ? "[(" + label + ")]"
                            : step.state.isPresent() ? "[[" + label + "]]" : "[" + label + "]");
            text.append('\n');
        }
        edges((from, to) -> text.append("  s" + from + " --> s" + to + "\n"));
        return text.toString();
    }

    /** A graph for Graphviz. */
    public String dot() {
        StringBuilder text = new StringBuilder("digraph " + Json.quoted(bot) + " {\n  rankdir=LR;\n");
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String shape = step.queue.isPresent() ? "cylinder" : step.state.isPresent() ? "box3d" : "box";
            text.append("  s" + i + " [shape=" + shape + ",label=\"" + label(step, "\\n") + "\"];\n");
        }
        edges((from, to) -> text.append("  s" + from + " -> s" + to + ";\n"));
        return text.append("}\n").toString();
    }

    private static String label(Step step, String newLine) {
        String what = step.queue.isPresent() ? step.queue.get() : step.name;
        return step.verb + newLine + what;
    }

    private interface Edges {
        void add(int from, int to);
    }

    private void edges(Edges edges) {
        List<String> names = steps.stream().map(Step::name).toList();
        for (int to = 0; to < steps.size(); to++) {
            for (String input : steps.get(to).inputs) {
                edges.add(names.indexOf(input), to);
            }
        }
    }
}
