package dev.weir.functions.ledger;

import dev.weir.functions.BotHandler;
import dev.weir.functions.Wiring;
import java.math.BigDecimal;

/** The ledger as a Lambda function: {@code dev.weir.functions.ledger.LedgerHandler}. */
public final class LedgerHandler extends BotHandler<Transfer, BigDecimal, Decided> {

    /** As Lambda makes it. */
    public LedgerHandler() {
        this(Wiring.fromEnvironment());
    }

    /** On given ports. */
    public LedgerHandler(Wiring wiring) {
        super(Ledger.GRAPH, wiring);
    }
}
