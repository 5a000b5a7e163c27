package dev.weir.infra.lint;

import dev.weir.graph.Decoded;
import dev.weir.graph.Graph;
import dev.weir.infra.BusConfig;
import dev.weir.infra.cost.Load;
import dev.weir.infra.cost.Sample;
import dev.weir.pipeline.Description;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys that take more than their lane. What the keys are is seen by asking the graph for those of sample events; without a sample nothing is said. */
final class KeyRules {

    /** Events that are looked at. */
    static final int EVENTS = 1_000;

    private KeyRules() {}

    static List<Finding> check(List<Subject> subjects, BusConfig config, Declared declared) {
        List<Finding> findings = new ArrayList<>();
        if (config.lanes() == 1) {
            return findings; // one order of all is what is wanted
        }
        for (Subject subject : subjects) {
            Optional<Sample> sample = Sample.of(subject.name(), declared.samples());
            subject.graph()
                    .filter(graph -> graph.isKeyed() && sample.isPresent())
                    .flatMap(graph -> hottest(subject, graph, sample.orElseThrow(), config.lanes()))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    private static <T, V, R> Optional<Finding> hottest(
            Subject subject, Graph<T, V, R> graph, Sample sample, int lanes) {
        Map<String, Integer> counts = new HashMap<>();
        int keyed = 0;
        for (int i = 0; i < EVENTS; i++) {
            if (graph.source().decoder().decode(sample.event(i, Load.DEFAULT)) instanceof Decoded.Value<T>(T event)
                    && graph.isKeyed(event)) {
                String key = graph.key().apply(event);
                keyed++;
                counts.merge(key, graph.table().spread().contains(key) ? 0 : 1, Integer::sum);
            }
        }
        int all = keyed;
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(top -> top.getValue() * lanes > 2L * all && top.getValue() * 4L > all)
                .map(top -> Finding.of(
                        Rule.HOT_KEY,
                        subject.name(),
                        keyStep(subject),
                        "key=" + top.getKey() + " has " + top.getValue() + " of " + all + " sample events: lanes="
                                + lanes));
    }

    private static String keyStep(Subject subject) {
        return subject.steps().stream()
                .filter(step -> step.verb().equals("key"))
                .map(Description.Step::name)
                .findFirst()
                .orElse("keyBy");
    }
}
