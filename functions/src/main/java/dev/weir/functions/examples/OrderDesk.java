package dev.weir.functions.examples;

import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.To;
import java.time.Duration;
import java.util.Optional;

/**
 * The two ways in which several may read one log: every bot on the queue {@code orders.placed} gets all orders (fan-out), and the copies of
 * one bot share them between each other, those of one key always in one place (load balancing).
 */
public final class OrderDesk {

    /** An order. */
    public record Order(String order, String customer, String item, long cents) {}

    /** What a customer owes so far. */
    public record Owed(String customer, long cents) {}

    /** How often an item was asked for so far. */
    public record Demand(String item, long orders) {}

    /** Takes orders in, each once however often the shop sends it. */
    public static final Pipeline PIPELINE = Pipeline.of(
            "order-desk",
            Pipeline.from(Feed.stream("shop", Codec.of(Order.class)))
                    .keyBy(Order::order)
                    .dedupeBy(order -> Optional.of(order.order()), Duration.ofDays(1))
                    .to(To.queue("orders.placed", Codec.of(Order.class))));

    /** One that gets all orders. */
    public static final Pipeline INVOICES = Pipeline.of(
            "invoices",
            Pipeline.from(Feed.queue("orders.placed", Codec.of(Order.class)))
                    .keyBy("customer", Order::customer, Codec.of(Order.class))
                    .aggregate("owed", Codec.integer(), 0L, (cents, order) -> cents + order.cents())
                    .mapWithKey(Owed::new)
                    .to(To.queue("customers.owed", Codec.of(Owed.class))));

    /** Another that gets all of them too. */
    public static final Pipeline DEMAND = Pipeline.of(
            "demand",
            Pipeline.from(Feed.queue("orders.placed", Codec.of(Order.class)))
                    .keyBy("item", Order::item, Codec.of(Order.class))
                    .count("orders")
                    .mapWithKey(Demand::new)
                    .to(To.queue("items.wanted", Codec.of(Demand.class))));

    private OrderDesk() {}
}
