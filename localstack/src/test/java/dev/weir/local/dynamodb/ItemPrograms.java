package dev.weir.local.dynamodb;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Utf8Order;
import dev.weir.port.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Draws programs on few keys of two tables, so that conditions hold about as often as they fail. Not thread-safe. */
final class ItemPrograms {
    /** The names of its attributes are reserved words of DynamoDB. */
    static final Table LOG = new Table("compared-log", "key", "value");

    static final Table ROWS = new Table("compared-rows", "pk", null);

    private static final int CALLS_MIN = 15;
    private static final int CALLS_MAX = 40;

    private static final List<String> PARTITIONS = List.of("p", "q", "\uFFFD🐢", "p".repeat(2048));
    private static final List<String> BAD_PARTITIONS = List.of("", "p".repeat(2049), "ż".repeat(1025));

    /** Around the places where UTF-8 and UTF-16 sort differently, and around the limit. */
    private static final List<String> SORTS = List.of(
            "a",
            "b",
            "aa",
            "A",
            "~",
            "\u007F",
            "\u0080",
            "ż",
            "\uD7FF",
            "\uE000",
            "\uFFFD",
            "\uFFFF",
            "🐢",
            "🐢a",
            "\uDBFF\uDFFF",
            "0",
            "00",
            "\u0000",
            "s".repeat(1024),
            "ż".repeat(512));

    private static final List<String> BAD_SORTS = List.of("", "s".repeat(1025), "ż".repeat(513));

    private final SplittableRandom random;
    private final ItemValues values;
    private final ItemEdits edits;

    private ItemPrograms(SplittableRandom random) {
        this.random = random;
        this.values = new ItemValues(random);
        this.edits = new ItemEdits(random, values);
    }

    static List<ItemCall> draw(SplittableRandom random) {
        return new ItemPrograms(random).program();
    }

    private List<ItemCall> program() {
        List<ItemCall> calls = new ArrayList<>();
        int count = random.nextInt(CALLS_MIN, CALLS_MAX + 1);
        while (calls.size() < count) {
            calls.add(call(random.nextInt(100)));
        }
        return calls;
    }

    private ItemCall call(int dice) {
        if (dice < 40) {
            return new ItemCall.WriteOne(write(key()));
        } else if (dice < 64) {
            return transaction();
        } else if (dice < 70) {
            return new ItemCall.Get(key());
        } else if (dice < 75) {
            return new ItemCall.GetAll(keys(random.nextInt(0, 8)));
        } else if (dice < 92) {
            return query();
        } else if (dice < 95) {
            return new ItemCall.Scan(random.nextBoolean() ? LOG : ROWS);
        }
        return new ItemCall.DeleteAll(keys(random.nextInt(0, 4)));
    }

    private ItemCall transaction() {
        int dice = random.nextInt(30);
        if (dice == 0) {
            return new ItemCall.Transact(many(Items.TRANSACTION_WRITES_MAX + random.nextInt(2)));
        } else if (dice == 1) {
            return new ItemCall.Transact(aboutFourMegabytes());
        } else if (dice == 2) {
            return new ItemCall.Transact(List.of());
        }
        // Mostly distinct keys: the same twice is refused before anything is looked at.
        List<Key> keys = keys(random.nextInt(1, 9));
        List<Key> chosen =
                random.nextInt(20) == 0 ? keys : keys.stream().distinct().toList();
        return new ItemCall.Transact(chosen.stream().map(this::write).toList());
    }

    private List<Write> many(int count) {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Key key = new Key(LOG, PARTITIONS.getFirst(), "m" + i);
            writes.add(
                    i == count / 2
                            ? write(key)
                            : new Write.Update(key, Map.of("n", Attribute.of(i)), Condition.ALWAYS));
        }
        return writes;
    }

    /** Ten items of the most bytes, and one with what is left, a byte less or a byte more. */
    private List<Write> aboutFourMegabytes() {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            writes.add(sized(new Key(LOG, "big", "k" + i), Items.ITEM_BYTES_MAX));
        }
        int rest = Items.TRANSACTION_BYTES_MAX - 10 * Items.ITEM_BYTES_MAX;
        writes.add(sized(new Key(LOG, "big", "rest"), rest + random.nextInt(-1, 2)));
        return writes;
    }

    private Write sized(Key key, int bytes) {
        return new Write.Put(values.sized(key, bytes), random.nextBoolean() ? Condition.ALWAYS : Condition.ABSENT);
    }

    private Write write(Key key) {
        if (random.nextInt(40) == 0) {
            return sized(key, Items.ITEM_BYTES_MAX + random.nextInt(-1, 2));
        }
        return switch (random.nextInt(13)) {
            case 8 -> edits.map(key, condition(key));
            case 9, 10, 11, 12 -> edits.edits(key, condition(key));
            case 0, 1, 2 -> new Write.Put(new Item(key, attributes(key, 0)), condition(key));
            case 3, 4, 5 -> new Write.Update(key, attributes(key, random.nextInt(80) == 0 ? 0 : 1), condition(key));
            case 6 -> new Write.Update(key, Map.of("filler", values.filler()), condition(key));
            default -> new Write.Delete(key, condition(key));
        };
    }

    private Map<String, Attribute> attributes(Key key, int least) {
        Map<String, Attribute> attributes = new HashMap<>();
        int count = random.nextInt(least, 4);
        for (int i = 0; i < count; i++) {
            attributes.put(values.name(key.table()), values.value());
        }
        return attributes;
    }

    private Condition condition(Key key) {
        return switch (random.nextInt(13)) {
            case 9, 10, 11, 12 -> edits.condition(key);
            case 0, 1 -> Condition.ALWAYS;
            case 2 -> Condition.ABSENT;
            case 3, 4, 5 -> new Condition.Equal(values.conditionName(key.table()), values.value());
            default -> new Condition.AbsentOrBelow(values.conditionName(key.table()), values.bound());
        };
    }

    private ItemCall query() {
        String partition = random.nextInt(30) == 0 ? pick(BAD_PARTITIONS) : PARTITIONS.get(likely(PARTITIONS.size()));
        int limit = new int[] {1, 2, 3, 5, Integer.MAX_VALUE, Integer.MAX_VALUE, 0}
                [random.nextInt(random.nextInt(10) == 0 ? 7 : 6)];
        Table table = random.nextInt(40) == 0 ? ROWS : LOG;
        String one = bound();
        String other = bound();
        boolean keep = random.nextInt(6) == 0 || Utf8Order.ASCENDING.compare(one, other) < 0;
        return new ItemCall.Query(table, partition, keep ? one : other, keep ? other : one, limit);
    }

    private String bound() {
        int dice = random.nextInt(40);
        return dice < 4 ? "" : dice == 4 ? pick(BAD_SORTS) : pick(SORTS);
    }

    private List<Key> keys(int count) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(key());
        }
        return keys;
    }

    private Key key() {
        String partition = random.nextInt(200) == 0 ? pick(BAD_PARTITIONS) : PARTITIONS.get(likely(PARTITIONS.size()));
        if (random.nextInt(4) == 0) {
            return new Key(ROWS, partition, null);
        }
        return new Key(LOG, partition, random.nextInt(200) == 0 ? pick(BAD_SORTS) : SORTS.get(likely(SORTS.size())));
    }

    /** Low numbers more often than high ones. */
    private int likely(int below) {
        return random.nextInt(random.nextInt(random.nextInt(below) + 1) + 1);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
