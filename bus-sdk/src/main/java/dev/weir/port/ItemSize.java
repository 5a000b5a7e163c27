package dev.weir.port;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * How many bytes an item counts for, as DynamoDB documents it ("DynamoDB item sizes and formats"): names and text in UTF-8, a number
 * as about one byte for two significant digits plus one, a list or map as 3 bytes and 1 for each element plus its contents.
 *
 * <p>Numbers are rounded up, so the result is never below what DynamoDB counts.
 */
public final class ItemSize {

    /** One write request unit writes this many bytes. Source: DynamoDB, read/write capacity. */
    public static final int WRITE_UNIT_BYTES = 1024;

    private ItemSize() {}

    /** Bytes of the whole item, key included. */
    public static int bytes(Item item) {
        return bytes(item.key()) + contents(item.attributes(), 0);
    }

    /** Bytes that a write counts for: the item, or for an update the attributes that are set, or for edits their paths and values. */
    public static int bytes(Write write) {
        return switch (write) {
            case Write.Put put -> bytes(put.item());
            case Write.Update update -> bytes(update.key()) + contents(update.set(), 0);
            case Write.Edits edits ->
                bytes(edits.key())
                        + edits.edits().stream().mapToInt(ItemSize::bytes).sum();
            case Write.Delete delete -> bytes(delete.key());
        };
    }

    /** Request units of one write: whole kilobytes, at least one, twice that in a transaction. */
    public static long writeUnits(Write write, boolean transactional) {
        long units = Math.max(1, (bytes(write) + WRITE_UNIT_BYTES - 1) / WRITE_UNIT_BYTES);
        return transactional ? 2 * units : units;
    }

    public static int bytes(Attribute value) {
        return switch (value) {
            case Attribute.Text text -> utf8(text.value());
            case Attribute.Number number -> number(number.value());
            case Attribute.Bytes bytes -> bytes.value().length;
            case Attribute.Flag _ -> 1;
            case Attribute.Null _ -> 1;
            case Attribute.Struct struct -> 3 + contents(struct.value(), 1);
            case Attribute.Sequence sequence ->
                3
                        + sequence.value().stream()
                                .mapToInt(element -> 1 + bytes(element))
                                .sum();
        };
    }

    private static int bytes(Edit edit) {
        int path = edit.path().names().stream().mapToInt(ItemSize::utf8).sum();
        return switch (edit) {
            case Edit.Set set -> path + bytes(set.value());
            case Edit.SetIfAbsent set -> path + bytes(set.value());
            case Edit.Add add -> path + number(BigDecimal.valueOf(add.amount()));
            case Edit.Remove _ -> path;
        };
    }

    private static int bytes(Key key) {
        String sort = key.table().sort();
        int range = sort == null ? 0 : utf8(sort) + utf8(key.sort() == null ? "" : key.sort());
        return utf8(key.table().partition()) + utf8(key.partition()) + range;
    }

    private static int contents(Map<String, Attribute> attributes, int overhead) {
        int bytes = 0;
        for (var entry : attributes.entrySet()) {
            bytes += overhead + utf8(entry.getKey()) + bytes(entry.getValue());
        }
        return bytes;
    }

    private static int number(BigDecimal value) {
        return Math.min(21, (value.precision() + 1) / 2 + 2);
    }

    static int utf8(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return bytes;
    }
}
