package dev.weir.bot;

import dev.weir.model.Json;
import dev.weir.wire.JsonCursor;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The cursor of what is read in several parts: {@code {"part-0":"17","part-1":"4"}}, in the order of the names. */
final class ShardCursor {
    private ShardCursor() {}

    /** Reads it; empty text is no part. The map may be changed. */
    static TreeMap<String, String> parse(String cursor) {
        TreeMap<String, String> places = new TreeMap<>();
        JsonCursor json = new JsonCursor();
        json.reset(Json.of(cursor.isEmpty() ? "{}" : cursor));
        boolean isObject = json.enterObject();
        while (isObject && json.nextField()) {
            String part = json.fieldName();
            String place = json.string();
            if (part == null || place == null) {
                break;
            }
            places.put(part, place);
        }
        if (!isObject || !json.expectEnd()) {
            throw new IllegalStateException("no cursor of several parts: cursor=" + cursor);
        }
        return places;
    }

    static String write(Map<String, String> places) {
        return places.entrySet().stream()
                .map(entry -> Json.quoted(entry.getKey()) + ":" + Json.quoted(entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
