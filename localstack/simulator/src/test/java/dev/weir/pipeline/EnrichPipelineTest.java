package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.graph.RetryLaterException;
import dev.weir.testkit.BotTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Lookups on the simulated bus, with every fault there is. */
class EnrichPipelineTest {
    private static final int SEEDS = 60;

    record Order(String id, String customer) {
        String json() {
            return "{\"id\":\"" + id + "\",\"customer\":\"" + customer + "\"}";
        }
    }

    private static final Map<String, String> CITIES = Map.of("alice", "Basel", "bob", "Chur");

    private static Map<String, String> cities(Set<String> customers) {
        Map<String, String> found = new HashMap<>(CITIES);
        found.keySet().retainAll(customers);
        return found;
    }

    private static String told(Order order, Optional<String> city) {
        return order.id() + " " + city.orElse("nowhere");
    }

    private static Stage<Order> orders() {
        return Pipeline.from(Feed.stream("orders", Codec.of(Order.class)));
    }

    private static Pipeline told(Lookup<String, String> lookup) {
        return Pipeline.of(
                "told",
                orders().keyBy(Order::customer)
                        .enrich("city", Order::customer, lookup, EnrichPipelineTest::told)
                        .to(To.queue("told", Codec.text())));
    }

    private static String[] ordersOf(String... customers) {
        String[] orders = new String[customers.length];
        for (int i = 0; i < customers.length; i++) {
            orders[i] = new Order(customers[i] + i, customers[i]).json();
        }
        return orders;
    }

    @Test
    void eachEventHasWhatIsFoundAndTheOrderOfAKeyStays() {
        BotTest.of(told(EnrichPipelineTest::cities).graph()).seeds(SEEDS).run(bus -> {
            bus.put(ordersOf("alice", "bob", "alice", "carol", "bob"));

            assertThat(bus.results().stream().filter(text -> text.contains("alice")))
                    .containsExactly("\"alice0 Basel\"", "\"alice2 Basel\"");
            assertThat(bus.results().stream().filter(text -> text.contains("bob")))
                    .containsExactly("\"bob1 Chur\"", "\"bob4 Chur\"");
            assertThat(bus.results()).hasSize(5).contains("\"carol3 nowhere\"");
        });
    }

    @Test
    void valuesWithoutKeysAreEnrichedBeforeTheyTravel() {
        Pipeline pipeline = Pipeline.of(
                "told",
                orders().enrich(
                                "city",
                                Order::customer,
                                EnrichPipelineTest::cities,
                                (_, city) -> city.orElse("nowhere"))
                        .keyBy("city", city -> city, Codec.text())
                        .count("orders")
                        .mapWithKey((city, count) -> city + " " + count)
                        .to(To.queue("told", Codec.text())));
        BotTest.of(pipeline.graph()).seeds(SEEDS).run(bus -> {
            bus.put(ordersOf("alice", "bob", "alice", "carol"));

            assertThat(bus.results())
                    .containsExactlyInAnyOrder("\"Basel 1\"", "\"Basel 2\"", "\"Chur 1\"", "\"nowhere 1\"");
        });
    }

    /** A lookup that never answers the same twice: what is committed comes from one run of the event. */
    @Test
    void whatALookupAnsweredIsCommittedWithTheEventOrNotAtAll() {
        AtomicLong answers = new AtomicLong();
        Lookup<String, Long> lookup = Lookup.each(_ -> Optional.of(answers.incrementAndGet()));
        KeyedStage<String> numbered = orders().keyBy(Order::customer)
                .enrich("number", Order::id, lookup, (order, number) -> order.id() + " " + number.orElseThrow());
        Pipeline pipeline = Pipeline.of(
                "numbered",
                numbered.to(To.queue("numbered", Codec.text())),
                numbered.<String, String>process("kept", Codec.text(), (event, kept, results) -> {
                            kept.set(kept.or("") + event.value() + ";");
                            results.add(event.value());
                        })
                        .to(To.queue("again", Codec.text())));
        BotTest.of(pipeline.graph()).seeds(SEEDS).run(bus -> {
            bus.put(ordersOf("alice", "alice", "alice", "alice", "alice"));

            List<String> results = bus.results();
            assertThat(results)
                    .extracting(text -> text.substring(1, text.indexOf(' ')))
                    .containsExactly("alice0", "alice1", "alice2", "alice3", "alice4");
            assertThat(bus.results("again")).isEqualTo(results);
            assertThat(((StepStates) bus.state("alice")).values)
                    .containsExactly(String.join(";", results).replace("\"", "") + ";");
        });
    }

    @Test
    void aLookupThatSaysTryAgainLaterIsTriedAgainLater() {
        AtomicLong calls = new AtomicLong();
        Lookup<String, String> lookup = customers -> {
            if (calls.incrementAndGet() % 3 != 0) {
                throw new RetryLaterException("the service rests: call=" + calls);
            }
            return cities(customers);
        };
        BotTest.of(told(lookup).graph()).seeds(SEEDS).run(bus -> {
            bus.put(ordersOf("alice", "alice", "alice"));

            assertThat(bus.results()).containsExactly("\"alice0 Basel\"", "\"alice1 Basel\"", "\"alice2 Basel\"");
            assertThat(bus.parked()).isEmpty();
        });
    }

    @Test
    void whatComesOutOfAWindowIsTriedAgainLaterToo() {
        AtomicLong calls = new AtomicLong();
        Lookup<String, String> lookup = customers -> {
            if (calls.incrementAndGet() % 3 != 0) {
                throw new RetryLaterException("the service rests: call=" + calls);
            }
            return cities(customers);
        };
        Pipeline pipeline = Pipeline.of(
                "told",
                orders().keyBy(Order::customer)
                        .window(Window.tumbling(Duration.ofHours(1)), Codec.of(Order.class))
                        .count("orders")
                        .mapWithKey((customer, count) -> new Order(Long.toString(count.value()), customer))
                        .enrich("city", Order::customer, lookup, EnrichPipelineTest::told)
                        .to(To.queue("told", Codec.text())));
        BotTest.of(pipeline.graph()).seeds(SEEDS).run(bus -> {
            bus.put(ordersOf("alice", "bob", "alice"));
            bus.advance(Duration.ofHours(3));

            assertThat(bus.results().stream()
                            .mapToInt(text -> text.charAt(1) - '0')
                            .sum())
                    .isEqualTo(3); // faults take time, so an hour may end in between
            assertThat(bus.results()).allMatch(text -> text.contains("Basel") || text.contains("Chur"));
            assertThat(bus.parked()).isEmpty();
        });
    }

    @Test
    void aLookupThatFailsParksTheEventsOfItsKeyAndNoOthers() {
        Lookup<String, String> lookup = customers -> {
            if (customers.contains("mallory")) {
                throw new IllegalStateException("no such customer: mallory");
            }
            return cities(customers);
        };
        BotTest.of(told(lookup).graph()).seeds(SEEDS).run(bus -> {
            bus.put(ordersOf("alice", "mallory", "bob", "mallory"));

            assertThat(bus.results()).containsExactlyInAnyOrder("\"alice0 Basel\"", "\"bob2 Chur\"");
            assertThat(bus.parked())
                    .extracting(parked -> parked.reason())
                    .hasSize(2)
                    .allMatch(reason -> reason.contains("no such customer: mallory")
                            || reason.contains("an earlier event of its key is parked: key=mallory"));
        });
    }
}
