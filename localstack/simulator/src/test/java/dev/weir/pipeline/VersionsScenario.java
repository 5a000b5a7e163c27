package dev.weir.pipeline;

import dev.weir.flow.LaneStatus;
import dev.weir.flow.Takeover;
import dev.weir.flow.Version;
import dev.weir.local.simulator.Evidence;
import dev.weir.local.simulator.Scenario;
import dev.weir.local.simulator.Setup;
import dev.weir.local.simulator.Stage;
import dev.weir.local.simulator.Submission;
import dev.weir.model.LaneId;
import dev.weir.pipeline.SalesPipeline.Part;
import dev.weir.port.Item;
import dev.weir.port.Shard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Versions of {@link SalesPipeline} that are alive at once, under every fault: new ones are deployed, an operator goes back to older ones, now
 * and then his command ends half-way and he gives it again, and what stood still wakes up long after its version was left. What comes out is
 * compared with {@link PlainSales}, and {@link LaneWatch} sees to it that a lane changes hands as it must. One object for one run.
 */
public final class VersionsScenario implements Scenario {
    private static final int CHANGES = 12;
    private static final int CHANGE_MILLIS_MAX = 1_200;
    private static final int AGAIN_MILLIS = 300;
    private static final int CALM_MILLIS = 5_000;
    private static final int ONE_OF_INTERRUPTED = 3;

    private final SalesWorld world = new SalesWorld(SalesPipeline.of());
    private final Published published = new Published(world.bus);
    private final LaneWatch watch = new LaneWatch();
    private final Map<String, Integer> seen = new TreeMap<>();

    public VersionsScenario() {
        publish();
    }

    /** How often what happened, by what. */
    Map<String, Integer> seen() {
        return seen;
    }

    @Override
    public Setup setup() {
        return new Setup(
                world.bus, SalesPipeline.BOT, SalesPipeline.STREAM, "counts", List.of(), SalesWorld.SHARDS, published);
    }

    @Override
    public List<Submission> submissions(RandomGenerator random) {
        return SalesWorld.submissions(random, false);
    }

    // ------------------------------------------------------------------ versions

    @Override
    public void begin(Stage stage) {
        published.drawFrom(stage::random);
        stage.onChange(world.bus.checkpoints(), watch::changed);
        int millis = 0;
        for (int i = 0; i < CHANGES; i++) {
            millis += 1 + stage.random(CHANGE_MILLIS_MAX);
            stage.after(millis, () -> change(stage));
        }
        stage.after(millis + CALM_MILLIS, published::settle);
    }

    private void change(Stage stage) {
        if (stage.random(2) == 0) {
            publish();
            count("deployed");
        } else {
            long left = published.live();
            published.goBack(1 + stage.random(Math.toIntExact(published.newest())));
            goBack(stage, published.live(), left);
        }
    }

    /** One in two has a step more, whose state the others must keep. */
    private void publish() {
        published.publish(published.newest() % 2 == 0 ? SalesPipeline.of() : SalesPipeline.of(Part.BEHIND));
    }

    /** The command reaches some lanes, and perhaps not all at once. */
    private void goBack(Stage stage, long to, long left) {
        if (published.live() != to) {
            return; // another version has been deployed since he began
        }
        Takeover takeover = new Takeover(world.bus, SalesPipeline.BOT, stage.items(), stage.time());
        Version highest = takeover.highest(lanes(stage));
        Version barred = new Version(Math.max(highest.number(), Math.max(left, to)));
        if (stage.random(ONE_OF_INTERRUPTED) == 0) {
            List<LaneId> some = lanes(stage);
            List<LaneId> reached = some.subList(0, stage.random(some.size()));
            takeover.to(new Version(to), barred, () -> reached);
            stage.after(AGAIN_MILLIS, () -> goBack(stage, to, left));
            count("interrupted");
        } else {
            takeover.to(new Version(to), barred, () -> lanes(stage));
            count("gone back");
        }
    }

    private List<LaneId> lanes(Stage stage) {
        List<LaneId> lanes = new ArrayList<>(LaneStatus.slices(world.bus));
        stage.shards().stream().map(Shard::id).map(LaneId.PassThrough::new).forEach(lanes::add);
        return lanes;
    }

    private void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }

    // ------------------------------------------------------------------ audits

    @Override
    public void look(Evidence evidence) {
        watch.check();
    }

    @Override
    public void audit(Evidence evidence) {
        watch.check();
        auditNotes(evidence);
        seen.put("changed hands", watch.changes().size());
        seen.put("by hand", watch.byHand());
        PlainSales plain = SalesWorld.plain(evidence);
        plain.auditCounts();
        plain.auditCities();
        plain.auditSometimes("behind");
    }

    /** Each change of hands is noted with its position, and nothing else is. */
    private void auditNotes(Evidence evidence) {
        Map<String, LaneWatch.Change> expected = new HashMap<>();
        watch.changes().forEach(change -> expected.put(change.lane() + " " + change.fence(), change));
        for (LaneId lane : evidence.lanes()) {
            for (Item note : evidence.kept(lane, "takeover#")) {
                String place = note.key().partition() + " "
                        + Long.parseLong(String.valueOf(note.key().sort()).split("#")[1]);
                LaneWatch.Change change = expected.remove(place);
                if (change == null
                        || note.integer("from") != change.from()
                        || note.integer("version") != change.to()
                        || !change.positions().equals(note.get("positions"))) {
                    throw new AssertionError("a takeover is noted that was none: note=" + note + " change=" + change);
                }
            }
        }
        if (!expected.isEmpty()) {
            throw new AssertionError("a takeover is not noted: " + expected.values());
        }
    }
}
