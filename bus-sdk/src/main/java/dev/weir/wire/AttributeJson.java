package dev.weir.wire;

import dev.weir.model.Json;
import dev.weir.port.Attribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Attributes as plain JSON, and JSON as attributes. Bytes, which JSON does not have, become null. */
public final class AttributeJson {
    private AttributeJson() {}

    /** Appends a value. */
    public static void write(Attribute value, ByteSink json) {
        switch (value) {
            case Attribute.Text text -> json.putString(text.value());
            case Attribute.Number number -> json.putUtf8(number.value().toString());
            case Attribute.Flag flag -> json.putUtf8(Boolean.toString(flag.value()));
            case Attribute.Struct struct -> struct(struct.value(), json);
            case Attribute.Sequence sequence -> sequence(sequence.value(), json);
            case Attribute.Null _, Attribute.Bytes _ -> json.putUtf8("null");
        }
    }

    private static void struct(Map<String, Attribute> fields, ByteSink json) {
        String before = "{";
        for (Map.Entry<String, Attribute> field : fields.entrySet()) {
            json.putUtf8(before);
            json.putString(field.getKey());
            json.put(':');
            write(field.getValue(), json);
            before = ",";
        }
        json.putUtf8(fields.isEmpty() ? "{}" : "}");
    }

    private static void sequence(List<Attribute> elements, ByteSink json) {
        String before = "[";
        for (Attribute element : elements) {
            json.putUtf8(before);
            write(element, json);
            before = ",";
        }
        json.putUtf8(elements.isEmpty() ? "[]" : "]");
    }

    /** The fields of a JSON object as attributes; empty if the text is no object. */
    public static Optional<Map<String, Attribute>> fields(Json text) {
        JsonCursor json = new JsonCursor();
        json.reset(text);
        Optional<Attribute> read = read(json);
        return json.expectEnd() && read.isPresent() && read.get() instanceof Attribute.Struct(var fields)
                ? Optional.of(fields)
                : Optional.empty();
    }

    private static Optional<Attribute> read(JsonCursor json) {
        return switch (json.kind()) {
            case STRING -> Optional.ofNullable(json.string()).map(Attribute::of);
            case NUMBER -> Optional.ofNullable(json.number()).map(Attribute::of);
            case OBJECT -> object(json);
            case ARRAY -> array(json);
            default -> Optional.ofNullable(json.raw()).map(AttributeJson::literal);
        };
    }

    private static Attribute literal(Json text) {
        return switch (text.toString()) {
            case "true" -> Attribute.of(true);
            case "false" -> Attribute.of(false);
            default -> new Attribute.Null();
        };
    }

    private static Optional<Attribute> object(JsonCursor json) {
        Map<String, Attribute> fields = new LinkedHashMap<>();
        boolean isObject = json.enterObject();
        while (isObject && json.nextField()) {
            String name = String.valueOf(json.fieldName());
            Optional<Attribute> value = read(json);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            fields.put(name, value.get());
        }
        return isObject ? Optional.of(Attribute.of(fields)) : Optional.empty();
    }

    private static Optional<Attribute> array(JsonCursor json) {
        List<Attribute> elements = new ArrayList<>();
        boolean isArray = json.enterArray();
        while (isArray && json.nextElement()) {
            Optional<Attribute> value = read(json);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            elements.add(value.get());
        }
        return isArray ? Optional.of(Attribute.of(elements)) : Optional.empty();
    }
}
