package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Lanes;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says whether a ledger at rest is right, from its input, its outcomes and its balances, without the bot's code.
 *
 * <p>Lanes decide independently, so many results are right. What must hold: the outcomes of each source are its transfers, once each, in
 * their order; there is an order over all lanes in which no account but sweep goes below zero; nothing is denied to an account whose own
 * lane alone gave it the funds; the balances are what the outcomes make them, and their sum is zero.
 */
final class Auditor {
    private static final Pattern OUTCOME = Pattern.compile("(.*),\"outcome\":\"(approve|deny)\"}");

    private record Outcome(String line, boolean approved) {
        static Outcome of(String text) {
            Matcher matcher = OUTCOME.matcher(text);
            assertThat(matcher.matches()).as("outcome: %s", text).isTrue();
            return new Outcome(matcher.group(1) + "}", matcher.group(2).equals("approve"));
        }

        String source() {
            return Transfers.source(line);
        }

        String target() {
            return Transfers.target(line);
        }

        BigDecimal amount() {
            return Transfers.amount(line);
        }
    }

    private final World<Transfer, BigDecimal, Decided> world;
    private final Lanes lanes;
    private final Map<String, BigDecimal> given = new HashMap<>(); // balances, with what is on its way
    private final Map<String, BigDecimal> sure = new HashMap<>(); // balances, without what came from other lanes

    private Auditor(World<Transfer, BigDecimal, Decided> world) {
        this.world = world;
        this.lanes = world.bus.lanes();
    }

    /** Audits a bot that took these transfers, in any order that keeps the order of each source. */
    static void audit(World<Transfer, BigDecimal, Decided> world, List<String> transfers) {
        Map<String, List<String>> bySource = new TreeMap<>();
        transfers.forEach(line -> bySource.computeIfAbsent(Transfers.source(line), _ -> new ArrayList<>())
                .add(line));
        new Auditor(world).audit(bySource);
    }

    private void audit(Map<String, List<String>> expected) {
        List<Deque<Outcome>> decided = new ArrayList<>();
        Map<String, List<String>> bySource = new TreeMap<>();
        for (List<String> lane : world.byLane("transfers.decided")) {
            Deque<Outcome> outcomes = new ArrayDeque<>();
            lane.stream().map(Outcome::of).forEach(outcomes::add);
            outcomes.forEach(outcome -> bySource.computeIfAbsent(outcome.source(), _ -> new ArrayList<>())
                    .add(outcome.line));
            decided.add(outcomes);
        }
        assertThat(bySource).isEqualTo(expected);
        replay(decided);
        balances();
        assertThat(world.kept("outbox#")).as("outbox at rest").isEmpty();
        assertThat(world.held()).as("held at rest").isZero();
        assertThat(world.gaps()).as("gaps").isEmpty();
    }

    /** Takes the next outcome of any lane that is possible, until none is left. */
    private void replay(List<Deque<Outcome>> decided) {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Deque<Outcome> lane : decided) {
                while (!lane.isEmpty() && isPossible(lane.getFirst())) {
                    take(lane.removeFirst());
                    moved = true;
                }
            }
        }
        assertThat(decided).as("outcomes that spend what nobody gave").allMatch(Deque::isEmpty);
    }

    private boolean isPossible(Outcome outcome) {
        return !outcome.approved
                || outcome.source().equals("sweep")
                || given.getOrDefault(outcome.source(), BigDecimal.ZERO).compareTo(outcome.amount()) >= 0;
    }

    private void take(Outcome outcome) {
        if (!outcome.approved) {
            assertThat(sure.getOrDefault(outcome.source(), BigDecimal.ZERO))
                    .as("denied with the funds at hand: %s", outcome)
                    .isLessThan(outcome.amount());
            assertThat(outcome.source()).isNotEqualTo("sweep");
            return;
        }
        boolean local = outcome.target().equals("sweep") || lanes.of(outcome.source()) == lanes.of(outcome.target());
        given.merge(outcome.source(), outcome.amount().negate(), BigDecimal::add);
        given.merge(outcome.target(), outcome.amount(), BigDecimal::add);
        sure.merge(outcome.source(), outcome.amount().negate(), BigDecimal::add);
        if (local) {
            sure.merge(outcome.target(), outcome.amount(), BigDecimal::add);
        }
    }

    private void balances() {
        TreeMap<String, BigDecimal> balances = world.state();
        assertThat(balances.keySet()).isEqualTo(new TreeMap<>(given).keySet());
        balances.forEach((account, balance) -> {
            assertThat(balance).as("balance of %s", account).isEqualByComparingTo(given.get(account));
            assertThat(account.equals("sweep") || balance.signum() >= 0)
                    .as("%s is below zero", account)
                    .isTrue();
        });
        assertThat(balances.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("0");
    }
}
