package dev.weir.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A pipeline with every kind of state, in several versions: counts, windows, joins, values that travel. Its results are lines of text. */
final class SalesPipeline {
    static final String BOT = "sales";
    static final String STREAM = "sold";
    static final long WINDOW_HOURS = 60;
    static final long GAP_HOURS = 20;
    static final long WITHIN_HOURS = 170;

    /** Longer than all events lie apart, and longer than a run takes: nothing ends before it is told to. */
    static final long LATENESS_HOURS = 400;

    private static final Window WINDOW =
            Window.tumbling(Duration.ofHours(WINDOW_HOURS)).waiting(Duration.ofHours(LATENESS_HOURS));
    private static final Window SESSION =
            Window.session(Duration.ofHours(GAP_HOURS)).waiting(Duration.ofHours(LATENESS_HOURS));

    /** What a version has, beside what all have. */
    enum Part {
        /** A step in front of the others of a shop. */
        BEFORE,
        /** A step behind those of a city. */
        BEHIND,
        /** A further branch, whose values travel. */
        BRANCH,
        /** Joins. */
        JOINS,
        /** Windows. */
        WINDOWS,
        /** Ends are named in another order. */
        REVERSED,
        /** The code fails for what is poison. */
        FAILS
    }

    private final Set<Part> parts;
    private final List<End> ends = new ArrayList<>();

    private SalesPipeline(Set<Part> parts) {
        this.parts = parts;
    }

    static Pipeline of(Part... parts) {
        Set<Part> all = EnumSet.noneOf(Part.class);
        Collections.addAll(all, parts);
        return of(all);
    }

    static Pipeline of(Set<Part> parts) {
        SalesPipeline pipeline = new SalesPipeline(parts);
        pipeline.shops(Pipeline.from(Feed.stream(STREAM, Sale.CODEC))
                .filter(Sale::isWanted)
                .timestampBy(Sale::time)
                .keyBy("shop", Sale::shop, Sale.CODEC)
                .dedupeBy(Sale::businessId, Duration.ofDays(1)));
        return Pipeline.of(
                BOT, (parts.contains(Part.REVERSED) ? pipeline.ends.reversed() : pipeline.ends).toArray(new End[0]));
    }

    private void shops(KeyedStage<Sale> fromSource) {
        KeyedStage<Sale> shop = parts.contains(Part.BEFORE) ? numbered(fromSource, "before") : fromSource;
        end(counted(shop, "count", 1), "counts");
        if (parts.contains(Part.WINDOWS)) {
            end(windows(shop, WINDOW, "hours"), "windows");
            end(windows(shop, SESSION, "session"), "sessions");
        }
        if (parts.contains(Part.JOINS)) {
            joins(shop.branch(Sale::isPrice));
        }
        if (parts.contains(Part.BRANCH)) {
            end(counted(shop.keyBy("third", sale -> "third-" + sale.n() % 3, Sale.CODEC), "thirds", 0), "thirds");
        }
        KeyedStage<Sale> city = shop.keyBy("city", Sale::city, Sale.CODEC);
        KeyedStage<String> cities = counted(city, "cities", 2);
        end(cities, "cities");
        if (parts.contains(Part.BEHIND)) {
            end(cities.count("behind").mapWithKey((key, count) -> key + " " + count), "behind");
        }
        if (parts.contains(Part.WINDOWS)) {
            end(windows(city, WINDOW, "city-hours"), "city-windows");
        }
    }

    private void joins(Branches<KeyedStage<Sale>> prices) {
        end(
                prices.rest()
                        .joinLatest(
                                "latest",
                                prices.matching(),
                                Sale.CODEC,
                                (sale, price) -> sale.shop() + " " + sale.n() + " "
                                        + price.map(Sale::n).orElse(-1L)),
                "latest");
        end(
                prices.rest()
                        .joinWithin(
                                "within",
                                Duration.ofHours(WITHIN_HOURS),
                                Sale.CODEC,
                                prices.matching(),
                                Sale.CODEC,
                                (sale, price) -> sale.shop() + " " + sale.n() + " " + price.n()),
                "within");
    }

    private void end(KeyedStage<String> stage, String queue) {
        ends.add(stage.to(To.queue(queue, Codec.text())));
    }

    /** Lets values through, and keeps how many. */
    private static KeyedStage<Sale> numbered(KeyedStage<Sale> stage, String name) {
        return stage.process(name, Codec.integer(), (event, count, results) -> {
            count.set(count.or(0L) + 1);
            results.add(event.value());
        });
    }

    /** Key, number of the event, how many there were of the key. */
    private KeyedStage<String> counted(KeyedStage<Sale> stage, String name, int poison) {
        boolean fails = parts.contains(Part.FAILS);
        return stage.process(name, Codec.integer(), (event, count, results) -> {
            if (fails && event.value().isPoison() == poison && poison > 0) {
                throw new IllegalStateException("poison: n=" + event.value().n());
            }
            count.set(count.or(0L) + 1);
            results.add(event.key() + " " + event.value().n() + " " + count.or(0L));
        });
    }

    /** Key, first hour of the window, numbers of the events in it. */
    private static KeyedStage<String> windows(KeyedStage<Sale> stage, Window window, String name) {
        return stage.window(window, Sale.CODEC)
                .aggregate(name, Codec.text(), "", (text, sale) -> text + " " + sale.n(), String::concat)
                .mapWithKey((key, windowed) ->
                        key + " " + windowed.fromMillis() / Duration.ofHours(1).toMillis() + windowed.value());
    }
}
