package dev.weir.infra;

import dev.weir.bot.Bot;
import dev.weir.bot.Bots;
import dev.weir.functions.ledger.Ledger;
import dev.weir.graph.Decoded;
import dev.weir.graph.Decoder;
import dev.weir.graph.Graph;
import dev.weir.graph.Puller;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.model.Json;
import dev.weir.port.ObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One bot of each kind: what is asserted of templates does not change when somebody adds an example. */
final class Samples {

    /** On a stream, with state and a queue of its own. */
    static final Bot LEDGER = Bot.of(Ledger.GRAPH);

    /** On a queue, without state, writing one queue of its own. */
    static final Bot BILLS = Bot.of(Graph.named("bills")
            .readFrom(Source.queue("transfers.decided", (Decoder<Json>) Decoded.Value::new))
            .forEach((json, millis) -> json)
            .writeTo(Sink.queue("bills.sent", json -> json)));

    /** On a queue, writing any queue: its results alone say which. */
    static final Bot COPY = Bot.of(Bots.enrich("copy", "orders", "orders.copied", event -> List.of(event.payload())));

    /** Brings events from outside, and is woken by a table. */
    static final Bot SHOP = new Bot.Source(
            "shop.orders",
            "orders",
            "*/5 * * * *",
            List.of("stock"),
            List.of(),
            List.of(new Bot.Use.ReadsChanges("stock"), new Bot.Use.ReadsObjects("imports/")),
            ports -> (cursor, most) -> {
                ports.objects().list("imports/", cursor, most);
                return cursor.isEmpty()
                        ? Optional.of(new Puller.Pulled(List.of(Json.of("{\"item\":\"milk\"}")), "1"))
                        : Optional.empty();
            });

    /** Takes a queue out: rows, objects, another stream. */
    static final Bot STOCK = new Bot.Source(
            "stock",
            "stock.told",
            "* * * * *",
            List.of(),
            List.of("orders"),
            List.of(
                    new Bot.Use.WritesRows("stock"),
                    new Bot.Use.WritesObjects("exports/stock/"),
                    new Bot.Use.PutsInto("shipping")),
            ports -> (cursor, most) -> {
                ports.objects().put("exports/stock/1", new byte[1], ObjectStore.IfPresent.KEEP);
                return Optional.empty();
            });

    static final List<Bot> BOTS = List.of(LEDGER, BILLS, COPY, SHOP, STOCK);

    /** As it is by default. */
    static final BusConfig PLAIN = BusConfig.of("shop");

    /** Everything chosen otherwise. */
    static final BusConfig OTHER = BusConfig.of("acme-eu")
            .withLanes(16)
            .withStreams(new BusConfig.Streams.OnDemand())
            .withStreamRetention(Duration.ofDays(2))
            .withQueueRetention(Duration.ofDays(30))
            .withLogRetention(LogDays.WEEK)
            .withEncryption(BusConfig.Encryption.CUSTOMER_KEY)
            .withKeepData(false)
            .withBot(
                    "ledger",
                    BotConfig.DEFAULT
                            .withMemoryMb(2_048)
                            .withTimeout(Duration.ofMinutes(1))
                            .withBatches(200, Duration.ofSeconds(3))
                            .withRetries(5)
                            .withRecordAgeMax(Duration.ofHours(6)))
            .withBot("bills", BotConfig.DEFAULT.withInstances(4));

    private Samples() {}
}
