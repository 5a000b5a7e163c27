package dev.weir.pipeline;

import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import dev.weir.wire.JsonCursor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A result on its way out of the bus, as it stands in the queue of its end: {@code {"key":"bob","value":{...}}}, without key if its stage has
 * none.
 *
 * @param key of the stage that it comes from
 * @param value as the end's codec writes it
 */
public record Outbound(Optional<String> key, Json value) {

    static Json write(@Nullable String key, Json value) {
        return Json.of((key == null ? "{" : "{\"key\":" + Json.quoted(key) + ",") + "\"value\":" + value + "}");
    }

    /** Reads it. */
    public static Decoded<Outbound> read(Json text) {
        JsonCursor json = new JsonCursor();
        json.reset(text);
        String key = null;
        Json value = null;
        boolean isObject = json.enterObject();
        while (isObject && json.nextField()) {
            switch (String.valueOf(json.fieldName())) {
                case "key" -> key = json.string();
                case "value" -> value = json.raw();
                default -> json.skip();
            }
        }
        return isObject && json.expectEnd() && value != null
                ? Decoded.value(new Outbound(Optional.ofNullable(key), value))
                : Decoded.refused("no result on its way out: text=" + text);
    }
}
