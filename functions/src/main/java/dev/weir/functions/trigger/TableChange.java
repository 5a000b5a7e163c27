package dev.weir.functions.trigger;

import dev.weir.model.Json;
import dev.weir.wire.JsonCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One change of an item, as Lambda's event source mapping of a DynamoDB stream tells it; of the item, the texts that are its attributes or
 * its key. Source: AWS Lambda, "Using Lambda to process records from DynamoDB streams".
 *
 * @param key the texts of its key by name
 * @param after its texts by name after the change; empty if it was removed
 */
record TableChange(Map<String, String> key, Optional<Map<String, String>> after) {

    /**
     * The changes of an event, in order.
     *
     * @throws IllegalArgumentException if this is no event of a table
     */
    static List<TableChange> read(byte[] event) {
        JsonCursor json = new JsonCursor();
        json.reset(Json.of(event));
        List<TableChange> changes = new ArrayList<>();
        boolean isFound = false;
        boolean isObject = json.enterObject();
        while (isObject && json.nextField()) {
            if ("Records".equals(json.fieldName()) && json.enterArray()) {
                isFound = true;
                while (json.nextElement()) {
                    changes.add(record(json));
                }
            }
        }
        if (!isObject || !json.expectEnd() || !isFound) {
            throw new IllegalArgumentException("not an event of a table: bytes=" + event.length + " " + json.refusal());
        }
        return changes;
    }

    private static TableChange record(JsonCursor json) {
        Map<String, String> key = Map.of();
        Optional<Map<String, String>> after = Optional.empty();
        boolean isObject = json.enterObject();
        while (isObject && json.nextField()) {
            if ("dynamodb".equals(json.fieldName()) && json.enterObject()) {
                while (json.nextField()) {
                    String name = String.valueOf(json.fieldName());
                    if (name.equals("Keys")) {
                        key = texts(json);
                    } else if (name.equals("NewImage")) {
                        after = Optional.of(texts(json));
                    }
                }
            }
        }
        return new TableChange(key, after);
    }

    /** {@code {"name":{"S":"text"},...}}; values of other types are passed over. */
    private static Map<String, String> texts(JsonCursor json) {
        Map<String, String> texts = new HashMap<>();
        boolean isObject = json.enterObject();
        while (isObject && json.nextField()) {
            String name = String.valueOf(json.fieldName());
            boolean isTyped = json.enterObject();
            while (isTyped && json.nextField()) {
                String text = "S".equals(json.fieldName()) ? json.string() : null;
                if (text != null) {
                    texts.put(name, text);
                }
            }
        }
        return texts;
    }
}
