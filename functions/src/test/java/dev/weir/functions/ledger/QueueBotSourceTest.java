package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.bot.RunOutcome;
import dev.weir.bot.SourceRun;
import dev.weir.graph.Puller;
import dev.weir.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bots that bring events from outside into a queue. */
class QueueBotSourceTest {
    private static final int RECORDS = 40;

    /** The world outside: forty records; the cursor is how many were given, and the same cursor may be given other cuts. */
    private final List<String> cursors = new ArrayList<>();

    private Optional<Puller.Pulled> outside(String cursor, int most) {
        cursors.add(cursor);
        int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
        int to = Math.min(RECORDS, from + Math.min(most, 3 + cursors.size() % 5));
        List<Json> payloads = IntStream.range(from, to)
                .mapToObj(n -> Json.of("{\"n\":\n" + n + "}"))
                .toList();
        return from == RECORDS ? Optional.empty() : Optional.of(new Puller.Pulled(payloads, Integer.toString(to)));
    }

    private static QueueWorld<Tally.Event, Long, String> world(int lanes) {
        return new QueueWorld<>(Tally.graph("orders"), lanes);
    }

    private static SourceRun source(QueueWorld<?, ?, ?> world, Plan plan, Puller puller, String incarnation) {
        Calls calls = new Calls(plan);
        return new SourceRun(
                "shop",
                "orders",
                puller,
                world.bus,
                new FaultyItems(world.items, calls),
                new FaultyStreams(world.streams, calls),
                world.time,
                incarnation);
    }

    private static Optional<RunOutcome> run(QueueWorld<?, ?, ?> world, Supplier<SourceRun> source) {
        long now = world.time.epochMillis();
        try {
            return Optional.of(source.get().run(1_000, now + 8_000, now + 10_000, () -> false));
        } catch (Death _) {
            return Optional.empty();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof Death)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static List<String> expected() {
        return IntStream.range(0, RECORDS).mapToObj(n -> "{\"n\": " + n + "}").toList();
    }

    @Test
    void itPullsUntilNothingIsNewAndGoesOnThere() {
        var world = world(4);
        assertThat(run(world, () -> source(world, Plan.NO_FAULTS, this::outside, "a")))
                .contains(new RunOutcome.Done(RECORDS));
        assertThat(world.payloads("orders")).isEqualTo(expected());
        assertThat(world.read("orders")).allSatisfy(event -> {
            assertThat(event.correlationId()).isEmpty();
            assertThat(event.writer()).contains("shop");
            assertThat(event.eventSourceTimestamp()).hasValue(world.time.epochMillis());
        });
        assertThat(run(world, () -> source(world, Plan.NO_FAULTS, this::outside, "b")))
                .contains(new RunOutcome.Done(0));
        assertThat(cursors).last().isEqualTo("40");
    }

    @ParameterizedTest
    @CsvSource({"KILLED_BEFORE", "KILLED_AFTER", "REFUSED", "LOST_ANSWER", "LOST_REQUEST", "UNAVAILABLE"})
    void aFaultAtAnyCallRepeatsAndLosesNothing(Fault fault) {
        boolean met = true;
        for (int call = 0; met; call++) {
            var world = world(1);
            int at = call;
            boolean[] meets = {false};
            run(
                    world,
                    () -> source(
                            world,
                            each -> {
                                meets[0] |= each.index() == at;
                                return each.index() == at ? fault : Fault.NONE;
                            },
                            this::outside,
                            "a"));
            run(world, () -> source(world, Plan.NO_FAULTS, this::outside, "b"));
            assertThat(world.payloads("orders")).as("call=%d", call).isEqualTo(expected());
            met = meets[0];
        }
    }

    @Test
    void whatAnOvertakenRunPulledIsDropped() {
        for (int call = 0; call < 40; call++) {
            var world = world(1);
            int at = call;
            run(
                    world,
                    () -> source(
                            world,
                            Plan.meanwhile(
                                    at, () -> run(world, () -> source(world, Plan.NO_FAULTS, this::outside, "b"))),
                            this::outside,
                            "a"));
            assertThat(world.payloads("orders")).as("call=%d", call).isEqualTo(expected());
        }
    }

    @Test
    void aRunBringsNoMoreThanItIsAskedFor() {
        var world = world(1);
        long now = world.time.epochMillis();
        SourceRun source = source(world, Plan.NO_FAULTS, this::outside, "a");
        assertThat(source.run(10, now + 1, now + 10_000, () -> false)).isEqualTo(new RunOutcome.Done(10));
        assertThat(source.run(10, now, now + 10_000, () -> false)).isEqualTo(new RunOutcome.More(0));
        assertThat(world.payloads("orders")).hasSize(10);
    }

    @Test
    void aPullThatIsTooLargeOrNoJsonIsRefusedWhole() {
        var world = world(1);
        long now = world.time.epochMillis();
        for (String bad : List.of("{\"n\":", "\"" + "x".repeat(SourceRun.PULL_BYTES_MAX) + "\"")) {
            SourceRun source = source(
                    world,
                    Plan.NO_FAULTS,
                    (_, _) -> Optional.of(new Puller.Pulled(List.of(Json.of("1"), Json.of(bad)), "1")),
                    "a");
            assertThatThrownBy(() -> source.run(10, now + 1, now + 10_000, () -> false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("bot=shop");
        }
        assertThat(world.payloads("orders")).isEmpty();
    }
}
