package dev.weir.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Json;
import dev.weir.port.Attribute;
import dev.weir.port.Edit;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Path;
import dev.weir.wire.JsonCursor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest extends CronFixture {

    /** The row, as leo-sdk registered it and RStreams woke it, and what leo-cron then gave to the bot's function. */
    @Test
    void aFunctionIsGivenWhatLeoCronGivesIt() throws IOException {
        Attribute settings =
                Attribute.of(Map.of("source", Attribute.of("queue:trig-q"), "custom", Attribute.of("setting")));
        Map<String, Attribute> empty = Map.of();
        Item row = Item.at(new Key(CRON, "cron-bot", null))
                .with("lambda", Attribute.of(Map.of("settings", Attribute.of(List.of(settings)))))
                .with("instances", Attribute.of(empty))
                .with(
                        "requested_kinesis",
                        Attribute.of(Map.of("queue:trig-q", Attribute.of("z/2026/11/20/13/09/1795180149630-0000005"))))
                .with("executionType", "lambda")
                .with("name", "Cron Bot")
                .with(
                        "checkpoints",
                        Attribute.of(Map.of(
                                "write",
                                Attribute.of(empty),
                                "read",
                                Attribute.of(Map.of("queue:trig-q", Attribute.of(empty))))))
                .with("description", "Cron Bot")
                .with("triggers", Attribute.of(List.of(Attribute.of("trig-q"), Attribute.of("queue:trig-q"))))
                .with("lambdaName", "cron-bot-fn")
                .with("trigger", 1_795_180_150_041L)
                .build();

        byte[] payload = Payload.of(new CronRow(row), 1_795_180_150_041L);

        assertThat(parse(payload)).isEqualTo(parse(resource("leo-cron-invocation.json")));
        assertThat(Invocation.parse(payload)).contains(new Invocation("cron-bot", "0", 1_795_180_150_041L));
    }

    @Test
    void theInvocationInThePayloadIsTheOneThatWasLocked() {
        register(ORDERS);
        waker.wake(Map.of("orders", eid(1)));
        move(ORDERS, Optional.empty(), eid(0));
        edit(new Edit.Set(Path.of("odd"), Attribute.of(List.of(Attribute.of("\"\n🐢"), new Attribute.Null()))));

        cron.consider(BOT);

        Map<String, Attribute> payload = struct(parse(invoked.getLast()));
        assertThat(payload.get("odd")).isEqualTo(row().item().get("odd"));
        assertThat(payload.get("progress")).isEqualTo(Attribute.of(Map.of("queue_position", Attribute.of(eid(0)))));
        assertThat(payload.get("goals")).isEqualTo(Attribute.of(Map.of("queue_position", Attribute.of(eid(1)))));
        assertThat(struct(payload.get("__cron")).get("ts"))
                .isEqualTo(row().item().get("token"));
        assertThat(payload.get("trigger")).isEqualTo(row().item().get("token"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"__cron\":7}",
                "{\"__cron\":{}}",
                "{\"__cron\":{\"id\":\"b\"}}",
                "{\"__cron\":{\"ts\":1}}",
                "{\"__cron\":{\"id\":\"\",\"ts\":1}}",
                "{\"__cron\":{\"id\":\"b\",\"ts\":\"1\"}}",
                "{\"__cron\":{\"id\":\"b\",\"ts\":1}"
            })
    void whatIsNoInvocationIsNone(String payload) {
        assertThat(Invocation.parse(Json.of(payload).toBytes())).isEmpty();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PayloadTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    private static Map<String, Attribute> struct(Attribute value) {
        return ((Attribute.Struct) value).value();
    }

    private static Attribute parse(byte[] text) {
        JsonCursor json = new JsonCursor();
        json.reset(Json.of(text));
        Attribute value = value(json);
        assertThat(json.expectEnd()).as("%s", json.refusal()).isTrue();
        return value;
    }

    private static Attribute value(JsonCursor json) {
        return switch (json.kind()) {
            case OBJECT -> {
                Map<String, Attribute> fields = new HashMap<>();
                json.enterObject();
                while (json.nextField()) {
                    String name = Objects.requireNonNull(json.fieldName());
                    fields.put(name, value(json));
                }
                yield Attribute.of(fields);
            }
            case ARRAY -> {
                List<Attribute> elements = new ArrayList<>();
                json.enterArray();
                while (json.nextElement()) {
                    elements.add(value(json));
                }
                yield Attribute.of(elements);
            }
            case STRING -> Attribute.of(Objects.requireNonNull(json.string()));
            case NUMBER -> Attribute.of(Objects.requireNonNull(json.number()));
            case TRUE, FALSE -> {
                boolean isTrue = json.kind() == JsonCursor.Kind.TRUE;
                json.skip();
                yield Attribute.of(isTrue);
            }
            case NULL -> {
                json.skip();
                yield new Attribute.Null();
            }
            case MALFORMED -> throw new AssertionError("malformed: " + json.refusal());
        };
    }
}
