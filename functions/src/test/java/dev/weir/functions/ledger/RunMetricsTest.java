package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.flow.Control;
import dev.weir.flow.Counts.Count;
import dev.weir.flow.Spine;
import dev.weir.flow.Tally;
import dev.weir.functions.metrics.Heard;
import dev.weir.functions.metrics.Metric;
import dev.weir.functions.metrics.Metrics;
import dev.weir.model.Record;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs tell of themselves is what they did. */
class RunMetricsTest {
    private static final String BUS = "weir";
    private static final String ECHO = "echo";

    private final Heard heard = new Heard();
    private final Metrics metrics = Metrics.to(BUS, heard);
    private final Set<String> poison = new HashSet<>();

    private World<String, Long, String> echoes(int lanes) {
        return new World<>(Echo.graph(poison::contains), lanes, 1);
    }

    private void tell(World<?, ?, ?> world, Spine<?, ?, ?> spine) {
        metrics.run(world.graph.name(), spine.takeTally(), world.time.epochMillis());
    }

    private static List<Record> records(World<?, ?, ?> world) {
        return world.streams.records(world.stream, world.openShards().getFirst());
    }

    private static Numbered producer(int events) {
        Numbered producer = new Numbered("p", 1);
        for (int n = 1; n <= events; n++) {
            producer.add("k" + n, Echo.event("k" + n, n));
        }
        return producer;
    }

    // ------------------------------------------------------------------ one after another

    @Test
    void duplicatesAreToldByTheirKind() {
        var world = echoes(1);
        Numbered producer = producer(6);
        world.put(producer.chunk(0, 1, 3), producer.chunk(0, 2, 6));
        var copy = world.copy();
        copy.spine().process(records(world), world.deadlineMillis());
        copy.spine().process(records(world).subList(0, 1), world.deadlineMillis());

        tell(world, copy.spine());

        assertThat(heard.sum(Metric.EVENTS, BUS)).isEqualTo(6);
        assertThat(heard.sum(Metric.EVENTS, BUS, ECHO)).isEqualTo(6);
        assertThat(heard.sum(Metric.RETRIED_BY_PRODUCER, BUS, ECHO, "20-dedupe"))
                .isEqualTo(2);
        assertThat(heard.sum(Metric.REDELIVERED, BUS, ECHO, "20-dedupe")).isEqualTo(3);
        assertThat(heard.sum(Metric.COMMITS, BUS, ECHO, "50-commit")).isEqualTo(world.commits());
    }

    @Test
    void aGapIsToldWhileItIsWaitedForAndWhenItIsPassed() {
        var world = echoes(1);
        Numbered producer = producer(5);
        world.put(producer.chunk(0, 1, 1), producer.chunk(0, 3, 5));
        var copy = world.copy();
        copy.spine().process(records(world), world.deadlineMillis());
        world.time.advance(Duration.ofSeconds(7));
        tell(world, copy.spine());

        assertThat(heard.last(Metric.HELD, BUS, ECHO)).isEqualTo(3).isEqualTo(world.held());
        assertThat(heard.last(Metric.HELD_AGE, BUS)).isEqualTo(7_000);
        assertThat(heard.sum(Metric.PUT_ASIDE, BUS, ECHO, "30-reorder")).isEqualTo(3);
        assertThat(heard.sum(Metric.GAPS, BUS)).isZero();

        world.time.advance(Duration.ofSeconds(24));
        heard.lines.clear();
        copy = world.copy();
        assertThat(copy.spine().tick(world.deadlineMillis())).isTrue();
        tell(world, copy.spine());
        world.put(producer.chunk(0, 2, 2));
        copy.spine().process(records(world).subList(2, 3), world.deadlineMillis());
        tell(world, copy.spine());

        assertThat(heard.sum(Metric.GAPS, BUS, ECHO))
                .isEqualTo(1)
                .isEqualTo(world.gaps().size());
        assertThat(heard.sum(Metric.EVENTS, BUS, ECHO)).isEqualTo(4);
        assertThat(heard.sum(Metric.PARKED, BUS, ECHO, "30-reorder")).as("late").isEqualTo(1);
        assertThat(heard.lines).as("nothing is held any more").noneMatch(line -> line.contains("Held"));
    }

