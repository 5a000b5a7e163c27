package dev.weir.port;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The limits of {@link Items} that can be told from a request alone. Every adapter checks them before it sends, so that a bug of the
 * caller shows in memory as it would on AWS. All methods throw {@link IllegalArgumentException} and change nothing.
 */
public final class ItemLimits {

    /** Most bytes of a partition value. Source: DynamoDB, service quotas. */
    public static final int PARTITION_BYTES_MAX = 2048;

    /** Most bytes of a sort value. Source: DynamoDB, service quotas. */
    public static final int SORT_BYTES_MAX = 1024;

    /** Most significant digits of a number. Source: DynamoDB, data types. */
    public static final int NUMBER_DIGITS_MAX = 38;

    /** Highest decimal exponent of a number in scientific notation. Source: DynamoDB, data types. */
    public static final int NUMBER_EXPONENT_MAX = 125;

    /** Lowest decimal exponent of a number in scientific notation. Source: DynamoDB, data types. */
    public static final int NUMBER_EXPONENT_MIN = -130;

    /** Most names in a path. With the two bounds below, no expression has more than the 4 KB that DynamoDB allows. */
    public static final int PATH_NAMES_MAX = 4;

    /** Most edits in one write. */
    public static final int EDITS_MAX = 50;

    /** Most conditions on paths in one write, however they are nested. */
    public static final int CONDITIONS_MAX = 25;

    private static final int UTF8_BYTES_PER_CHAR_MAX = 3;

    private ItemLimits() {}

    /** Checks that the key's values are not empty and not too long. */
    public static void check(Key key) {
        checkPartition(key.table(), key.partition());
        String sort = key.sort();
        if (sort != null && (sort.isEmpty() || isLonger(sort, SORT_BYTES_MAX))) {
            throw new IllegalArgumentException("sort value must have 1 to " + SORT_BYTES_MAX + " bytes: table="
                    + key.table().name() + " partition=" + key.partition() + " bytes=" + ItemSize.utf8(sort));
        }
    }

