package dev.weir.cron;

import dev.weir.port.Attribute;
import dev.weir.wire.ByteSink;
import java.util.List;
import java.util.Map;

/** Attributes as plain JSON. Bytes, which JSON does not have, become null. */
final class AttributeJson {
    private AttributeJson() {}

    static void write(Attribute value, ByteSink json) {
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
}
