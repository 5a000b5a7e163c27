package dev.weir.local.simulate;

import dev.weir.flow.StateView;
import dev.weir.functions.ledger.Ledger;
import dev.weir.local.audit.LedgerAuditor;
import dev.weir.local.audit.Outcome;
import dev.weir.local.audit.Parked;
import dev.weir.local.audit.Transfer;
import dev.weir.local.simulator.Evidence;
import dev.weir.local.simulator.Scenario;
import dev.weir.local.simulator.Setup;
import dev.weir.local.simulator.Submission;
import dev.weir.model.LaneId;
import dev.weir.port.Item;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The ledger: transfers between a few accounts, some denied, some with an id that is used twice, some numbered by their source. */
public final class LedgerScenario implements Scenario {
    private final Setup setup;
    private final int transfers;
    private final Map<String, Transfer> sent = new HashMap<>();

    /** A run of the usual size: 4 lanes, 2 shards, 500 transfers. */
    public LedgerScenario() {
        this(4, 2, 500);
    }

    /**
     * @param lanes of the bus
     * @param shards at the beginning
     * @param transfers how many are sent, about
     */
    public LedgerScenario(int lanes, int shards, int transfers) {
        this.setup = Setup.of(Ledger.GRAPH, lanes, shards);
        this.transfers = transfers;
    }

    @Override
    public Setup setup() {
        return setup;
    }

    @Override
    public List<Submission> submissions(RandomGenerator random) {
        List<Submission> submissions = new ArrayList<>();
        for (Transfer transfer : new LedgerTraffic(random, transfers).transfers()) {
            sent.put(transfer.line(), transfer);
            submissions.add(Submission.of(transfer.source(), transfer.line()));
        }
        return submissions;
    }

    @Override
    public void look(Evidence evidence) {
        LedgerAuditor auditor = auditor(evidence);
        Map<String, BigDecimal> balances =
                balances(evidence); // before the outcomes: what is decided meanwhile can only add
        auditor.look(decided(evidence, auditor), balances);
    }

    @Override
    public void audit(Evidence evidence) {
        LedgerAuditor auditor = auditor(evidence);
        auditor.audit(decided(evidence, auditor), parked(evidence), balances(evidence));
        GapAudit gaps = new GapAudit(setup.bot());
        for (LaneId lane : evidence.lanes()) {
            gaps.check(evidence, lane);
            checkEmpty(evidence, lane, "outbox#");
            checkEmpty(evidence, lane, "held#");
        }
    }

    private LedgerAuditor auditor(Evidence evidence) {
        List<Transfer> given = new ArrayList<>();
        Set<String> noEvents = new HashSet<>();
        for (Submission submission : evidence.given()) {
            Transfer transfer = sent.get(submission.line());
            if (transfer == null) {
                noEvents.add(submission.line());
            } else {
                given.add(transfer);
            }
        }
        given.sort((a, b) -> a.source().equals(b.source())
                ? Long.compare(a.sequence().orElse(0), b.sequence().orElse(0))
                : 0);
        return new LedgerAuditor(setup.bus().lanes(), given, noEvents);
    }

    private List<List<Outcome>> decided(Evidence evidence, LedgerAuditor auditor) {
        List<List<Outcome>> decided = new ArrayList<>();
        for (int i = 0; i < setup.bus().lanes().count(); i++) {
            decided.add(evidence.queue(setup.queue(), new LaneId.Slice(i)).stream()
                    .map(auditor::outcome)
                    .toList());
        }
        return decided;
    }

    private static List<Parked> parked(Evidence evidence) {
        List<Parked> parked = new ArrayList<>();
        for (LaneId lane : evidence.lanes()) {
            for (Item item : evidence.kept(lane, "parked#")) {
                parked.add(new Parked(new String(item.bytes("payload"), StandardCharsets.UTF_8), item.text("reason")));
            }
        }
        return parked;
    }

    private TreeMap<String, BigDecimal> balances(Evidence evidence) {
        return new StateView<>(Ledger.GRAPH, setup.bus(), evidence.items()).all();
    }

    private static void checkEmpty(Evidence evidence, LaneId lane, String kind) {
        List<Item> left = evidence.kept(lane, kind);
        if (!left.isEmpty()) {
            throw new AssertionError("a lane at rest keeps what it should not: lane=" + lane.text() + " items="
                    + left.stream().map(item -> item.key().sort()).toList());
        }
    }
}