    /** Checks what a query asks for. The bounds of the range may be empty. */
    public static void checkQuery(Table table, String partition, String fromInclusive, String toExclusive, int limit) {
        checkPartition(table, partition);
        if (table.sort() == null) {
            throw new IllegalArgumentException("query needs a table with a sort attribute: table=" + table.name());
        }
        if (isLonger(fromInclusive, SORT_BYTES_MAX) || isLonger(toExclusive, SORT_BYTES_MAX)) {
            throw new IllegalArgumentException("bounds must have at most " + SORT_BYTES_MAX + " bytes: table="
                    + table.name() + " partition=" + partition);
        }
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: limit=" + limit + " table=" + table.name());
        }
    }

    /**
     * Checks the key, the attributes, the size and the operand of the condition.
     *
     * @return the bytes that the write counts for
     */
    public static int check(Write write) {
        check(write.key());
        checkCondition(write.key(), write.condition());
        switch (write) {
            case Write.Put put -> checkAttributes(put.key(), put.item().attributes());
            case Write.Update update -> checkUpdate(update);
            case Write.Edits edits -> EditLimits.check(edits);
            case Write.Delete _ -> {}
        }
        int bytes = ItemSize.bytes(write);
        checkItemBytes(write.key(), bytes);
        return bytes;
    }

    /** Checks each write, that their keys are distinct, and the limits of a transaction. */
    public static void checkTransaction(List<Write> writes) {
        if (writes.isEmpty() || writes.size() > Items.TRANSACTION_WRITES_MAX) {
            throw new IllegalArgumentException(
                    "a transaction has 1 to " + Items.TRANSACTION_WRITES_MAX + " writes: writes=" + writes.size());
        }
        long bytes = 0;
        Set<Key> keys = HashSet.newHashSet(writes.size());
        for (Write write : writes) {
            bytes += check(write);
            if (!keys.add(write.key())) {
                throw new IllegalArgumentException("a transaction writes a key once: " + describe(write.key()));
            }
        }
        if (bytes > Items.TRANSACTION_BYTES_MAX) {
            throw new IllegalArgumentException("a transaction has at most " + Items.TRANSACTION_BYTES_MAX
                    + " bytes, cut it: bytes=" + bytes + " writes=" + writes.size());
        }
    }

    /** Checks the size of a whole item, as it is after a write. */
    public static void checkItemBytes(Key key, int bytes) {
        if (bytes > Items.ITEM_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "an item has at most " + Items.ITEM_BYTES_MAX + " bytes: bytes=" + bytes + " " + describe(key));
        }
    }

    private static void checkPartition(Table table, String partition) {
        if (partition.isEmpty() || isLonger(partition, PARTITION_BYTES_MAX)) {
            throw new IllegalArgumentException("partition value must have 1 to " + PARTITION_BYTES_MAX
                    + " bytes: table=" + table.name() + " bytes=" + ItemSize.utf8(partition));
        }
    }

    private static void checkCondition(Key key, Condition condition) {
        switch (condition) {
            case Condition.Always _, Condition.Absent _ -> {}
            case Condition.Equal equal -> checkValue(key, equal.attribute(), equal.value());
            case Condition.AbsentOrBelow below -> checkOrdered(key, below.attribute(), below.value());
            case Condition.AbsentAt _, Condition.ComparedAt _, Condition.AllOf _, Condition.AnyOf _ ->
                EditLimits.check(key, condition);
        }
    }

    static void checkOrdered(Key key, String name, Attribute value) {
        checkValue(key, name, value);
        if (!isOrdered(value)) {
            throw new IllegalArgumentException("only text, numbers and bytes have an order: attribute=" + name
                    + " value=" + value + " " + describe(key));
        }
    }

    private static boolean isOrdered(Attribute value) {
        return value instanceof Attribute.Text || value instanceof Attribute.Number || value instanceof Attribute.Bytes;
    }

    private static void checkUpdate(Write.Update update) {
        if (update.set().isEmpty()) {
            throw new IllegalArgumentException("an update sets at least one attribute: " + describe(update.key()));
        }
        checkAttributes(update.key(), update.set());
    }

    private static void checkAttributes(Key key, Map<String, Attribute> attributes) {
        for (var entry : attributes.entrySet()) {
            String name = entry.getKey();
            if (name.isEmpty()
                    || name.equals(key.table().partition())
                    || name.equals(key.table().sort())) {
                throw new IllegalArgumentException(
                        "an attribute has a name that is not a key's: attribute=" + name + " " + describe(key));
            }
            checkValue(key, name, entry.getValue());
        }
    }

    static void checkValue(Key key, String name, Attribute value) {
        switch (value) {
            case Attribute.Number number -> checkNumber(key, name, number.value());
            case Attribute.Struct struct ->
                struct.value().forEach((inner, element) -> {
                    if (inner.isEmpty()) {
                        throw new IllegalArgumentException(
                                "an attribute within a map has a name: attribute=" + name + " " + describe(key));
                    }
                    checkValue(key, inner, element);
                });
            case Attribute.Sequence sequence -> sequence.value().forEach(element -> checkValue(key, name, element));
            case Attribute.Text _, Attribute.Bytes _, Attribute.Flag _, Attribute.Null _ -> {}
        }
    }

    private static void checkNumber(Key key, String name, BigDecimal value) {
        long exponent = (long) value.precision() - value.scale() - 1;
        boolean inRange = value.signum() == 0 || (exponent <= NUMBER_EXPONENT_MAX && exponent >= NUMBER_EXPONENT_MIN);
        // Short-circuit first: stripping zeros allocates, and nearly every number is short.
        boolean isShort = value.precision() <= NUMBER_DIGITS_MAX
                || value.stripTrailingZeros().precision() <= NUMBER_DIGITS_MAX;
        if (!inRange || !isShort) {
            throw new IllegalArgumentException(
                    "a number has at most " + NUMBER_DIGITS_MAX + " digits and an exponent of "
                            + NUMBER_EXPONENT_MIN + " to " + NUMBER_EXPONENT_MAX + ": attribute=" + name + " value="
                            + value + " "
                            + describe(key));
        }
    }

    private static boolean isLonger(String text, int bytes) {
        return text.length() * UTF8_BYTES_PER_CHAR_MAX > bytes && ItemSize.utf8(text) > bytes;
    }

    static String describe(Key key) {
        return "table=" + key.table().name() + " partition=" + key.partition() + " sort=" + key.sort();
    }
}
