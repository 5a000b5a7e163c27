package dev.weir.local.simulate;

import dev.weir.flow.StateView;
import dev.weir.local.simulator.Evidence;
import dev.weir.local.simulator.Scenario;
import dev.weir.local.simulator.Setup;
import dev.weir.local.simulator.Submission;
import dev.weir.model.LaneId;
import dev.weir.port.Item;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A bot whose code throws for some events of a few keys; when all is at rest, an operator mends it and sees to what is parked. */
final class PoisonScenario implements Scenario {
    private static final int LANES = 4;
    private static final int SHARDS = 2;
    private static final int EVENTS = 300;

    private final PoisonOperator operator = new PoisonOperator();
    private final Setup setup = Setup.of(() -> PoisonBot.graph(operator::hasMended), LANES, SHARDS);
    private final Map<String, PoisonEvent> sent = new HashMap<>();

    @Override
    public Setup setup() {
        return setup;
    }

    @Override
    public List<Submission> submissions(RandomGenerator random) {
        List<Submission> submissions = new ArrayList<>();
        for (PoisonEvent event : new PoisonTraffic(random, EVENTS).events()) {
            sent.put(event.line(), event);
            submissions.add(Submission.of(event.key(), event.line()));
        }
        return submissions;
    }

    @Override
    public void look(Evidence evidence) {
        Map<String, Long> state = state(evidence); // before the results: what is done meanwhile can only add
        auditor(evidence).look(results(evidence), state);
    }

    @Override
    public void audit(Evidence evidence) {
        PoisonAuditor auditor = auditor(evidence);
        auditor.audit(results(evidence), parked(evidence), gaps(evidence), state(evidence));
    }

    @Override
    public boolean operate(Evidence evidence, Streams streams, Time time) {
        return operator.operate(evidence, streams, time, sent);
    }

    @Override
    public void auditAfterwards(Evidence evidence) {
        PoisonAftermath aftermath =
                new PoisonAftermath(operator.before(), operator.later(), operator.known(), operator.corrected());
        aftermath.audit(
                results(evidence),
                parked(evidence),
                queue(evidence, ".parked"),
                queue(evidence, ".dropped"),
                state(evidence));
    }

    private List<String> queue(Evidence evidence, String suffix) {
        return evidence.lanes().stream()
                .flatMap(lane -> evidence.queue(setup.bot() + suffix, lane).stream())
                .toList();
    }

    private PoisonAuditor auditor(Evidence evidence) {
        List<PoisonEvent> given = new ArrayList<>();
        Set<String> noEvents = new HashSet<>();
        for (Submission submission : evidence.given()) {
            PoisonEvent event = sent.get(submission.line());
            if (event == null) {
                noEvents.add(submission.line());
            } else {
                given.add(event);
            }
        }
        return new PoisonAuditor(given, noEvents, setup.bus().lanes());
    }

    /** Of each lane. */
    private Map<LaneId, List<String>> results(Evidence evidence) {
        Map<LaneId, List<String>> results = new HashMap<>();
        evidence.lanes().forEach(lane -> results.put(lane, evidence.queue(setup.queue(), lane)));
        return results;
    }

    private List<PoisonGap> gaps(Evidence evidence) {
        return evidence.lanes().stream()
                .flatMap(lane -> evidence.queue(setup.bot() + ".gaps", lane).stream())
                .map(PoisonGap::of)
                .toList();
    }

    /** By lane, and in a lane by fence and index in the sort keys. */
    private static List<PoisonParked> parked(Evidence evidence) {
        List<PoisonParked> parked = new ArrayList<>();
        for (LaneId lane : evidence.lanes()) {
            for (Item item : evidence.kept(lane, "parked#")) {
                parked.add(PoisonParked.of(lane, item));
            }
        }
        return parked;
    }

    private Map<String, Long> state(Evidence evidence) {
        return new StateView<>(PoisonBot.graph(operator::hasMended), setup.bus(), evidence.items()).all();
    }
}
