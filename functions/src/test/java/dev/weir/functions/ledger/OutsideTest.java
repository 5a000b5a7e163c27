package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bot.Bot;
import dev.weir.bot.FanOut;
import dev.weir.bot.Ports;
import dev.weir.graph.Effect;
import dev.weir.graph.Graph;
import dev.weir.graph.RetryLaterException;
import dev.weir.model.Json;
import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.KeyState;
import dev.weir.pipeline.KeyedStage;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Program;
import dev.weir.pipeline.Programs;
import dev.weir.pipeline.To;
import dev.weir.pipeline.Work;
import dev.weir.port.Item;
import dev.weir.port.Table;
import dev.weir.port.TableChanges;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ways out of the bus: another stream, rows of a table, functions of the user's. Whoever dies, and whenever, each result goes out once. */
class OutsideTest {
    private static final int CUSTOMERS = 5;
    private static final int ORDERS = 20;

    record Order(String customer, int n) {}

    record Total(String customer, long sum) {}

    /** A service that knows idempotency keys: what it did, by key, and how often it was asked. */
    private static final class Service {
        private final Map<String, String> done = new LinkedHashMap<>();
        private final Map<String, Integer> asked = new HashMap<>();
        private int refusals;
        private int before;

        void deliver(Total total, String key) {
            asked.merge(key, 1, Integer::sum);
            if (before-- <= 0 && refusals > 0) {
                refusals--;
                throw new RetryLaterException("the service is busy");
            }
            if (total.sum() < 0) {
                throw new IllegalStateException("the service does not know such totals");
            }
            done.putIfAbsent(key, total.customer() + "=" + total.sum());
        }

        TreeMap<String, List<String>> byCustomer() {
            TreeMap<String, List<String>> all = new TreeMap<>();
            done.values().forEach(each -> all.computeIfAbsent(each.split("=")[0], _ -> new ArrayList<>())
                    .add(each.split("=")[1]));
            return all;
        }
    }

    private static final TableChanges NO_CHANGES = new TableChanges() {
        @Override
        public List<ChangeShard> shards(Table table) {
            throw new AssertionError("nobody asks for changes: table=" + table.name());
        }

        @Override
        public Page read(Table table, String shard, String after, int limit) {
            throw new AssertionError("nobody asks for changes: table=" + table.name());
        }
    };

    private static final Programs NO_PROGRAMS = new Programs() {
        @Override
        public Answers give(Id id, Program program, Progress progress, Json line) {
            throw new AssertionError("there is no program: id=" + id);
        }

        @Override
        public Answers rest(Id id, Program program, Progress progress) {
            throw new AssertionError("there is no program: id=" + id);
        }
    };

    private static Pipeline shop(Service service) {
        KeyedStage<Total> totals = Pipeline.from(Feed.queue("orders", Codec.of(Order.class)))
                .keyBy(Order::customer)
                .aggregate("total", Codec.integer(), 0L, (sum, order) -> sum + order.n())
                .mapWithKey(Total::new);
        return Pipeline.of(
                "shop",
                totals.to(To.stream("totals", Total::customer, Codec.of(Total.class))),
                totals.to(To.table("totals", Codec.of(Total.class))),
                totals.to(To.function("mails", Codec.of(Total.class), service::deliver)));
    }

    private static List<String> orders() {
        return IntStream.range(0, ORDERS)
                .mapToObj(n -> "{\"customer\":\"c" + n % CUSTOMERS + "\",\"n\":" + n + "}")
                .toList();
    }

    private static TreeMap<String, List<String>> expected() {
        TreeMap<String, List<String>> expected = new TreeMap<>();
        long[] sums = new long[CUSTOMERS];
        for (int n = 0; n < ORDERS; n++) {
            sums[n % CUSTOMERS] += n;
            expected.computeIfAbsent("c" + n % CUSTOMERS, _ -> new ArrayList<>())
                    .add("" + sums[n % CUSTOMERS]);
        }
        return expected;
    }

    private static QueueWorld<Work, KeyState, List<Effect>> world(Pipeline pipeline) {
        QueueWorld<Work, KeyState, List<Effect>> world = new QueueWorld<>(pipeline.graph(), 4);
        world.streams.create(world.bus.stream("totals"), 2);
        world.put("orders", orders());
        return world;
    }

    private static Graph<?, ?, ?> helper(Pipeline pipeline, String name, QueueWorld<?, ?, ?> world) {
        Ports ports =
                new Ports(world.bus, world.items, world.streams, world.objects, NO_CHANGES, NO_PROGRAMS, world.time);
        return Bot.of(pipeline).helpers().stream()
                .filter(bot -> bot.name().equals("shop." + name))
                .map(bot -> ((Bot.Reader) bot).runs().apply(ports))
                .findFirst()
                .orElseThrow();
    }

    private static Plan at(int fatal, Fault fault) {
        int[] calls = {0};
        return _ -> calls[0]++ == fatal ? fault : Fault.NONE;
    }

    // ------------------------------------------------------------------ streams

    @Test
    void whatIsPutIntoAnotherStreamIsThereOnceForItsReadersWhereverTheBotDies() {
        for (int fatal = 0; fatal < 45; fatal++) {
            for (Fault fault : List.of(Fault.KILLED_BEFORE, Fault.KILLED_AFTER, Fault.LOST_ANSWER, Fault.REFUSED)) {
                var world = world(shop(new Service()));
                world.run(world.copy(at(fatal, fault), FanOut.ALONE));
                world.drain();

                assertThat(totalsOnTheStream(world))
                        .as("call %d: %s", fatal, fault)
                        .isEqualTo(expected());
            }
        }
    }

