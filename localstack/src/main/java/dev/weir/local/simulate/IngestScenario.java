package dev.weir.local.simulate;

import dev.weir.functions.ingest.Ingest;
import dev.weir.local.audit.IngestAuditor;
import dev.weir.local.simulator.Evidence;
import dev.weir.local.simulator.Scenario;
import dev.weir.local.simulator.Setup;
import dev.weir.local.simulator.Submission;
import dev.weir.model.LaneId;
import dev.weir.port.Item;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The bus: many writers put events into a few queues, which are written by all lanes and shards. A writer is whoever gives events in an
 * order of his own: he sends by one producer, to any queue.
 */
public final class IngestScenario implements Scenario {
    private static final int QUEUES = 5;
    private static final int WRITERS = 36;
    private static final int BOTS = 4;

    private final Setup setup;
    private final int events;
    private final Map<String, IngestAuditor.Event> sent = new LinkedHashMap<>();

    /** A run of the usual size: 4 lanes, 2 shards, 400 events. */
    public IngestScenario() {
        this(4, 2, 400);
    }

    /**
     * @param lanes of the bus
     * @param shards at the beginning
     * @param events how many are sent
     */
    public IngestScenario(int lanes, int shards, int events) {
        this.setup = Setup.of(Ingest.GRAPH, lanes, shards).following(queues());
        this.events = events;
    }

    private static List<String> queues() {
        return IntStream.range(0, QUEUES).mapToObj(i -> "queue-" + i).toList();
    }

    @Override
    public Setup setup() {
        return setup;
    }

    @Override
    public List<Submission> submissions(RandomGenerator random) {
        List<Submission> submissions = new ArrayList<>();
        for (int n = 0; n < events; n++) {
            String writer = "w" + random.nextInt(WRITERS);
            String queue = "queue-" + random.nextInt(1 + random.nextInt(QUEUES)); // some are busier
            String bot = "bot-" + Math.floorMod(writer.hashCode(), BOTS);
            String payload = "{\"writer\":\"" + writer + "\",\"n\":" + n + "}";
            String line = "{\"id\":\"" + bot + "\",\"event\":\"" + queue + "\",\"payload\":" + payload + "}";
            sent.put(line, new IngestAuditor.Event(writer, bot, queue, payload, line));
            submissions.add(Submission.of(writer, line));
        }
        return submissions;
    }

    @Override
    public void look(Evidence evidence) {
        auditor(evidence).look(evidence.items());
    }

    @Override
    public void audit(Evidence evidence) {
        auditor(evidence).audit(evidence.items(), parked(evidence));
    }

    private IngestAuditor auditor(Evidence evidence) {
        List<IngestAuditor.Event> given = new ArrayList<>();
        List<String> noEvents = new ArrayList<>();
        for (Submission submission : evidence.given()) {
            IngestAuditor.Event event = sent.get(submission.line());
            if (event != null) {
                given.add(event);
            } else if (!submission.line().startsWith("{\"_cmd\"")) { // commands that nobody knows are passed
                noEvents.add(submission.line());
            }
        }
        return new IngestAuditor(setup.bus(), queues(), given, noEvents);
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
}
