package dev.weir.functions.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.cron.Controls;
import dev.weir.cron.CronRows;
import dev.weir.cron.Invocation;
import dev.weir.cron.Registration;
import dev.weir.cron.Runs;
import dev.weir.flow.Bus;
import dev.weir.functions.QuietContext;
import dev.weir.functions.Wiring;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryStreams;
import dev.weir.model.Lanes;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.InvokeOutcome;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Write;
import dev.weir.queue.QueueName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TriggerHandlersTest {
    private static final long START = 1_795_194_300_000L;
    private static final String EID = "z/2026/11/20/17/05/1795194307123-000000";

    private final Bus bus = new Bus("weir", new Lanes(1));
    private final MemoryItems items = new MemoryItems();
    private final ManualTime time = new ManualTime(START);
    private final List<byte[]> invoked = new ArrayList<>();
    private final TriggerWiring wiring =
            TriggerWiring.of(new Wiring(bus, items, new MemoryStreams(time), time), (function, payload) -> {
                invoked.add(payload);
                return InvokeOutcome.ACCEPTED;
            });
    private final Controls controls = new Controls(bus.cron(), items, time);
    private final CronRows rows = new CronRows(bus.cron(), items, time);
    private final Runs runs = new Runs(bus.cron(), items, time);
    private final QuietContext context = new QuietContext(60_000);

    @Test
    void aNewHeadWakesTheBotAndItsRowRunsIt() throws IOException {
        controls.register(Registration.onQueues("bot", "f", List.of(QueueName.of("orders"))));

        String answer = call(
                new HeadsHandler(wiring),
                event(
                        head("MODIFY", "orders", EID + 1),
                        head("MODIFY", "orders", EID + 3),
                        head("MODIFY", "orders", EID + 2),
                        head("MODIFY", "bills", EID + 9)));
        call(new CronHandler(wiring), event(row("MODIFY", "bot"), row("MODIFY", "bot"), row("INSERT", "nobody")));

        assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(rows.find("bot").orElseThrow().requested(QueueName.of("orders")))
                .contains(EID + 3);
        assertThat(invoked).hasSize(1);
        assertThat(context.lines).isEmpty();
    }

    @Test
    void whatIsRemovedWakesAndRunsNobody() throws IOException {
        controls.register(Registration.onQueues("bot", "f", List.of(QueueName.of("orders"))));
        controls.run("bot", Controls.Force.WHEN_IDLE);

        call(
                new HeadsHandler(wiring),
                event("{\"eventName\":\"REMOVE\",\"dynamodb\":{\"Keys\":{\"event\":{\"S\":\"orders\"}},"
                        + "\"OldImage\":{\"event\":{\"S\":\"orders\"},\"max_eid\":{\"S\":\"z/\"}}}}"));
        call(
                new CronHandler(wiring),
                event("{\"eventName\":\"REMOVE\",\"dynamodb\":{\"Keys\":{\"id\":{\"S\":\"bot\"}},\"OldImage\":{}}}"));

        assertThat(rows.find("bot").orElseThrow().requested(QueueName.of("orders")))
                .isEmpty();
        assertThat(invoked).isEmpty();
    }

    @Test
    void whatIsNoEventOfATableFails() {
        for (String event : List.of("", "{}", "[]", "{\"Records\":7}", "{\"Records\":[{]}")) {
            assertThatIllegalArgumentException()
                    .as("%s", event)
                    .isThrownBy(() -> call(new HeadsHandler(wiring), event))
                    .withMessageContaining("not an event of a table");
        }
    }

    @Test
    void aFaultOfOneRowIsLoggedAndTheRestIsDone() throws IOException {
        controls.register(Registration.onQueues("bot", "f", List.of(QueueName.of("orders"))));
        controls.register(Registration.onQueues("bad", "f", List.of(QueueName.of("orders"))));
        Item bad = rows.find("bad").orElseThrow().item();
        items.write(new Write.Update(bad.key(), Map.of("requested_kinesis", Attribute.of(7)), Condition.ALWAYS));

        call(new HeadsHandler(wiring), event(head("INSERT", "orders", EID + 1)));
        call(new CronHandler(wiring), event(row("MODIFY", "bot"), row("MODIFY", "bad")));

        assertThat(invoked).hasSize(1);
        assertThat(context.lines).singleElement().asString().contains("bot=bad");
    }

    @Test
    void theTickKeepsASchedulesOfSeconds() throws IOException {
        controls.register(new Registration(
                "bot", Optional.of("f"), List.of(), Optional.of("*/20 * * * * *"), Optional.empty(), "often"));
        List<Long> moments = new ArrayList<>();
        TriggerWiring ending =
                TriggerWiring.of(new Wiring(bus, items, new MemoryStreams(time), time), (function, payload) -> {
                    moments.add(time.epochMillis() - START);
                    runs.begin(Invocation.parse(payload).orElseThrow(), "r" + moments.size(), 1_000)
                            .ifPresent(runs::complete);
                    return InvokeOutcome.ACCEPTED;
                });

        String answer = call(new CronTick(ending), "{}");
        time.advance(Duration.ofMillis(START + 60_000 - time.epochMillis()));
        call(new CronTick(ending), "{}");

        assertThat(answer).isEqualTo("{\"invoked\":2}");
        assertThat(moments).containsExactly(20_000L, 40_000L, 60_000L, 80_000L, 100_000L);
    }

    @Test
    void theTickFindsWhatNobodyToldAndEndsInItsTime() throws IOException {
        controls.register(Registration.onQueues("bot", "f", List.of(QueueName.of("orders"))));
        items.write(new Write.Put(
                Item.at(new Key(bus.heads(), "orders", null))
                        .with("max_eid", EID + 1)
                        .build(),
                Condition.ALWAYS));

        call(new CronTick(wiring), "{}");

        assertThat(invoked).hasSize(1);
        assertThat(time.epochMillis() - START).isBetween(40_000L, 50_000L);
    }

    private String call(RequestStreamHandler handler, String event) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, context);
        return answer.toString(StandardCharsets.UTF_8);
    }

    private static String event(String... records) {
        return "{\"Records\":[" + String.join(",", records) + "]}";
    }

    private static String head(String what, String queue, String eid) {
        return "{\"eventName\":\"" + what
                + "\",\"dynamodb\":{\"ApproximateCreationDateTime\":1.7E9,\"Keys\":{\"event\":{\"S\":\""
                + queue + "\"}},\"NewImage\":{\"event\":{\"S\":\"" + queue
                + "\"},\"v\":{\"N\":\"2\"},\"archive\":{\"M\":{\"end\":{\"S\":\"z/\"}}},\"max_eid\":{\"S\":\"" + eid
                + "\"}},\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"},\"eventSourceARN\":\"arn\"}";
    }

    private static String row(String what, String bot) {
        return "{\"dynamodb\":{\"NewImage\":{\"id\":{\"S\":\"" + bot + "\"}},\"Keys\":{\"id\":{\"S\":\"" + bot
                + "\"}}},\"eventName\":\"" + what + "\"}";
    }
}
