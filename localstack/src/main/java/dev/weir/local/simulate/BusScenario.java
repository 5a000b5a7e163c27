package dev.weir.local.simulate;

import dev.weir.functions.ingest.Ingest;
import dev.weir.local.audit.BusAuditor;
import dev.weir.local.simulator.Evidence;
import dev.weir.local.simulator.Scenario;
import dev.weir.local.simulator.Setup;
import dev.weir.local.simulator.Stage;
import dev.weir.local.simulator.Submission;
import dev.weir.model.LaneId;
import dev.weir.port.Item;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A whole bus: writers of all kinds, the ingest, two queues, a bot that counts their events by key, another one that reads what the first
 * one makes, the trigger and the schedule that wake them, an archiver, operators who pause bots and set them back, and readers.
 */
public final class BusScenario implements Scenario {
    private static final List<String> QUEUES = List.of("orders", "returns");
    private static final int KEYS = 9;
    private static final int WRITERS = 24;
    private static final int REPLAYED_ONE_OF = 4;

    /** How long queues keep what was archived. */
    private static final Duration RETENTION = Duration.ofMinutes(10);

    private final Setup setup;
    private final int events;
    private final Map<String, BusAuditor.Given> sent = new LinkedHashMap<>();
    private @Nullable Stage stage;
    private @Nullable BusRun run;
    private int replays;
    private int operations;

    /** A run of the usual size: 4 lanes, 2 shards, 160 events. */
    public BusScenario() {
        this(4, 2, 160);
    }

    /**
     * @param lanes of the bus
     * @param shards at the beginning
     * @param events how many are sent
     */
    public BusScenario(int lanes, int shards, int events) {
        this.setup = Setup.of(() -> Ingest.graph(RETENTION), lanes, shards);
        this.events = events;
    }

    @Override
    public Setup setup() {
        return setup;
    }

    @Override
    public void begin(Stage world) {
        stage = world;
        run = new BusRun(setup.bus(), world, QUEUES, RETENTION);
        replays = world.random(REPLAYED_ONE_OF) == 0 ? 1 + world.random(2) : 0;
    }

    @Override
    public List<Submission> submissions(RandomGenerator random) {
        List<Submission> submissions = new ArrayList<>();
        for (int n = 0; n < events; n++) {
            String writer = "w" + random.nextInt(WRITERS);
            String queue = QUEUES.get(random.nextInt(QUEUES.size()));
            String payload = "{\"id\":\"" + n + "\",\"key\":\"k" + random.nextInt(KEYS) + "\"}";
            String line = "{\"id\":\"" + writer + "\",\"event\":\"" + queue + "\",\"payload\":" + payload + "}";
            sent.put(line, new BusAuditor.Given(writer, queue, Integer.toString(n), line));
            submissions.add(Submission.of(writer, line));
        }
        return submissions;
    }

    @Override
    public void look(Evidence evidence) {
        run().look();
    }

    @Override
    public void audit(Evidence evidence) {
        List<BusAuditor.Given> given = evidence.given().stream()
                .map(submission -> sent.get(submission.line()))
                .filter(Objects::nonNull)
                .toList();
        run().audit(given, parked(evidence), Set.copyOf(QUEUES));
    }

    private static List<String> parked(Evidence evidence) {
        List<String> parked = new ArrayList<>();
        for (LaneId lane : evidence.lanes()) {
            for (Item item : evidence.kept(lane, "parked#")) {
                parked.add(new String(item.bytes("payload"), StandardCharsets.UTF_8));
            }
        }
        return parked;
    }

    /** In some runs time passes until the queues have forgotten what is archived; then bots are set back to the beginning. */
    @Override
    public boolean operate(Evidence evidence, Streams streams, Time time) {
        if (operations > replays || replays == 0) {
            return false;
        }
        if (operations++ == 0) {
            Objects.requireNonNull(stage).after(2 * RETENTION.toMillis(), () -> {});
        } else {
            run().replay(operations);
        }
        return true;
    }

    @Override
    public void auditAfterwards(Evidence evidence) {
        audit(evidence);
    }

    private BusRun run() {
        return Objects.requireNonNull(run, "the scenario has not begun");
    }
}
