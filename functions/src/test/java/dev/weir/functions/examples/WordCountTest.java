package dev.weir.functions.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pipeline.KeyState;
import dev.weir.testkit.BotTest;
import dev.weir.testkit.TestBus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WordCountTest {

    @RegisterExtension
    final BotTest<KeyState, String, String> bot = BotTest.of(WordCount.PIPELINE.graph());

    @Test
    void everyWordCountsOnce(TestBus<KeyState, String, String> bus) {
        bus.put("\"The weir, the river\"", "\"the end.\"", "\"...\"");

        assertThat(bus.results())
                .containsSubsequence(count("the", 1), count("the", 2), count("the", 3))
                .contains(count("weir", 1), count("river", 1), count("end", 1))
                .hasSize(6);
    }

    private static String count(String word, long count) {
        return "{\"count\":" + count + ",\"word\":\"" + word + "\"}";
    }
}
