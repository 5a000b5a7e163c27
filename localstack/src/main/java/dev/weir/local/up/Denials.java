package dev.weir.local.up;

import dev.weir.bot.Bot;
import dev.weir.bot.Bots;
import dev.weir.functions.ledger.Ledger;
import dev.weir.graph.Graph;
import dev.weir.graph.NoState;
import dev.weir.model.Json;
import dev.weir.queue.Query;
import dev.weir.queue.QueueEvent;
import java.util.List;

/** A bot on a queue, to look at: what the ledger denied, in a queue of its own. */
public final class Denials {

    /** The queue that it writes. */
    public static final String QUEUE = "transfers.denied";

    private static final Query DENIED = Query.parse("$.outcome == \"deny\"");

    /** The bot. */
    public static final Graph<QueueEvent, NoState, List<Json>> GRAPH =
            Bots.enrich("denials", Ledger.DECIDED, QUEUE, Denials::denied);

    static final Bot BOT = Bot.of(GRAPH);

    private Denials() {}

    private static List<Json> denied(QueueEvent decided) {
        return DENIED.matches(decided) ? List.of(decided.payload()) : List.of();
    }
}
