package dev.weir.aws;

import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.TableChanges;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Items to rows of DynamoDB and back. */
final class Rows {
    private Rows() {}

    static Map<String, AttributeValue> of(Item item) {
        Map<String, AttributeValue> row = HashMap.newHashMap(item.attributes().size() + 2);
        row.putAll(of(item.attributes()));
        row.putAll(of(item.key()));
        return row;
    }

    static Map<String, AttributeValue> of(Key key) {
        String sort = key.sort();
        String sortName = key.table().sort();
        AttributeValue partition = AttributeValue.fromS(key.partition());
        return sort == null || sortName == null
                ? Map.of(key.table().partition(), partition)
                : Map.of(key.table().partition(), partition, sortName, AttributeValue.fromS(sort));
    }

    static AttributeValue of(Attribute value) {
        return switch (value) {
            case Attribute.Text text -> AttributeValue.fromS(text.value());
            case Attribute.Number number -> AttributeValue.fromN(number.value().toString());
            case Attribute.Bytes bytes -> AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes.value()));
            case Attribute.Flag flag -> AttributeValue.fromBool(flag.value());
            case Attribute.Struct struct -> AttributeValue.fromM(of(struct.value()));
            case Attribute.Sequence sequence ->
                AttributeValue.fromL(sequence.value().stream().map(Rows::of).toList());
            case Attribute.Null _ -> AttributeValue.fromNul(true);
        };
    }

    static Item item(Table table, Map<String, AttributeValue> row) {
        Map<String, Attribute> attributes = HashMap.newHashMap(row.size());
        row.forEach((name, value) -> {
            if (!name.equals(table.partition()) && !name.equals(table.sort())) {
                attributes.put(name, attribute(value));
            }
        });
        return new Item(key(table, row), Collections.unmodifiableMap(attributes));
    }

    private static Map<String, AttributeValue> of(Map<String, Attribute> attributes) {
        Map<String, AttributeValue> values = HashMap.newHashMap(attributes.size());
        attributes.forEach((name, value) -> values.put(name, of(value)));
        return values;
    }

    private static Key key(Table table, Map<String, AttributeValue> row) {
        return new Key(
                table,
                text(table, row, table.partition()),
                table.sort() == null ? null : text(table, row, table.sort()));
    }

    private static String text(Table table, Map<String, AttributeValue> row, String name) {
        AttributeValue value = row.get(name);
        if (value == null || value.s() == null) {
            throw new IllegalStateException("a key attribute is not a text, the table has another shape: table="
                    + table.name() + " attribute=" + name + " value=" + value);
        }
        return value.s();
    }

    /** Sets, which Weir does not write, are read as sequences. */
    private static Attribute attribute(AttributeValue value) {
        return switch (value.type()) {
            case S -> Attribute.of(value.s());
            case N -> Attribute.of(new BigDecimal(value.n()));
            case B -> Attribute.of(value.b().asByteArrayUnsafe());
            case BOOL -> Attribute.of(value.bool().booleanValue());
            case M -> struct(value.m());
            case L -> sequence(value.l().stream().map(Rows::attribute));
            case SS -> sequence(value.ss().stream().map(Attribute::of));
            case NS -> sequence(value.ns().stream().map(number -> Attribute.of(new BigDecimal(number))));
            case BS -> sequence(value.bs().stream().map(bytes -> Attribute.of(bytes.asByteArrayUnsafe())));
            case NUL -> new Attribute.Null();
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("attribute of a type that this SDK does not know: value=" + value);
        };
    }

    private static Attribute struct(Map<String, AttributeValue> values) {
        return Attribute.of(attributes(values));
    }

    private static Map<String, Attribute> attributes(Map<String, AttributeValue> values) {
        Map<String, Attribute> attributes = HashMap.newHashMap(values.size());
        values.forEach((name, value) -> attributes.put(name, attribute(value)));
        return Collections.unmodifiableMap(attributes);
    }

    static TableChanges.Change change(Record change) {
        StreamRecord data = change.dynamodb();
        return new TableChanges.Change(
                data.sequenceNumber(),
                data.approximateCreationDateTime().toEpochMilli(),
                attributes(data.keys()),
                data.hasOldImage() ? Optional.of(attributes(typed(data.oldImage()))) : Optional.empty(),
                data.hasNewImage() ? Optional.of(attributes(typed(data.newImage()))) : Optional.empty());
    }

    /** DynamoDB Local 3.3.1 writes an empty map of a change without its type. */
    private static Map<String, AttributeValue> typed(Map<String, AttributeValue> values) {
        return values.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> typed(entry.getValue())));
    }

    private static AttributeValue typed(AttributeValue value) {
        return switch (value.type()) {
            case UNKNOWN_TO_SDK_VERSION -> AttributeValue.fromM(Map.of());
            case M -> AttributeValue.fromM(typed(value.m()));
            case L -> AttributeValue.fromL(value.l().stream().map(Rows::typed).toList());
            case S, N, B, BOOL, NUL, SS, NS, BS -> value;
        };
    }

    private static Attribute sequence(Stream<Attribute> elements) {
        List<Attribute> list = elements.toList();
        return Attribute.of(list);
    }
}
