package dev.weir.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How far a bot is behind, as its row tells it. */
class StandingTest {
    private static final long NOW = 1_795_194_400_000L;
    private static final OptionalLong UP_TO_DATE = OptionalLong.empty();

    static Stream<Arguments> positions() {
        return Stream.of(
                // what was asked for, where it stands, and how far that is back
                Arguments.of(id(NOW - 1_000), id(NOW - 1_000), UP_TO_DATE),
                Arguments.of(id(NOW - 2_000), id(NOW - 1_000), UP_TO_DATE),
                Arguments.of(id(NOW - 1_000), id(NOW - 60_000), OptionalLong.of(60_000)),
                Arguments.of(id(NOW - 1_000), "z/2026", OptionalLong.of(1_000)),
                Arguments.of(id(NOW - 1_000), "", OptionalLong.of(1_000)),
                Arguments.of(
                        id(NOW - 1_000), "z/2026/11/20/17/05/" + (NOW - 9_000) + "-12345678", OptionalLong.of(9_000)),
                Arguments.of(id(NOW + 5_000), id(NOW + 1_000), OptionalLong.of(0)),
                Arguments.of("z/2027", "z/2026", UP_TO_DATE));
    }

    private static String id(long millis) {
        return "z/2026/11/20/17/05/" + millis + "-0000001";
    }

    @ParameterizedTest
    @MethodSource("positions")
    void aPositionIsAsFarBackAsItsIdIsOld(String requested, String read, OptionalLong lag) {
        assertThat(standing(Map.of("queue:q", requested), Map.of("queue:q", read), Map.of()))
                .contains(new Standing("bot", false, lag));
    }

    @Test
    void theQueueThatLiesBackFurthestCounts() {
        assertThat(standing(
                        Map.of("queue:q", id(NOW - 1), "queue:q.0", id(NOW - 1), "queue:q.1", id(NOW - 1)),
                        Map.of("queue:q", id(NOW - 1), "queue:q.0", id(NOW - 500), "queue:q.1", id(NOW - 700)),
                        Map.of()))
                .contains(new Standing("bot", false, OptionalLong.of(700)));
    }

    @Test
    void aBotIsRogueWhenItFailedTooOftenUnlessSomebodyPausedIt() {
        Map<String, Attribute> ten = Map.of("errorCount", Attribute.of(Decide.ERRORS_MAX));
        Map<String, Attribute> more = Map.of("errorCount", Attribute.of(Decide.ERRORS_MAX + 1));
        Map<String, Attribute> paused = new HashMap<>(more);
        paused.put("paused", Attribute.of(true));

        assertThat(standing(Map.of(), Map.of(), ten)).contains(new Standing("bot", false, UP_TO_DATE));
        assertThat(standing(Map.of(), Map.of(), more)).contains(new Standing("bot", true, UP_TO_DATE));
        assertThat(standing(Map.of(), Map.of(), paused)).contains(new Standing("bot", false, UP_TO_DATE));
    }

    @Test
    void whoIsNotInvokedDoesNotStandAnywhere() {
        assertThat(standing(Map.of(), Map.of(), Map.of("archived", Attribute.of(true))))
                .isEmpty();
        assertThat(standing(Map.of(), Map.of(), Map.of("lambdaName", Attribute.of(""))))
                .isEmpty();
    }

    private static Optional<Standing> standing(
            Map<String, String> requested, Map<String, String> read, Map<String, Attribute> more) {
        Map<String, Attribute> ids = new HashMap<>();
        requested.forEach((queue, eid) -> ids.put(queue, Attribute.of(eid)));
        Map<String, Attribute> checkpoints = new HashMap<>();
        read.forEach((queue, eid) -> checkpoints.put(queue, new Checkpoint(eid, 0, 0, 0, 0).toAttribute()));
        Map<String, Attribute> row = new HashMap<>(Map.of(
                "lambdaName", Attribute.of("f"),
                "triggers", Attribute.of(List.of(Attribute.of("queue:q"))),
                "requested_kinesis", Attribute.of(ids),
                "checkpoints", Attribute.of(Map.of("read", Attribute.of(checkpoints)))));
        row.putAll(more);
        Key key = new Key(new Table("cron", "id", null), "bot", null);
        return Standing.of(new CronRow(new Item(key, row)), NOW);
    }
}
