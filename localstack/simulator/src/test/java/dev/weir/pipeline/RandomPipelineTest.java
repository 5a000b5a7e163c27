package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.simulator.FaultPlan;
import dev.weir.model.Json;
import dev.weir.pipeline.RandomPipeline.In;
import dev.weir.pipeline.RandomPipeline.Out;
import dev.weir.testkit.BotTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random pipelines on the simulated bus, with every fault there is, against a plain program that does the same one event at a time. */
class RandomPipelineTest {
    private static final int PIPELINES = Integer.getInteger("weir.pipelines", 100);

    @Test
    void whateverFailsTheResultsAreThoseOfThePlainProgram() {
        for (int seed = 1; seed <= PIPELINES; seed++) {
            Random random = new Random(seed);
            RandomPipeline pipeline = RandomPipeline.of(random);
            List<In> events = events(random);
            Map<String, List<Long>> expected = PlainProgram.run(pipeline, events);
            BotTest.of(pipeline.pipeline().graph())
                    .input(In::json)
                    .output(text -> Codec.of(Out.class).decodeOrThrow(Json.of(text)))
                    .on(1 + random.nextInt(4), 1 + random.nextInt(2))
                    .faults(FaultPlan.EVERYTHING)
                    .seeds(2)
                    .run(bus -> {
                        bus.put(events.toArray(In[]::new));
                        bus.advance(Duration.ofHours(2));

                        assertThat(comparable(pipeline, byKey(bus.results())))
                                .as("pipeline: %s", pipeline)
                                .isEqualTo(comparable(pipeline, expected));
                        assertThat(bus.parked()).isEmpty();
                    });
        }
    }

    private static List<In> events(Random random) {
        List<In> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            events.add(new In("k" + random.nextInt(6), 1 + random.nextInt(50), random.nextInt(300)));
        }
        return events;
    }

    private static Map<String, List<Long>> byKey(List<Out> results) {
        Map<String, List<Long>> byKey = new HashMap<>();
        results.forEach(
                out -> byKey.computeIfAbsent(out.key(), _ -> new ArrayList<>()).add(out.value()));
        return byKey;
    }

    /**
     * Where events of several keys come together under one, the order between them is nobody's promise; what is promised then is how many
     * come out and what they come to.
     */
    private static Map<String, List<Long>> comparable(RandomPipeline pipeline, Map<String, List<Long>> results) {
        Map<String, List<Long>> comparable = new TreeMap<>();
        results.forEach((key, values) -> comparable.put(
                key,
                pipeline.isOrdered()
                        ? values
                        : List.of(
                                (long) values.size(),
                                values.stream().mapToLong(Long::longValue).max().orElse(0))));
        return comparable;
    }
}
