package dev.weir.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.mapping.MappingSettings.Batching;
import dev.weir.local.mapping.MappingSettings.Retrying;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardPollerPropertyTest {
    private static final int SEEDS = 500;
    private static final int RECORDS = 60;

    @Test
    void everyRecordIsDoneOrDiscardedOnceAndInOrderWhateverTheFunctionDoes() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var run = new PollerRun(settings(random), function(random));
            String trace = run.through(Shards.records(1, RECORDS));

            assertThat(run.finished())
                    .as("seed=%s trace=%s", seed, trace)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, RECORDS).boxed().toList());
            assertThat(run.donePositions()).as("seed=%s trace=%s", seed, trace).isSorted();
        }
    }

    private static MappingSettings settings(Random random) {
        Retrying retrying = Retrying.DEFAULT.reporting().atMost(random.nextInt(4));
        return MappingSettingsTest.SETTINGS
                .with(new Batching(1 + random.nextInt(25), Duration.ZERO))
                .with(random.nextBoolean() ? retrying.bisecting() : retrying);
    }

    private static PollerRun.Function function(Random random) {
        return numbers -> switch (random.nextInt(6)) {
            case 0 -> "!";
            case 1 -> "~";
            case 2 -> "nonsense";
            case 3 -> named(numbers, random);
            default -> "{}";
        };
    }

    private static String named(List<Integer> numbers, Random random) {
        return "{\"batchItemFailures\":[{\"itemIdentifier\":\"" + numbers.get(random.nextInt(numbers.size())) + "\"}]}";
    }
}
