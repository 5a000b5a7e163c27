package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bot.QueueBot;
import dev.weir.bot.RunOutcome;
import dev.weir.cron.Controls;
import dev.weir.cron.Cron;
import dev.weir.cron.CronRow;
import dev.weir.cron.CronRows;
import dev.weir.cron.Registration;
import dev.weir.cron.Waker;
import dev.weir.flow.Spine;
import dev.weir.parking.ParkedEvents;
import dev.weir.port.InvokeOutcome;
import dev.weir.port.Invoker;
import dev.weir.queue.QueueName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bots on queues, woken and invoked by the bus. */
class QueueBotInvocationTest {

    /** A function that a queue of invocations is delivered to. */
    private static final class Function<T, V, R> implements Invoker {
        private final QueueWorld<T, V, R> world;
        private final QueueBot<T, V, R> bot;
        private final Deque<byte[]> payloads = new ArrayDeque<>();
        private final List<Optional<RunOutcome>> outcomes = new ArrayList<>();

        Function(QueueWorld<T, V, R> world, int instances) {
            this.world = world;
            Spine<T, V, R> spine =
                    new Spine<>(world.graph, world.bus, world.items, world.streams, world.time, Runnable::run, "one");
            this.bot = new QueueBot<>(
                    world.graph, world.bus, world.items, world.queues, world.time, this, instances, spine);
            new Controls(world.bus.cron(), world.items, world.time)
                    .register(Registration.onQueues(
                            world.graph.name(),
                            "the-function",
                            world.graph.source().queues().stream()
                                    .map(QueueName::parse)
                                    .toList()));
        }

        @Override
        public InvokeOutcome invoke(String function, byte[] payload) {
            assertThat(function).isEqualTo("the-function");
            payloads.add(payload);
            return InvokeOutcome.ACCEPTED;
        }

        /** What the bus does when heads and rows have changed, until it has nothing to do but wait. */
        void settle() {
            new Waker(
                            world.bus.cron(),
                            world.bus.heads(),
                            world.items,
                            world.bus.lanes().count(),
                            world.time)
                    .sweep();
            Cron cron = new Cron(world.bus.cron(), world.items, this, world.time);
            for (int i = 0; i < 50; i++) {
                cron.all();
                if (payloads.isEmpty()) {
                    return;
                }
                while (!payloads.isEmpty()) {
                    outcomes.add(bot.invoked(payloads.remove(), "request-" + outcomes.size(), 10_000));
                }
            }
            throw new AssertionError("the bot is invoked again and again: outcomes=" + outcomes);
        }

        CronRow row() {
            return new CronRows(world.bus.cron(), world.items, world.time)
                    .find(world.graph.name())
                    .orElseThrow();
        }
    }

    private static List<String> events(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(n -> Tally.event("k" + n % 9, n))
                .toList();
    }

    @Test
    void aBotIsInvokedOnceForWhatIsNewAndNotAgain() {
        var world = new QueueWorld<>(Tally.graph("orders"), 1);
        var function = new Function<>(world, 1);
        world.put("orders", events(0, 20));
        function.settle();
        function.settle();
        assertThat(function.outcomes).containsExactly(Optional.of(new RunOutcome.Done(20)));
        world.time.advance(Duration.ofMillis(1));
        world.put("orders", events(20, 30));
        function.settle();
        assertThat(function.outcomes).hasSize(2).last().isEqualTo(Optional.of(new RunOutcome.Done(10)));
    }

