package dev.weir.queue;

import dev.weir.model.Json;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.wire.JsonCursor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Items as DynamoDB writes them in JSON, each value under the letter of its type. */
final class DynamoDbJson {
    private DynamoDbJson() {}

    /** The items of a JSON array. */
    static List<Item> items(Table table, byte[] json) {
        JsonCursor cursor = new JsonCursor();
        cursor.reset(Json.of(json));
        List<Item> items = new ArrayList<>();
        cursor.enterArray();
        while (cursor.nextElement()) {
            Map<String, Attribute> attributes = struct(cursor);
            String partition = text(attributes.remove(table.partition()));
            String sort = table.sort() == null ? null : text(attributes.remove(table.sort()));
            items.add(new Item(new Key(table, partition, sort), attributes));
        }
        if (!cursor.expectEnd()) {
            throw new IllegalArgumentException(String.valueOf(cursor.refusal()));
        }
        return items;
    }

    private static String text(@Nullable Attribute value) {
        return ((Attribute.Text) Objects.requireNonNull(value)).value();
    }

    private static Map<String, Attribute> struct(JsonCursor cursor) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        cursor.enterObject();
        while (cursor.nextField()) {
            attributes.put(String.valueOf(cursor.fieldName()), value(cursor));
        }
        return attributes;
    }

    private static Attribute value(JsonCursor cursor) {
        cursor.enterObject();
        cursor.nextField();
        String type = String.valueOf(cursor.fieldName());
        Attribute value =
                switch (type) {
                    case "S" -> Attribute.of(String.valueOf(cursor.string()));
                    case "N" -> Attribute.of(new BigDecimal(String.valueOf(cursor.string())));
                    case "B" -> Attribute.of(Base64.getDecoder().decode(cursor.string()));
                    case "BOOL" -> Attribute.of(Objects.equals(String.valueOf(cursor.raw()), "true"));
                    case "M" -> Attribute.of(struct(cursor));
                    case "L" -> Attribute.of(sequence(cursor));
                    default -> throw new IllegalArgumentException("unknown type: type=" + type);
                };
        cursor.nextField();
        return value;
    }

    private static List<Attribute> sequence(JsonCursor cursor) {
        List<Attribute> elements = new ArrayList<>();
        cursor.enterArray();
        while (cursor.nextElement()) {
            elements.add(value(cursor));
        }
        return elements;
    }
}
