package dev.weir.testkit;

import dev.weir.graph.Decoded;
import dev.weir.graph.Graph;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.graph.State;
import dev.weir.graph.StateCodec;
import dev.weir.graph.StatefulStep;
import dev.weir.graph.Table;
import dev.weir.model.Json;
import dev.weir.model.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bot that adds up the orders of each customer; and one that looks as if it did. */
final class Orders {

    /** An order: {@code {"customer":"alice","cents":300}}. */
    record Order(String customer, long cents) {
        private static final Pattern TEXT = Pattern.compile("\\{\"customer\":\"(\\w+)\",\"cents\":(\\d{1,9})}");

        String json() {
            return "{\"customer\":\"" + customer + "\",\"cents\":" + cents + "}";
        }

        static Decoded<Order> decode(Json text) {
            Matcher matcher = TEXT.matcher(text.toString());
            return matcher.matches()
                    ? new Decoded.Value<>(new Order(matcher.group(1), Long.parseLong(matcher.group(2))))
                    : new Decoded.Refused<>(new Refusal("not an order: text=" + text));
        }
    }

    /** What a customer has ordered in all: {@code {"customer":"alice","total":700}}. */
    record Total(String customer, long cents) {
        private static final Pattern TEXT = Pattern.compile("\\{\"customer\":\"(\\w+)\",\"total\":(\\d+)}");

        Json json() {
            return Json.of("{\"customer\":\"" + customer + "\",\"total\":" + cents + "}");
        }

        static Total parse(String text) {
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not a total: text=" + text);
            }
            return new Total(matcher.group(1), Long.parseLong(matcher.group(2)));
        }
    }

    private static final StateCodec<Long> CENTS = new StateCodec<>() {
        @Override
        public Json encode(Long value) {
            return Json.of(Long.toString(value));
        }

        @Override
        public Long decode(Json text) {
            return Long.valueOf(text.toString());
        }

        @Override
        public int encodedBytesMax(Long value) {
            return Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII).length;
        }
    };

    static final Graph<Order, Long, Total> GRAPH = graph(Orders::add);

    private static Total add(Order order, State<Long> totals) {
        totals.put(order.customer(), totals.get(order.customer()) + order.cents());
        return new Total(order.customer(), totals.get(order.customer()));
    }

    /** Counts in a field: right on a quiet day, wrong after the first crash or the second copy. */
    static Graph<Order, Long, Total> countingInAField() {
        AtomicLong all = new AtomicLong();
        return graph((order, totals) -> {
            totals.put(order.customer(), all.addAndGet(order.cents()));
            return new Total(order.customer(), all.get());
        });
    }

    static Graph<Order, Long, Total> graph(StatefulStep<Order, Long, Total> step) {
        return Graph.named("orders")
                .readFrom(Source.stream("orders", Order::decode))
                .keyBy(Order::customer)
                .mapWith(Table.of("totals", CENTS, 0L, Long::sum), step)
                .writeTo(Sink.queue("totals", Total::json));
    }

    private Orders() {}
}
