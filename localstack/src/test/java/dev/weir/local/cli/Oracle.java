package dev.weir.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ledger in twenty lines, in one total order, with nothing of the bot's own code. Can be asked for more than one run. */
final class Oracle {
    private final Map<String, BigDecimal> balances = new HashMap<>();

    /** The lines that a run must print. */
    List<String> decide(List<Order> orders) {
        List<String> outcomes = new ArrayList<>();
        for (Order order : orders) {
            BigDecimal funds = balances.getOrDefault(order.source(), BigDecimal.ZERO);
            boolean approved = order.source().equals("sweep") || funds.compareTo(order.amount()) >= 0;
            if (approved) {
                balances.merge(order.source(), order.amount().negate(), BigDecimal::add);
                balances.merge(order.target(), order.amount(), BigDecimal::add);
            }
            outcomes.add(order.decided(approved));
        }
        return outcomes;
    }

    /** The lines of the file of balances. */
    List<String> balances() {
        return balances.entrySet().stream()
                .sorted((a, b) -> Arrays.compareUnsigned(
                        a.getKey().getBytes(UTF_8), b.getKey().getBytes(UTF_8)))
                .map(entry -> "{\"account\":\"" + entry.getKey() + "\",\"balance\":"
                        + entry.getValue().toPlainString() + "}")
                .toList();
    }
}
