package dev.weir.functions.examples;

import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.KeyedStage;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.To;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stock management: orders take items out of stock and deliveries put them in. Out goes what became of each order; an order for more than
 * there is waits for the delivery.
 */
public final class StockKeeper {

    /** What happens to an item: {@code order} names the order, a delivery has none. */
    public record Movement(String item, long count, @Nullable String order) {
        boolean isOrder() {
            return order != null;
        }
    }

    /** Of an item, what lies there and the first order that waits for more. */
    public record Shelf(long count, @Nullable Movement waiting) {}

    /** What became of an order. */
    public sealed interface Fate {}

    /** It is on its way. */
    public record Shipped(@Nullable String order, String item, long count, long left) implements Fate {}

    /** It was refused, because another one waits already. */
    public record Refused(@Nullable String order, String item, String reason) implements Fate {}

    private static final KeyedStage<Fate> FATES = Pipeline.from(Feed.stream("movements", Codec.of(Movement.class)))
            .keyBy(Movement::item)
            .dedupeBy(movement -> Optional.ofNullable(movement.order()), Duration.ofHours(24))
            .process("shelf", Codec.of(Shelf.class), (event, shelf, fates) -> {
                Shelf before = shelf.or(new Shelf(0, null));
                Movement movement = event.value();
                shelf.set(
                        movement.isOrder()
                                ? order(before, movement, fates::add)
                                : deliver(before, movement, fates::add));
            });

    /** The bot. */
    public static final Pipeline PIPELINE = Pipeline.of(
            "stock-keeper",
            FATES.flatMap(fate -> fate instanceof Shipped shipped ? List.of(shipped) : List.<Shipped>of())
                    .to(To.queue("orders.shipped", Codec.of(Shipped.class))),
            FATES.flatMap(fate -> fate instanceof Refused refused ? List.of(refused) : List.<Refused>of())
                    .to(To.queue("orders.refused", Codec.of(Refused.class))));

    private static Shelf order(Shelf shelf, Movement order, Consumer<Fate> fates) {
        if (shelf.waiting() != null) {
            fates.accept(new Refused(
                    order.order(), order.item(), "order " + shelf.waiting().order() + " waits"));
            return shelf;
        }
        return served(new Shelf(shelf.count(), order), fates);
    }

    private static Shelf deliver(Shelf shelf, Movement delivery, Consumer<Fate> fates) {
        return served(new Shelf(shelf.count() + delivery.count(), shelf.waiting()), fates);
    }

    private static Shelf served(Shelf shelf, Consumer<Fate> fates) {
        Movement order = shelf.waiting();
        if (order == null || order.count() > shelf.count()) {
            return shelf;
        }
        long left = shelf.count() - order.count();
        fates.accept(new Shipped(order.order(), order.item(), order.count(), left));
        return new Shelf(left, null);
    }

    private StockKeeper() {}
}