    @Test
    void poisonIsToldAtTheStepAtWhichItIsParked() {
        var world = echoes(1);
        poison.add(Echo.event("bad", 1));
        world.put(new Numbered("p", 1)
                .add("bad", Echo.event("bad", 1))
                .add("bad", Echo.event("bad", 2))
                .add("good", Echo.event("good", 1))
                .add("any", "no event at all")
                .records(10));
        var copy = world.copy();
        copy.spine().process(records(world), world.deadlineMillis());
        tell(world, copy.spine());

        assertThat(heard.sum(Metric.PARKED, BUS))
                .isEqualTo(3)
                .isEqualTo(world.parked().size());
        for (String step : List.of("10-decode", "40-transform")) {
            assertThat(heard.sum(Metric.PARKED, BUS, ECHO, step))
                    .as(step)
                    .isEqualTo(world.parked().stream()
                            .filter(item -> item.text("step").equals(step))
                            .count());
        }
        assertThat(heard.sum(Metric.PARKED, BUS, ECHO, "10-decode")).isEqualTo(1);
        assertThat(heard.sum(Metric.EVENTS, BUS)).isEqualTo(1);
    }

    @Test
    void aBotThatStopsItselfIsToldByEachOfItsRuns() {
        var world = echoes(1);
        Numbered producer = new Numbered("p", 1);
        for (int k = 0; k < 20; k++) {
            producer.add("k" + k, Echo.event("k" + k, 1));
            poison.add(Echo.event("k" + k, 1));
        }
        world.put(producer.records(20));
        var copy = world.copy();
        copy.spine().process(records(world), world.deadlineMillis());
        tell(world, copy.spine());
        var ticking = world.copy();
        ticking.spine().tick(world.deadlineMillis());
        tell(world, ticking.spine());

        assertThat(heard.sum(Metric.ROGUE, BUS, ECHO)).isEqualTo(2);
        assertThat(heard.sum(Metric.EVENTS, BUS)).isZero();
        assertThat(heard.sum(Metric.PARKED, BUS)).isZero();
    }

    @Test
    void aPauseByHandIsNotRogue() {
        var world = echoes(1);
        Control.pause(world.bus, ECHO, "by hand", world.items, world.time);
        world.put(producer(1).records(1));
        var copy = world.copy();
        copy.spine().process(records(world), world.deadlineMillis());
        tell(world, copy.spine());

        assertThat(heard.metrics()).containsExactly("Events weir", "Events weir echo");
    }

    @Test
    void aStaleCopyIsToldAsFencedAndWhatItDidNotCommitIsNotCounted() {
        var world = echoes(1);
        Numbered producer = producer(4);
        world.put(producer.chunk(0, 1, 2), producer.chunk(0, 3, 4));
        var stale = world.copy();
        stale.spine().process(records(world).subList(0, 1), world.deadlineMillis());
        var other = world.copy();
        other.spine().process(records(world), world.deadlineMillis());
        assertThat(stale.spine().process(records(world).subList(1, 2), world.deadlineMillis()))
                .isPresent();
        tell(world, stale.spine());

        assertThat(heard.sum(Metric.FENCED, BUS, ECHO)).isEqualTo(1);
        assertThat(heard.sum(Metric.EVENTS, BUS, ECHO))
                .as("of its own first batch")
                .isEqualTo(2);
    }

    @Test
    void aCommitThatIsRefusedIsAConflict() {
        var world = echoes(1);
        world.put(producer(1).records(1));
        var copy = world.copy(Plan.first(2, Call.Port.TRANSACT, Fault.REFUSED));
        copy.spine().process(records(world), world.deadlineMillis());
        tell(world, copy.spine());

        assertThat(heard.sum(Metric.CONFLICTS, BUS)).isEqualTo(2);
        assertThat(heard.sum(Metric.EVENTS, BUS)).isEqualTo(1);
    }

    // ------------------------------------------------------------------ all together

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void allRunsTogetherTellWhatTheCheckpointsCounted(int lanes) {
        for (int seed = 0; seed < 20; seed++) {
            Heard all = new Heard();
            World<?, ?, ?> world = traffic(lanes, seed, all);
            String ledger = world.graph.name();

            assertThat(all.sum(Metric.EVENTS, BUS, ledger))
                    .as("seed=%d", seed)
                    .isEqualTo(world.counted(Count.PROCESSED));
            assertThat(all.sum(Metric.MERGED, BUS, ledger, "40-transform"))
                    .as("seed=%d", seed)
                    .isEqualTo(world.counted(Count.MERGED));
            assertThat(all.sum(Metric.PUT_ASIDE, BUS, ledger, "30-reorder"))
                    .as("seed=%d", seed)
                    .isEqualTo(world.counted(Count.HELD));
            assertThat(all.sum(Metric.PARKED, BUS, ledger))
                    .as("seed=%d", seed)
                    .isEqualTo(world.parked().size());
            assertThat(all.sum(Metric.COMMITS, BUS, ledger, "50-commit"))
                    .as("seed=%d", seed)
                    .isEqualTo(world.commits());
            assertThat(all.sum(Metric.RETRIED_BY_PRODUCER, BUS, ledger, "20-dedupe"))
                    .as("seed=%d: what came twice and was not committed is told all the same", seed)
                    .isGreaterThanOrEqualTo(world.counted(Count.RETRIED_BY_PRODUCER));
        }
    }

