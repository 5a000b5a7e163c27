package dev.weir.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.cron.Controls;
import dev.weir.cron.Cron;
import dev.weir.cron.CronRow;
import dev.weir.cron.CronRows;
import dev.weir.cron.Registration;
import dev.weir.flow.Bus;
import dev.weir.graph.Puller;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.memory.MemoryStreams;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.port.InvokeOutcome;
import dev.weir.queue.Position;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueName;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bot that brings events from outside, as a function that the bus invokes on a schedule. */
class SourceHandlerTest {
    private static final int TIME_MILLIS = 60_000;
    private static final int PULL = 10;

    private final ManualTime time = new ManualTime(1_795_194_307_123L);
    private final Bus bus = new Bus("weir", new Lanes(1));
    private final MemoryItems items = new MemoryItems();
    private final Wiring wiring = new Wiring(bus, items, new MemoryStreams(time), time);
    private final Deque<byte[]> invocations = new ArrayDeque<>();
    private final Cron cron = new Cron(
            bus.cron(),
            items,
            (_, payload) -> {
                invocations.add(payload);
                return InvokeOutcome.ACCEPTED;
            },
            time);

    private int outside = 25;
    private long pullMillis;
    private boolean isBroken;
    private int requests;

    @BeforeEach
    void everyHour() {
        new Controls(bus.cron(), items, time)
                .register(new Registration(
                        "shop",
                        Optional.of("shop-function"),
                        List.of(),
                        Optional.of("0 * * * *"),
                        Optional.empty(),
                        "brings orders"));
        cron.all();
        hour();
    }

    private void hour() {
        time.advance(Duration.ofHours(1));
        cron.all();
    }

    private Optional<Puller.Pulled> pull(String cursor, int recordsMax) {
        if (isBroken) {
            throw new IllegalStateException("the shop is closed");
        }
        time.advance(Duration.ofMillis(pullMillis));
        int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
        int to = Math.min(outside, from + Math.min(PULL, recordsMax));
        List<Json> payloads = IntStream.range(from, to)
                .mapToObj(n -> Json.of(Integer.toString(n)))
                .toList();
        return payloads.isEmpty() ? Optional.empty() : Optional.of(new Puller.Pulled(payloads, Integer.toString(to)));
    }

    private SourceHandler handler(long recordsMax) {
        return new SourceHandler("shop", "orders", this::pull, wiring, recordsMax) {};
    }

    private SourceHandler handler() {
        return new SourceHandler("shop", "orders", this::pull, wiring) {};
    }

    private String call(SourceHandler handler, byte[] payload) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(payload), answer, new QuietContext(TIME_MILLIS, "request-" + ++requests));
        return answer.toString(StandardCharsets.UTF_8);
    }

    private CronRow row() {
        return new CronRows(bus.cron(), items, time).find("shop").orElseThrow();
    }

    private List<String> orders() {
        Queues queues = new Queues(bus.queueTables(), items, new MemoryObjectStore(), time);
        return queues
                .readerOfAll(QueueName.of("orders"), Position.beginning())
                .next(ReadLimits.DEFAULTS)
                .entries()
                .stream()
                .map(entry -> ((QueueEvent) entry).payload().toString())
                .toList();
    }

    private static List<String> upTo(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    @Test
    void bringsWhatIsNewEachTimeThatItIsInvoked() throws IOException {
        assertThat(call(handler(), invocations.remove())).isEqualTo("{\"status\":\"done\",\"entries\":25}");
        assertThat(orders()).isEqualTo(upTo(25));

        outside = 31;
        hour();

        assertThat(call(handler(), invocations.remove())).isEqualTo("{\"status\":\"done\",\"entries\":6}");
        assertThat(orders()).isEqualTo(upTo(31));
        assertThat(row().errors()).isZero();
        assertThat(invocations).isEmpty();
    }

    @Test
    void isRunAgainAtOnceWhenItsTimeWasNotEnough() throws IOException {
        pullMillis = TIME_MILLIS / 3;
        SourceHandler handler = handler();

        assertThat(call(handler, invocations.remove())).isEqualTo("{\"status\":\"more\",\"entries\":25}");
        cron.all();

        assertThat(call(handler, invocations.remove())).isEqualTo("{\"status\":\"done\",\"entries\":0}");
        assertThat(orders()).isEqualTo(upTo(25));
    }

    @Test
    void leavesTheRestToTheNextRunWhenItMayBringNoMore() throws IOException {
        SourceHandler handler = handler(12);

        assertThat(call(handler, invocations.remove())).isEqualTo("{\"status\":\"done\",\"entries\":12}");
        cron.all();
        assertThat(invocations).isEmpty();
        assertThat(orders()).isEqualTo(upTo(12));

        hour();
        call(handler, invocations.remove());
        assertThat(orders()).isEqualTo(upTo(24));
    }

    @Test
    void aPullThatFailsIsToldInTheRowAndTriedAgainAfterAPause() throws IOException {
        isBroken = true;
        byte[] invocation = invocations.remove();
        assertThatThrownBy(() -> call(handler(), invocation)).hasMessage("the shop is closed");

        assertThat(row().errors()).isOne();
        assertThat(row().message().orElseThrow()).contains("the shop is closed");
        isBroken = false;
        cron.all();
        assertThat(invocations).isEmpty();
        time.advance(Duration.ofSeconds(3));
        cron.all();

        assertThat(call(handler(), invocations.remove())).isEqualTo("{\"status\":\"done\",\"entries\":25}");
        assertThat(row().errors()).isZero();
    }

    @Test
    void anInvocationThatComesTwiceRunsOnceAndOneByHandAlways() throws IOException {
        byte[] invocation = invocations.remove();
        call(handler(), invocation);

        assertThat(call(handler(), invocation)).isEqualTo("{\"status\":\"skipped\"}");
        outside = 26;
        assertThat(call(handler(), "{}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("{\"status\":\"done\",\"entries\":1}");
        assertThat(orders()).isEqualTo(upTo(26));
    }
}
