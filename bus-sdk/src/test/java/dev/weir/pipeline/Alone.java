package dev.weir.pipeline;

import dev.weir.graph.Decoded;
import dev.weir.graph.Effect;
import dev.weir.graph.Graph;
import dev.weir.graph.State;
import dev.weir.graph.Steps;
import dev.weir.model.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A pipeline in one lane that has no bus: its state is a map. */
final class Alone implements State<KeyState> {
    private final Graph<Work, KeyState, List<Effect>> graph;
    private final Steps<Work, KeyState, List<Effect>> steps;
    private final Map<String, KeyState> rows = new HashMap<>();

    Alone(Pipeline pipeline) {
        this.graph = pipeline.graph();
        this.steps = graph.steps().orElseThrow();
    }

    Work read(String text) {
        return switch (graph.source().decoder().decode(Json.of(text))) {
            case Decoded.Value<Work>(Work work) -> work;
            case Decoded.Refused<Work> refused ->
                throw new IllegalArgumentException(refused.refusal().reason());
        };
    }

    /** What comes out if an event is taken that arrived then. */
    List<String> take(long arrivalMillis, String text) {
        return take(steps, arrivalMillis, read(text));
    }

    List<String> take(Steps<Work, KeyState, List<Effect>> prepared, long arrivalMillis, Work work) {
        return texts(
                prepared.isKeyed(work)
                        ? prepared.withKey(work, arrivalMillis, this)
                        : prepared.withoutKey(work, arrivalMillis));
    }

    Steps<Work, KeyState, List<Effect>> prepare(List<Work> events) {
        return steps.prepare(events);
    }

    /** What comes out because it is so late. */
    List<String> due(long nowMillis) {
        return steps.due(nowMillis, false, this).map(Alone::texts).orElse(List.of("nothing is due"));
    }

    private static List<String> texts(List<Effect> effects) {
        return effects.stream()
                .map(effect -> switch (effect) {
                    case Effect.Own own -> own.payload().toString();
                    case Effect.Hop hop -> hop.line().toString();
                    case Effect.Send send -> send.payload().toString();
                    case Effect.Write write -> write.output().toString();
                })
                .toList();
    }

    /** Each row as it is stored. */
    String row(String key) {
        return graph.table().codec().encode(get(key)).toString();
    }

    @Override
    public KeyState get(String key) {
        return rows.getOrDefault(key, graph.table().zero());
    }

    /** What is put is written and read again, as if the lane had been loaded in between. */
    @Override
    public void put(String key, KeyState value) {
        rows.put(key, graph.table().codec().decode(graph.table().codec().encode(value)));
    }

    @Override
    public void add(String key, KeyState value) {
        throw new IllegalStateException("a pipeline adds nothing: key=" + key);
    }
}