    private static TreeMap<String, List<String>> totalsOnTheStream(QueueWorld<?, ?, ?> world) {
        Pipeline reader = Pipeline.of(
                "reader",
                Pipeline.from(Feed.stream("totals", Codec.of(Total.class)))
                        .keyBy(Total::customer)
                        .map(total -> total.customer() + "=" + total.sum())
                        .to(To.queue("seen", Codec.text())));
        World<?, ?, ?> read = new World<>(reader.graph(), world.bus, world.items, world.time, world.streams);
        read.deliver();
        TreeMap<String, List<String>> seen = new TreeMap<>();
        read.byLane("seen").stream().flatMap(List::stream).forEach(text -> {
            String[] parts = text.replace("\"", "").split("=");
            seen.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts[1]);
        });
        assertThat(read.parked()).isEmpty();
        return seen;
    }

    // ------------------------------------------------------------------ rows

    @Test
    void theRowOfAKeyIsItsLastResultWhereverTheBotDies() {
        Pipeline shop = shop(new Service());
        for (int fatal = 0; fatal < 25; fatal++) {
            for (Fault fault : List.of(Fault.KILLED_BEFORE, Fault.KILLED_AFTER, Fault.LOST_ANSWER, Fault.REFUSED)) {
                var world = world(shop);
                world.drain();
                QueueWorld<?, ?, ?> rows = new QueueWorld<>(helper(shop, "totals", world), world);
                crash(rows, at(fatal, fault));
                rows.drain();

                TreeMap<String, String> stored = new TreeMap<>();
                for (Item row : world.items.scan(world.bus.rows("totals"))) {
                    stored.put(row.key().partition(), row.number("sum").toPlainString());
                }
                TreeMap<String, String> last = new TreeMap<>();
                expected().forEach((customer, sums) -> last.put(customer, sums.getLast()));
                assertThat(stored).as("call %d: %s", fatal, fault).isEqualTo(last);
                assertThat(rows.parked()).isEmpty();
            }
        }
    }

    private static <T, V, R> void crash(QueueWorld<T, V, R> world, Plan plan) {
        world.run(world.copy(plan, FanOut.ALONE));
    }

    // ------------------------------------------------------------------ functions

    @Test
    void aServiceThatKnowsIdempotencyKeysDoesEachResultOnceInOrderWhereverTheBotDies() {
        for (int fatal = 0; fatal < 25; fatal++) {
            for (Fault fault : List.of(Fault.KILLED_BEFORE, Fault.KILLED_AFTER, Fault.LOST_ANSWER)) {
                Service service = new Service();
                Pipeline shop = shop(service);
                var world = world(shop);
                world.drain();
                QueueWorld<?, ?, ?> mails = new QueueWorld<>(helper(shop, "mails", world), world);
                crash(mails, at(fatal, fault));
                mails.drain();

                assertThat(service.byCustomer()).as("call %d: %s", fatal, fault).isEqualTo(expected());
                assertThat(mails.parked()).isEmpty();
            }
        }
    }

    @Test
    void aServiceThatIsBusyIsAskedAgainAndWhatItDidBeforeIsNotRepeated() {
        Service service = new Service();
        Pipeline shop = shop(service);
        var world = world(shop);
        world.drain();
        QueueWorld<?, ?, ?> mails = new QueueWorld<>(helper(shop, "mails", world), world);
        service.before = 7;
        service.refusals = 3;
        mails.drain();

        assertThat(service.byCustomer()).isEqualTo(expected());
        assertThat(service.asked.values().stream().mapToInt(Integer::intValue).sum())
                .as("one call for each result, and one for each refusal")
                .isEqualTo(ORDERS + 3);
    }

    @Test
    void whatAServiceRefusesIsParkedWithTheLaterResultsOfItsKeyAndOthersGoOn() {
        Service service = new Service();
        Pipeline shop = shop(service);
        QueueWorld<Work, KeyState, List<Effect>> world = new QueueWorld<>(shop.graph(), 4);
        world.streams.create(world.bus.stream("totals"), 2);
        world.put("orders", List.of(order("c1", 5), order("c1", -9), order("c1", 10), order("c2", 1)));
        world.drain();
        QueueWorld<?, ?, ?> mails = new QueueWorld<>(helper(shop, "mails", world), world);
        mails.drain();

        assertThat(service.byCustomer()).isEqualTo(new TreeMap<>(Map.of("c1", List.of("5"), "c2", List.of("1"))));
        assertThat(mails.parked()).hasSize(2);
        assertThat(mails.parked().getFirst().text("reason")).contains("does not know such totals");
    }

    private static String order(String customer, int n) {
        return "{\"customer\":\"" + customer + "\",\"n\":" + n + "}";
    }

    @Test
    void amountsOfRowsAreExact() {
        Pipeline shop = shop(new Service());
        var world = world(shop);
        world.drain();
        new QueueWorld<>(helper(shop, "totals", world), world).drain();
        assertThat(world.items.scan(world.bus.rows("totals")))
                .allSatisfy(row -> assertThat(row.number("sum")).isGreaterThan(BigDecimal.ZERO));
    }
}
