package dev.weir.functions.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The ledger in twenty lines, in one total order, with nothing of the bot's own code. */
final class Oracle {
    final TreeMap<String, BigDecimal> balances = new TreeMap<>();
    final List<String> outcomes = new ArrayList<>();

    static Oracle of(List<String> transfers) {
        Oracle oracle = new Oracle();
        transfers.forEach(oracle::decide);
        return oracle;
    }

    private void decide(String line) {
        String source = Transfers.source(line);
        BigDecimal amount = Transfers.amount(line);
        boolean approved = source.equals("sweep")
                || balances.getOrDefault(source, BigDecimal.ZERO).compareTo(amount) >= 0;
        if (approved) {
            balances.merge(source, amount.negate(), BigDecimal::add);
            balances.merge(Transfers.target(line), amount, BigDecimal::add);
        }
        outcomes.add(Transfers.decided(line, approved));
    }
}
