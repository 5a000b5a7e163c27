package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bot.FanOut;
import dev.weir.functions.examples.OrderDesk;
import dev.weir.functions.examples.PriceBoard;
import dev.weir.graph.Effect;
import dev.weir.pipeline.KeyState;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Work;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The examples on queues, whatever fails. */
class QueueExamplesTest {
    private static final int ORDERS = 60;

    private static QueueWorld<Work, KeyState, List<Effect>> world(Pipeline pipeline, int lanes) {
        return new QueueWorld<>(pipeline.graph(), lanes);
    }

    /** Faults at random calls of a run; the same for the same seed. */
    private static Plan random(long seed) {
        Random random = new Random(seed);
        Fault[] faults = {Fault.KILLED_BEFORE, Fault.KILLED_AFTER, Fault.LOST_ANSWER, Fault.REFUSED, Fault.UNAVAILABLE};
        return _ -> random.nextInt(40) == 0 ? faults[random.nextInt(faults.length)] : Fault.NONE;
    }

    private static String order(int n) {
        return "{\"order\":\"o" + n + "\",\"customer\":\"c" + n % 7 + "\",\"item\":\"i" + n % 3 + "\",\"cents\":" + n
                + "}";
    }

    private static TreeMap<String, Long> last(List<String> payloads, String key, String value) {
        TreeMap<String, Long> last = new TreeMap<>();
        for (String payload : payloads) {
            String name = payload.replaceAll(".*\"" + key + "\":\"([^\"]*)\".*", "$1");
            long number = Long.parseLong(payload.replaceAll(".*\"" + value + "\":(\\d+).*", "$1"));
            assertThat(number).as("results of %s rise", name).isGreaterThanOrEqualTo(last.getOrDefault(name, 0L));
            last.put(name, number);
        }
        return last;
    }

    @Test
    void eachBotGetsAllOrdersAndTheCopiesOfOneShareThem() {
        TreeMap<String, Long> owed = new TreeMap<>();
        TreeMap<String, Long> wanted = new TreeMap<>();
        for (int n = 0; n < ORDERS; n++) {
            owed.merge("c" + n % 7, (long) n, Long::sum);
            wanted.merge("i" + n % 3, 1L, Long::sum);
        }
        for (long seed = 1; seed <= 30; seed++) {
            int copies = 1 + (int) (seed % 4);
            var invoices = world(OrderDesk.INVOICES, 4);
            invoices.put(
                    "orders.placed",
                    IntStream.range(0, ORDERS / 2)
                            .mapToObj(QueueExamplesTest::order)
                            .toList());
            QueueWorld<Work, KeyState, List<Effect>> demand = new QueueWorld<>(OrderDesk.DEMAND.graph(), invoices);
            long of = seed;
            int[] plans = {0};
            for (int run = 0; run < 6; run++) {
                invoices.run(invoices.copy(random(of * 31 + plans[0]++), new FanOut(run % copies, copies)));
                demand.run(demand.copy(random(of * 31 + plans[0]++), FanOut.ALONE));
            }
            invoices.put(
                    "orders.placed",
                    IntStream.range(ORDERS / 2, ORDERS)
                            .mapToObj(QueueExamplesTest::order)
                            .toList());
            invoices.drain(copies, () -> Plan.NO_FAULTS);
            demand.drain();

            assertThat(last(invoices.payloads("customers.owed"), "customer", "cents"))
                    .as("seed %d", seed)
                    .isEqualTo(owed);
            assertThat(invoices.payloads("customers.owed")).as("seed %d", seed).hasSize(ORDERS);
            assertThat(last(demand.payloads("items.wanted"), "item", "orders"))
                    .as("seed %d", seed)
                    .isEqualTo(wanted);
            assertThat(demand.payloads("items.wanted")).as("seed %d", seed).hasSize(ORDERS);
        }
    }

    @Test
    void anAlertIsGivenOnceForEachChangeThatIsLarge() {
        List<String> changes = List.of(
                change("WEIR", null, "10.00"),
                change("WEIR", "10.00", "10.99"),
                change("WEIR", "10.99", "12.20"),
                change("DAM", "5", "4.5"),
                change("DAM", "4.5", null));
        for (long seed = 1; seed <= 40; seed++) {
            var world = world(PriceBoard.ALERTS, 2);
            world.put("prices.changes", changes);
            for (int run = 0; run < 4; run++) {
                world.run(world.copy(random(seed * 17 + run), FanOut.ALONE));
            }
            world.drain();
            assertThat(world.payloads("prices.alerts"))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrder(
                            "{\"from\":10.99,\"symbol\":\"WEIR\",\"to\":12.20}",
                            "{\"from\":5,\"symbol\":\"DAM\",\"to\":4.5}");
        }
    }

    private static String change(String symbol, @Nullable String from, @Nullable String to) {
        return "{\"key\":\"" + symbol + "\"" + row("before", symbol, from) + row("after", symbol, to)
                + ",\"millis\":1}";
    }

    private static String row(String name, String symbol, @Nullable String price) {
        return price == null ? "" : ",\"" + name + "\":{\"symbol\":\"" + symbol + "\",\"price\":" + price + "}";
    }
}
