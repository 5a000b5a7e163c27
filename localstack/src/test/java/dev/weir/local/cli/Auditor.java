package dev.weir.local.cli;

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
 * Says whether a ledger of many lanes is right, from its input, its outcomes and its balances. Lanes decide independently, so many results
 * are right. What must hold: every source has exactly its transfers decided, in their order; there is an order over all lanes in which
 * nobody but sweep goes below zero; nothing is denied to an account whose own lane gave it the funds; the balances are what the outcomes
 * make them, and their sum is zero.
 */
final class Auditor {
    private static final Pattern OUTCOME = Pattern.compile(".*,\"outcome\":\"(approve|deny)\"}");
    private static final Pattern BALANCE = Pattern.compile("\\{\"account\":\"(.*)\",\"balance\":(-?[0-9.]+)}");

    private record Decision(Order order, boolean approved) {}

    private final Lanes lanes;
    private final Map<String, BigDecimal> given = new HashMap<>(); // balances, with what is on its way between lanes
    private final Map<String, BigDecimal> sure = new HashMap<>(); // balances, without what came from other lanes

    private Auditor(int lanes) {
        this.lanes = new Lanes(lanes);
    }

    /**
     * @param orders the input, whole
     * @param outcomes lines as printed: lanes may be mixed, each lane's in its order
     * @param balances lines of the file of balances
     */
    static void audit(int lanes, List<Order> orders, List<String> outcomes, List<String> balances) {
        Auditor auditor = new Auditor(lanes);
        auditor.replay(auditor.matched(orders, outcomes));
        auditor.compare(balances);
    }

    /** Gives each outcome its transfer: the next of its source. By lane. */
    private List<Deque<Decision>> matched(List<Order> orders, List<String> outcomes) {
        Map<String, Deque<Order>> bySource = new HashMap<>();
        orders.forEach(order -> bySource.computeIfAbsent(order.source(), _ -> new ArrayDeque<>())
                .add(order));
        List<Deque<Decision>> decided = new ArrayList<>();
        for (int lane = 0; lane < lanes.count(); lane++) {
            decided.add(new ArrayDeque<>());
        }
        Map<String, String> sourceOf = new HashMap<>();
        orders.forEach(
                order -> sourceOf.put(order.line().substring(0, order.line().indexOf(',')), order.source()));
        for (String outcome : outcomes) {
            Matcher matcher = OUTCOME.matcher(outcome);
            assertThat(matcher.matches()).as("outcome: %s", outcome).isTrue();
            boolean approved = matcher.group(1).equals("approve");
            String source = sourceOf.get(outcome.substring(0, outcome.indexOf(',')));
            Order order = bySource.getOrDefault(source, new ArrayDeque<>()).poll();
            assertThat(order).as("one outcome too many: %s", outcome).isNotNull();
            assertThat(outcome).as("the next of its source").isEqualTo(order.decided(approved));
            decided.get(lanes.of(source)).add(new Decision(order, approved));
        }
        assertThat(bySource.values()).as("transfers without outcome").allMatch(Deque::isEmpty);
        return decided;
    }

    /** Takes the next outcome of any lane that is possible, until none is left. */
    private void replay(List<Deque<Decision>> decided) {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Deque<Decision> lane : decided) {
                while (!lane.isEmpty() && isPossible(lane.getFirst())) {
                    take(lane.removeFirst());
                    moved = true;
                }
            }
        }
        assertThat(decided).as("outcomes that spend what nobody gave").allMatch(Deque::isEmpty);
    }

    private boolean isPossible(Decision decision) {
        Order order = decision.order;
        return !decision.approved || order.source().equals("sweep") || covers(given, order);
    }

    private void take(Decision decision) {
        Order order = decision.order;
        if (!decision.approved) {
            boolean wrong = order.source().equals("sweep") || covers(sure, order);
            assertThat(wrong).as("denied with the funds at hand: %s", order).isFalse();
            return;
        }
        boolean local = order.target().equals("sweep") || lanes.of(order.source()) == lanes.of(order.target());
        for (Map<String, BigDecimal> balances : local ? List.of(given, sure) : List.of(given)) {
            balances.merge(order.target(), order.amount(), BigDecimal::add);
        }
        for (Map<String, BigDecimal> balances : List.of(given, sure)) {
            balances.merge(order.source(), order.amount().negate(), BigDecimal::add);
        }
    }

    private static boolean covers(Map<String, BigDecimal> balances, Order order) {
        return balances.getOrDefault(order.source(), BigDecimal.ZERO).compareTo(order.amount()) >= 0;
    }

    private void compare(List<String> lines) {
        Map<String, BigDecimal> found = new TreeMap<>();
        for (String line : lines) {
            Matcher matcher = BALANCE.matcher(line);
            assertThat(matcher.matches()).as("balance: %s", line).isTrue();
            found.put(matcher.group(1), new BigDecimal(matcher.group(2)));
        }
        assertThat(found.keySet()).isEqualTo(new TreeMap<>(given).keySet());
        found.forEach((account, balance) -> {
            assertThat(balance).as("balance of %s", account).isEqualByComparingTo(given.get(account));
            assertThat(account.equals("sweep") || balance.signum() >= 0)
                    .as("%s is below zero", account)
                    .isTrue();
        });
        assertThat(found.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("0");
    }
}