    /** RStreams: 17 invocations for the same six events in ten seconds, each of which makes nothing of them. */
    @Test
    void d5aBotThatMakesNothingOfWhatItReadsIsNotInvokedInALoop() {
        var world = new QueueWorld<>(Filtering.graph("orders", "kept", _ -> false), 1);
        var function = new Function<>(world, 1);
        world.put("orders", List.of("{\"a\":1}", "{\"a\":2}", "{\"a\":3}", "{\"a\":4}", "{\"a\":5}", "{\"a\":6}"));
        for (int second = 0; second < 10; second++) {
            function.settle();
            world.time.advance(Duration.ofSeconds(1));
        }
        assertThat(function.outcomes).containsExactly(Optional.of(new RunOutcome.Done(6)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 9})
    void theInstanceThatIsInvokedStartsTheOthers(int instances) {
        var world = new QueueWorld<>(Tally.graph("orders"), 4);
        var function = new Function<>(world, instances);
        world.put("orders", events(0, 90));
        function.settle();
        assertThat(world.payloads("seen")).hasSize(90).doesNotHaveDuplicates();
        assertThat(world.checkpoint("orders"))
                .contains(world.read("orders").getLast().eid());
        assertThat(function.outcomes).hasSize(Math.min(4, instances));
    }

    /** The first copy has ended, and the row comes to the head with what the second one does, who has no lock and tells nobody. */
    @Test
    void whatACopyWithoutALockSendsToALaneOfTheFirstOneIsTaken() {
        var world = new QueueWorld<>(Tally.graph("orders"), 2);
        var function = new Function<>(world, 2);
        String ofSecond = key(world, 1);
        String ofFirst = key(world, 0);
        world.put("orders", List.of(new Tally.Event(ofSecond, 1, ofFirst).json()));
        function.settle();
        assertThat(world.state()).containsOnly(Map.entry(ofSecond, 1L), Map.entry(ofFirst, 1_000L));
    }

    private static String key(QueueWorld<?, ?, ?> world, int lane) {
        return IntStream.iterate(0, n -> n + 1)
                .mapToObj(n -> "k" + n)
                .filter(key -> world.bus.lanes().of(key) == lane)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRunThatFailsIsToldInTheRowAndTriedAgainAfterAPause() {
        var world = new QueueWorld<>(Tally.graph("orders"), 1);
        var function = new Function<>(world, 1);
        world.put(
                "orders",
                IntStream.range(0, 30).mapToObj(n -> Tally.event("k" + n, 666)).toList());

        function.settle();

        assertThat(function.outcomes).hasSize(1);
        assertThat(function.row().errors()).isEqualTo(1);
        assertThat(function.row().message().orElseThrow()).contains("paused");
        dev.weir.flow.Control.resume(world.bus, "tally", world.items);
        world.time.advance(Duration.ofSeconds(10));
        function.settle();
        assertThat(function.outcomes).hasSize(2);
    }

    @Test
    void anInvocationThatIsDeliveredTwiceRunsOnce() {
        var world = new QueueWorld<>(Tally.graph("orders"), 1);
        var function = new Function<>(world, 1);
        world.put("orders", events(0, 20));
        new Waker(world.bus.cron(), world.bus.heads(), world.items, 1, world.time).sweep();
        new Cron(world.bus.cron(), world.items, function, world.time).all();
        byte[] payload = function.payloads.remove();
        assertThat(function.bot.invoked(payload, "one", 10_000)).contains(new RunOutcome.Done(20));
        assertThat(function.bot.invoked(payload, "two", 10_000)).isEmpty();
    }

    @Test
    void anInvocationByHandRunsTheBot() {
        var world = new QueueWorld<>(Tally.graph("orders"), 1);
        var function = new Function<>(world, 1);
        world.put("orders", events(0, 20));
        assertThat(function.bot.invoked("{}".getBytes(StandardCharsets.UTF_8), "one", 10_000))
                .contains(new RunOutcome.Done(20));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aParkedEventThatIsPutBackWakesTheBotUnlessItIsPaused(int instances) {
        List<String> poison = new ArrayList<>(List.of(Echo.event("bad", 1), Echo.event("worse", 1)));
        var world = new QueueWorld<>(Echo.onQueue("orders", poison::contains), 4);
        var function = new Function<>(world, instances);
        world.put("orders", poison);
        function.settle();
        assertThat(world.parked()).hasSize(2);
        poison.clear();
        Controls controls = new Controls(world.bus.cron(), world.items, world.time);
        ParkedEvents operator = ParkedEvents.ofQueueBot(world.bus, "echo", world.items, world.time, "operator");

        operator.putBack("bad");
        function.settle();
        assertThat(world.payloads("echoes")).containsExactly(Echo.event("bad", 1));

        controls.pause("echo");
        operator.putBack("worse");
        function.settle();
        assertThat(world.payloads("echoes")).hasSize(1);

        controls.resume("echo");
        function.settle();
        assertThat(world.payloads("echoes")).containsExactly(Echo.event("bad", 1), Echo.event("worse", 1));
        assertThat(world.parked()).isEmpty();
    }

    @Test
    void aCheckpointThatAnOperatorSetsBackWakesTheBotAndIsObeyed() {
        var world = new QueueWorld<>(Tally.graph("orders"), 4);
        var function = new Function<>(world, 2);
        var first = world.put("orders", events(0, 20));
        function.settle();
        new Controls(world.bus.cron(), world.items, world.time)
                .checkpoint("tally", QueueName.parse("orders"), first.plus(9).toString());
        function.settle();
        assertThat(world.payloads("seen")).hasSize(30);
        assertThat(world.checkpoint("orders")).contains(first.plus(19).toString());
    }
}
