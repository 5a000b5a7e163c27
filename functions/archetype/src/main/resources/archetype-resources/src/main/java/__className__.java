package ${package};

import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.To;
import java.time.Duration;
import java.util.Optional;

/** Orders in; what those of each customer come to so far out. */
public final class ${className} {

    /** What is read, as JSON. An event that is none is parked, with the reason, and stops nobody. */
    public record Order(String id, String customer, long cents) {}

    /** What is written, as JSON: one for each order that counts. */
    public record Total(String customer, long orders, long cents) {
        static final Total NONE = new Total("", 0, 0);

        Total plus(Order order) {
            return new Total(order.customer(), orders + 1, cents + order.cents());
        }
    }

    /** The bot. */
    public static final Pipeline PIPELINE = reading(Feed.${feed}("${feedName}", Codec.of(Order.class)));

    /** The same steps behind any feed: the test puts orders into a stream. */
    static Pipeline reading(Feed<Order> orders) {
        return Pipeline.of(
                "${artifactId}",
                Pipeline.from(orders)
                        .keyBy(Order::customer)
                        .dedupeBy(order -> Optional.of(order.id()), Duration.ofHours(1))
                        .filter(order -> order.cents() > 0)
                        .aggregate("total", Codec.of(Total.class), Total.NONE, Total::plus)
                        .to(To.queue("${artifactId}.totals", Codec.of(Total.class))));
    }

    private ${className}() {}
}
