package dev.weir.functions.ledger;

import dev.weir.graph.Graph;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.graph.State;
import dev.weir.graph.Table;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * The bank ledger: {@code {"source":"alice","target":"bob","amount":25.32}} in, the same with {@code "outcome":"approve"} or
 * {@code "deny"} out.
 *
 * <p>A transfer is approved if its source has the funds or is {@value #SWEEP}, the account of the outside world. An account belongs to the
 * lane of its name, so it has one writer; what a transfer gives to an account of another lane travels there on the bus.
 */
public final class Ledger {

    /** The account through which money enters and leaves; it alone may be below zero. */
    public static final String SWEEP = "sweep";

    /** The queue of outcomes. */
    public static final String DECIDED = "transfers.decided";

    private static final Table<BigDecimal> BALANCES = Table.of(
                    "balances", new AmountCodec(), BigDecimal.ZERO, Amounts::sum)
            .spreading(SWEEP);

    /** The bot. */
    public static final Graph<Transfer, BigDecimal, Decided> GRAPH = Graph.named("ledger")
            .readFrom(Source.stream("transfers", Transfer::decode))
            .keyBy(Transfer::source)
            .dedupeBy(Transfer::id, Duration.ofHours(1))
            .orderBy(Transfer::sequence, Duration.ofSeconds(30))
            .mapWith(BALANCES, Ledger::decide)
            .touching(Transfer::target)
            .writeTo(Sink.queue(DECIDED, Decided::json));

    private static Decided decide(Transfer transfer, State<BigDecimal> balances) {
        String source = transfer.source();
        boolean approved = source.equals(SWEEP) || balances.get(source).compareTo(transfer.amount()) >= 0;
        if (approved) {
            balances.add(source, transfer.amount().negate());
            balances.add(transfer.target(), transfer.amount());
        }
        return new Decided(transfer, approved);
    }

    private Ledger() {}
}
