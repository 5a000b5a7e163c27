package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aws.SystemTime;
import dev.weir.flow.StateView;
import dev.weir.functions.ledger.Ledger;
import dev.weir.local.up.Connection;
import dev.weir.model.Json;
import dev.weir.queue.Position;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueName;
import dev.weir.queue.ReadLimits;
import dev.weir.writer.Producer;
import dev.weir.writer.StreamWriter;
import dev.weir.writer.WriterLimits;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The ledger of a bus that was made from its template, as those see it who use it.
 *
 * @param bus to be closed by the caller
 */
record DeployedLedger(Connection bus) {
    private static final String PRODUCER = "test";
    private static final Duration POLL = Duration.ofMillis(50);

    /**
     * Sends transfers, waits until all of them are decided, and compares outcomes and balances: with one lane with the oracle's.
     *
     * @param said what tells more if they are not decided in time
     */
    void decides(List<Order> orders, Duration longest, Supplier<?> said) {
        Map<Integer, Long> accepted = send(orders);
        await(
                () -> {
                    LedgerState state = LedgerState.of(bus.bus(), bus.items());
                    return state.tookAll(PRODUCER, accepted) && state.isAtRest();
                },
                longest,
                said);
        List<String> outcomes = read(Ledger.DECIDED);
        List<String> balances = balances();
        int lanes = bus.bus().lanes().count();
        if (lanes == 1) {
            Oracle oracle = new Oracle();
            assertThat(outcomes).isEqualTo(oracle.decide(orders));
            assertThat(balances).isEqualTo(oracle.balances());
        }
        Auditor.audit(lanes, orders, outcomes, balances);
    }

    /** The payloads of a queue, whole. */
    List<String> read(String queue) {
        List<String> payloads = new ArrayList<>();
        var reader = bus.queues().readerOfAll(QueueName.of(queue), Position.beginning());
        while (true) {
            var page = reader.next(ReadLimits.DEFAULTS).orThrow();
            page.events().stream().map(QueueEvent::payload).map(Json::toString).forEach(payloads::add);
            if (page.isEnd()) {
                return payloads;
            }
        }
    }

    static void await(BooleanSupplier isDone, Duration longest, Supplier<?> said) {
        long end = System.nanoTime() + longest.toNanos();
        while (!isDone.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("said: %s", said.get()).isNegative();
            new SystemTime().pause(POLL);
        }
    }

    private Map<Integer, Long> send(List<Order> orders) {
        Producer producer = Producer.fresh(
                PRODUCER,
                bus.bus().stream(Ledger.GRAPH.source().stream()),
                bus.bus().lanes());
        StreamWriter writer = StreamWriter.open(
                bus.wiring().streams(),
                producer,
                bus.wiring().time(),
                RandomGenerator.getDefault(),
                Thread.ofVirtual().factory(),
                WriterLimits.DEFAULTS);
        try (writer) {
            orders.forEach(order -> writer.put(order.source(), Json.of(order.line())));
        }
        return writer.closed().accepted();
    }

    /** As the command writes them. */
    private List<String> balances() {
        Map<String, BigDecimal> all = new StateView<>(Ledger.GRAPH, bus.bus(), bus.items()).all();
        return all.entrySet().stream()
                .sorted(Comparator.comparing(
                        entry -> entry.getKey().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
                .map(entry -> "{\"account\":" + Json.quoted(entry.getKey()) + ",\"balance\":"
                        + entry.getValue().toPlainString() + "}")
                .toList();
    }
}