    /** Two copies that take turns with the same records, in any order and repeated, while the store refuses and loses answers. */
    private static World<?, ?, ?> traffic(int lanes, int seed, Heard all) {
        Random random = new Random(seed);
        var world = World.ledger(lanes);
        var records = new Numbered("p", lanes)
                .addAll(Transfers.traffic(random, 6, 60))
                .records(2);
        Collections.shuffle(records.subList(3, 9), random);
        records.add(7, records.get(2));
        world.put(records);
        world.putForeign("x", "no transfer");
        Plan plan = call -> call.port() == Call.Port.TRANSACT && random.nextInt(10) == 0
                ? random.nextBoolean() ? Fault.REFUSED : Fault.LOST_ANSWER
                : Fault.NONE;
        var copies = List.of(world.copy(plan), world.copy(plan));
        var deliveries = copies.stream()
                .map(copy -> new Delivery<>(world).by(() -> copy).inBatchesOf(() -> 1 + random.nextInt(6)))
                .toList();
        Metrics told = Metrics.to(BUS, all);
        boolean more = true;
        while (more) {
            boolean oneHasMore = deliveries.getFirst().step();
            more = deliveries.getLast().step() || oneHasMore;
            copies.forEach(copy -> told.run(world.graph.name(), copy.spine().takeTally(), world.time.epochMillis()));
        }
        return world;
    }

    // ------------------------------------------------------------------ what it costs

    @Test
    void aRunWithoutEventsIsOneLine() {
        var world = echoes(4);
        var copy = world.copy();
        copy.spine().tick(world.deadlineMillis());
        tell(world, copy.spine());

        assertThat(heard.lines)
                .containsExactly(
                        "{\"_aws\":{\"Timestamp\":1800000000000,\"CloudWatchMetrics\":[{\"Namespace\":\"Weir\","
                                + "\"Dimensions\":[[\"Bus\"],[\"Bus\",\"Bot\"]],\"Metrics\":[{\"Name\":\"Events\","
                                + "\"Unit\":\"Count\"}]}]},\"Bot\":\"echo\",\"Bus\":\"weir\",\"Events\":0}");
    }

    /** What the estimate of the cost reckons with. */
    @Test
    void aRunInWhichNothingIsWrongTellsNoMoreThanItIsPaidFor() {
        String name = "b".repeat(20);
        var world = new World<>(Echo.named(name, _ -> false), 1, 1);
        Heard usual = new Heard();
        Metrics told = Metrics.to("p".repeat(20), usual);
        told.run(name, world.copy().spine().takeTally(), World.START_MILLIS);
        int idle = bytes(usual);
        usual.lines.clear();
        world.put(producer(500).records(10));
        var copy = world.copy();
        copy.spine().process(records(world), world.deadlineMillis());
        told.run(name, copy.spine().takeTally(), World.START_MILLIS);

        assertThat(idle).isBetween(Metrics.IDLE_BYTES * 9 / 10, Metrics.IDLE_BYTES);
        assertThat(bytes(usual)).isBetween(Metrics.RUN_BYTES * 9 / 10, Metrics.RUN_BYTES);
        assertThat(usual.metrics()).filteredOn(metric -> metric.contains(name)).hasSize(Metrics.USUAL_OF_BOT);
    }

    /** CloudWatch adds 26 bytes to each line. */
    private static int bytes(Heard heard) {
        return heard.lines.stream().mapToInt(line -> line.length() + 26).sum();
    }

    @Test
    void aRunWithoutEventsAllocatesLittleMoreThanItsLineAndASilentOneNothingOfIt() {
        var world = echoes(4);
        Tally nothing = world.copy().spine().takeTally();
        Metrics thrown = Metrics.to(BUS, _ -> {});
        long told = bytes(() -> thrown.run(ECHO, nothing, World.START_MILLIS));
        long silent = bytes(() -> Metrics.SILENT.run(ECHO, nothing, World.START_MILLIS));

        assertThat(told).isBetween(200L, 8_192L);
        assertThat(silent).isLessThan(128);
    }

    /** Of one of many, when all is loaded. */
    private static long bytes(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int times = 2_000;
        for (int i = 0; i < times; i++) {
            work.run();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            work.run();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / times;
    }
}
