package dev.weir.pipeline;

import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import dev.weir.wire.JsonCursor;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code {"key":"bob","before":{...},"after":{...},"millis":1795194307123}}, without what is not there. */
final class ChangeCodec<T> implements Codec<Change<T>> {
    private final Codec<T> rows;

    ChangeCodec(Codec<T> rows) {
        this.rows = rows;
    }

    @Override
    public Json encode(Change<T> value) {
        return Json.of("{\"key\":" + Json.quoted(value.key()) + field("before", value.before())
                + field("after", value.after()) + ",\"millis\":" + value.time().toEpochMilli() + "}");
    }

    private String field(String name, Optional<T> row) {
        return row.map(there -> ",\"" + name + "\":" + rows.encode(there)).orElse("");
    }

    @Override
    public Decoded<Change<T>> decode(Json text) {
        JsonCursor json = new JsonCursor();
        json.reset(text);
        String key = null;
        Json before = null;
        Json after = null;
        BigDecimal millis = null;
        boolean isObject = json.enterObject();
        while (isObject && json.nextField()) {
            switch (String.valueOf(json.fieldName())) {
                case "key" -> key = json.string();
                case "before" -> before = json.raw();
                case "after" -> after = json.raw();
                case "millis" -> millis = json.number();
                default -> json.skip();
            }
        }
        if (!isObject
                || !json.expectEnd()
                || key == null
                || WholeNumber.of(millis).isEmpty()) {
            return Decoded.refused("no change of a row: text=" + text);
        }
        Decoded<Optional<T>> was = row(before);
        Decoded<Optional<T>> is = row(after);
        Instant time = Instant.ofEpochMilli(WholeNumber.of(millis).getAsLong());
        return switch (was) {
            case Decoded.Refused<Optional<T>>(var refusal) -> new Decoded.Refused<>(refusal);
            case Decoded.Value<Optional<T>>(var old) -> together(key, old, is, time);
        };
    }

    private static <T> Decoded<Change<T>> together(String key, Optional<T> was, Decoded<Optional<T>> is, Instant time) {
        return switch (is) {
            case Decoded.Refused<Optional<T>>(var refusal) -> new Decoded.Refused<>(refusal);
            case Decoded.Value<Optional<T>>(var now) -> Decoded.value(new Change<>(key, was, now, time));
        };
    }

    private Decoded<Optional<T>> row(@Nullable Json text) {
        if (text == null) {
            return Decoded.value(Optional.empty());
        }
        return switch (rows.decode(text)) {
            case Decoded.Value<T>(T value) -> Decoded.value(Optional.of(value));
            case Decoded.Refused<T>(var refusal) -> new Decoded.Refused<>(refusal);
        };
    }

    @Override
    public String type() {
        return "change:" + rows.type();
    }
}
