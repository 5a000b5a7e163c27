package dev.weir.local.dynamodb;

import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.ItemSize;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Draws names and values of attributes from few, so that they are often equal, and at the borders of their types. Not thread-safe. */
final class ItemValues {
    private static final List<String> NAMES = List.of("a", "a", "a", "a", "a", "a", "b", "size", "ż.b");

    private static final List<Attribute> NUMBERS = numbers(
            "0",
            "-0",
            "0.00",
            "0E+200",
            "1",
            "1.00",
            "2",
            "-1",
            "10",
            "1E+1",
            "9",
            "-10",
            "1E+125",
            "9.99E+125",
            "-9.99E+125",
            "1E-130",
            "-1E-130",
            "9".repeat(38),
            "-" + "9".repeat(38),
            "0." + "1".repeat(38),
            "9".repeat(38) + "E+88",
            "1" + "0".repeat(125),
            "123456789012345678901234567890.12345678");

    private static final List<Attribute> BAD_NUMBERS =
            numbers("1E+126", "-1E+126", "1E-131", "1".repeat(39), "0." + "1".repeat(39));

    private static final List<Attribute> TEXTS = List.of(
            Attribute.of(""),
            Attribute.of("1"),
            Attribute.of("a"),
            Attribute.of("b"),
            Attribute.of("\uFFFD"),
            Attribute.of("🐢"),
            Attribute.of("\u0000"));

    private static final List<Attribute> BYTES = List.of(
            Attribute.of(new byte[0]),
            Attribute.of(new byte[] {1}),
            Attribute.of(new byte[] {1, 0}),
            Attribute.of(new byte[] {-1}));

    private static final List<Attribute> OTHERS = List.of(
            Attribute.of(true),
            Attribute.of(false),
            new Attribute.Null(),
            Attribute.of(Map.of()),
            Attribute.of(List.of()));

    private final SplittableRandom random;

    ItemValues(SplittableRandom random) {
        this.random = random;
    }

    private static List<Attribute> numbers(String... numbers) {
        return List.of(numbers).stream()
                .map(number -> Attribute.of(new BigDecimal(number)))
                .toList();
    }

    /** Rarely empty or a key's, which is refused. */
    String name(Table table) {
        int dice = random.nextInt(600);
        return dice == 0 ? "" : dice == 1 ? table.partition() : pick(NAMES);
    }

    /** Conditions may ask for the key. */
    String conditionName(Table table) {
        String sort = table.sort();
        return switch (random.nextInt(12)) {
            case 0 -> table.partition();
            case 1 -> sort == null ? "b" : sort;
            default -> pick(NAMES);
        };
    }

    Attribute value() {
        return value(2);
    }

    /** Mostly of a type that has an order. */
    Attribute bound() {
        return random.nextInt(40) == 0 ? value() : scalar();
    }

    private Attribute value(int depth) {
        int dice = random.nextInt(24);
        if (dice == 0) {
            return pick(OTHERS);
        } else if (dice < 3 && depth > 0) {
            String name = random.nextInt(30) == 0 ? "" : "ż";
            return Attribute.of(Map.of("m", value(depth - 1), name, value(0)));
        } else if (dice < 5 && depth > 0) {
            return Attribute.of(List.of(value(depth - 1), value(0)));
        }
        return scalar();
    }

    private Attribute scalar() {
        return switch (random.nextInt(12)) {
            case 0, 1 -> pick(TEXTS);
            case 2 -> pick(BYTES);
            case 3 -> random.nextInt(12) == 0 ? pick(BAD_NUMBERS) : pick(NUMBERS);
            case 4, 5 -> pick(NUMBERS);
            default -> Attribute.of(random.nextInt(2));
        };
    }

    /** With another of these, or an item near the limit, an update makes an item too large. */
    Attribute filler() {
        return random.nextInt(6) == 0 ? Attribute.of(new byte[random.nextInt(150, 250) * 1024]) : value();
    }

    /** An item of so many bytes, one of its texts not in ASCII. */
    Item sized(Key key, int bytes) {
        Item item = Item.at(key).with("t", "ż🐢").with("filler", "").build();
        int rest = Math.clamp(bytes - ItemSize.bytes(item), 0, Items.ITEM_BYTES_MAX);
        byte[] ascii = new byte[rest];
        java.util.Arrays.fill(ascii, (byte) 'x');
        Attribute filler =
                random.nextBoolean() ? Attribute.of(ascii) : Attribute.of(new String(ascii, StandardCharsets.US_ASCII));
        return Item.at(key).with("t", "ż🐢").with("filler", filler).build();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
