package dev.weir.functions.ledger;

import dev.weir.functions.TickHandler;
import dev.weir.functions.Wiring;
import java.math.BigDecimal;

/** The ledger's clock as a Lambda function: {@code dev.weir.functions.ledger.LedgerTick}. */
public final class LedgerTick extends TickHandler<Transfer, BigDecimal, Decided> {

    /** As Lambda makes it. */
    public LedgerTick() {
        this(Wiring.fromEnvironment());
    }

    /** On given ports. */
    public LedgerTick(Wiring wiring) {
        super(Ledger.GRAPH, wiring);
    }
}
