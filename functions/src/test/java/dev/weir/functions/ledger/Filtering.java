package dev.weir.functions.ledger;

import dev.weir.bot.Bots;
import dev.weir.graph.Decoded;
import dev.weir.graph.Graph;
import dev.weir.graph.NoState;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.graph.Table;
import dev.weir.model.Json;
import dev.weir.queue.QueueEvent;
import java.util.List;
import java.util.function.Predicate;

/** Bots on queues for tests that look at payloads as texts. */
final class Filtering {
    private Filtering() {}

    /** Hands on what passes. */
    static Graph<QueueEvent, NoState, List<Json>> graph(String in, String out, Predicate<String> passes) {
        return Bots.enrich(
                "filter",
                in,
                out,
                event -> passes.test(event.payload().toString()) ? List.of(event.payload()) : List.of());
    }

    /** Counts outcomes. */
    static Graph<String, Long, String> counting(String queue) {
        return Graph.named("outcomes")
                .readFrom(Source.queue(queue, text -> Decoded.value(text.toString())))
                .keyBy(text -> text.contains("approve") ? "approve" : "deny")
                .mapWith(Table.of("counts", Tally.CODEC, 0L, Long::sum), (text, counts) -> {
                    counts.add(text.contains("approve") ? "approve" : "deny", 1L);
                    return text;
                })
                .writeTo(Sink.queue("counted", Json::of));
    }
}
