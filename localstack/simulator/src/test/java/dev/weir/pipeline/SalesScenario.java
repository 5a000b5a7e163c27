package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.ParkedEvent;
import dev.weir.local.simulator.Evidence;
import dev.weir.local.simulator.Scenario;
import dev.weir.local.simulator.Setup;
import dev.weir.local.simulator.Stage;
import dev.weir.local.simulator.Submission;
import dev.weir.model.LaneId;
import dev.weir.pipeline.SalesPipeline.Part;
import dev.weir.port.Items;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * {@link SalesPipeline} under faults and resharding, with every kind of producer, in several versions one after another. When all is at rest
 * an operator deploys a last version that has everything and fails for nothing, puts back what is parked, ends all windows, and sends what
 * is late then. What comes out is compared with {@link PlainSales}. One object for one run.
 */
public final class SalesScenario implements Scenario {
    private static final int VERSIONS_BY_TIME = 4;
    private static final int VERSION_ONE_OF_OUTBOXES = 30;
    private static final int VERSION_MILLIS_MAX = 1_200;
    private static final int ROUNDS_MAX = 40;

    /** An event of this hour ends every window of those before. */
    static final long ENDED_HOUR = SalesWorld.HOURS + 4 * SalesPipeline.LATENESS_HOURS;

    /** What is audited in every event is in every version; the rest comes and goes. */
    private static final Set<Part> ALWAYS = EnumSet.of(Part.JOINS, Part.WINDOWS, Part.FAILS);

    /** What the last version has. */
    static final Set<Part> EVERYTHING = EnumSet.of(Part.BEFORE, Part.BEHIND, Part.BRANCH, Part.JOINS, Part.WINDOWS);

    private enum Phase {
        PUT_BACK,
        END_WINDOWS,
        SEND_LATE,
        OVER
    }

    private final boolean isRedeployed;
    private final SalesWorld world;
    private final Map<String, Integer> caught = new TreeMap<>();
    private final List<Sale> late = new ArrayList<>();
    private Phase phase = Phase.PUT_BACK;
    private int rounds;

    private SalesScenario(boolean isRedeployed, Set<Part> first) {
        this.isRedeployed = isRedeployed;
        this.world = new SalesWorld(SalesPipeline.of(first));
    }

    /** One version. */
    public static SalesScenario ofOneVersion() {
        return new SalesScenario(false, EVERYTHING);
    }

    /** Several. */
    public static SalesScenario ofSeveralVersions() {
        return new SalesScenario(true, ALWAYS);
    }

    /** How much, when a version was deployed, the one before it had left: by what it was. */
    Map<String, Integer> caught() {
        return caught;
    }

    @Override
    public Setup setup() {
        return world.setup();
    }

    @Override
    public List<Submission> submissions(RandomGenerator random) {
        return SalesWorld.submissions(random, isRedeployed);
    }

    // ------------------------------------------------------------------ versions

    @Override
    public void begin(Stage stage) {
        if (!isRedeployed) {
            return;
        }
        int millis = 0;
        for (int i = 0; i < VERSIONS_BY_TIME; i++) {
            millis += 1 + stage.random(VERSION_MILLIS_MAX);
            stage.after(millis, () -> deployAny(stage));
        }
        stage.onChange(world.bus.checkpoints(), (key, item) -> {
            boolean isOutbox = item.isPresent() && String.valueOf(key.sort()).startsWith("outbox#");
            if (isOutbox && stage.random(VERSION_ONE_OF_OUTBOXES) == 0) {
                deployAny(stage);
            }
        });
    }

    private void deployAny(Stage stage) {
        if (rounds > 0) {
            return; // the operator has deployed the last version
        }
        for (String kind : List.of("outbox#", "held#", "parked#")) {
            caught.merge(kind, kept(stage.items(), kind), Integer::sum);
        }
        Set<Part> next = EnumSet.copyOf(ALWAYS);
        for (Part part : List.of(Part.BEFORE, Part.BEHIND, Part.BRANCH, Part.REVERSED)) {
            if (stage.random(2) == 0) {
                next.add(part);
            }
        }
        world.deployments.deploy(SalesPipeline.of(next));
    }

    private int kept(Items items, String kind) {
        int count = 0;
        for (int lane = 0; lane < SalesWorld.LANES; lane++) {
            String partition = SalesPipeline.BOT + "/" + new LaneId.Slice(lane).text();
            count += items.query(world.bus.checkpoints(), partition, kind, kind.replace('#', '$'), Integer.MAX_VALUE)
                    .size();
        }
        return count;
    }

    // ------------------------------------------------------------------ the operator

    @Override
    public boolean operate(Evidence evidence, Streams streams, Time time) {
        if (++rounds > ROUNDS_MAX) {
            throw new AssertionError("the operator does not come to an end: parked=" + SalesWorld.parked(evidence));
        }
        switch (phase) {
            case PUT_BACK -> putBack(evidence, streams, time);
            case END_WINDOWS -> {
                auditSoFar(evidence);
                world.send(world.ofEachLane(10_000, ENDED_HOUR), streams, time);
                phase = Phase.SEND_LATE;
            }
            case SEND_LATE -> {
                auditWindows(evidence);
                late.addAll(world.ofEachLane(20_000, 1));
                world.send(late, streams, time);
                phase = Phase.OVER;
            }
            case OVER -> {
                return false;
            }
        }
        return true;
    }

    private void putBack(Evidence evidence, Streams streams, Time time) {
        world.deployments.deploy(SalesPipeline.of(EVERYTHING));
        Optional<List<ParkedEvent>> left = world.putBack(
                event -> event.blocks() || event.reason().contains("a step that is not there"),
                evidence,
                streams,
                time);
        left.ifPresent(events -> {
            caught.merge(
                    "in flight",
                    (int) events.stream().filter(event -> !event.blocks()).count(),
                    Integer::sum);
            phase = events.isEmpty() ? Phase.END_WINDOWS : phase;
        });
    }

    // ------------------------------------------------------------------ audits

    @Override
    public void look(Evidence evidence) {}

    @Override
    public void audit(Evidence evidence) {
        if (evidence.lanes().size() <= SalesWorld.LANES + SalesWorld.SHARDS) {
            throw new AssertionError("nothing was resharded");
        }
    }

    private static void auditSoFar(Evidence evidence) {
        PlainSales plain = SalesWorld.plain(evidence);
        plain.auditCounts();
        plain.auditCities();
        plain.auditJoins();
        plain.auditThirds();
        plain.auditSometimes("behind");
        for (String queue : List.of("windows", "city-windows", "sessions")) {
            assertThat(SalesWorld.lines(evidence, queue))
                    .as("windows that ended before their time")
                    .isEmpty();
        }
        assertThat(SalesWorld.late(evidence)).as("what is late before its time").isEmpty();
    }

    private static void auditWindows(Evidence evidence) {
        SalesWorld.plain(evidence).auditWindows();
        assertThat(SalesWorld.late(evidence)).as("what is late before its time").isEmpty();
    }

    @Override
    public void auditAfterwards(Evidence evidence) {
        List<String> expected = new ArrayList<>();
        for (Sale sale : late) {
            List.of("hours", "session", "within", "city-hours").forEach(step -> expected.add(step + " " + sale.n()));
        }
        assertThat(SalesWorld.late(evidence)).as("what is late").containsExactlyInAnyOrderElementsOf(expected);
        SalesWorld.plain(evidence).auditWindows();
        assertThat(world.deployments.refusals()).as("exceptions").isEmpty();
    }
}
