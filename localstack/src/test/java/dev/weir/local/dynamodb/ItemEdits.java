package dev.weir.local.dynamodb;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Edit;
import dev.weir.port.ItemLimits;
import dev.weir.port.Key;
import dev.weir.port.Path;
import dev.weir.port.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Draws edits and conditions on paths of few names, into the maps that it also draws. Not thread-safe. */
final class ItemEdits {
    private static final List<String> OUTER = List.of("map", "map", "map", "map", "a", "b", "size");
    private static final List<String> INNER = List.of("m", "m", "m", "n", "0", "queue:a.b", "ż");

    private final SplittableRandom random;
    private final ItemValues values;

    ItemEdits(SplittableRandom random, ItemValues values) {
        this.random = random;
        this.values = values;
    }

    /** A write that puts a map where edits find it. */
    Write map(Key key, Condition condition) {
        return new Write.Update(key, Map.of("map", tree(2)), condition);
    }

    Write edits(Key key, Condition condition) {
        Condition often = random.nextBoolean() ? Condition.ALWAYS : condition;
        List<Edit> edits = new ArrayList<>();
        int count = random.nextInt(60) == 0 ? 0 : random.nextInt(1, random.nextInt(2, 5));
        while (edits.size() < count) {
            Edit edit = edit(key);
            if (random.nextInt(40) == 0
                    || edits.stream().noneMatch(other -> other.path().overlaps(edit.path()))) {
                edits.add(edit);
            }
        }
        return new Write.Edits(key, random.nextInt(60) == 0 ? most() : edits, often);
    }

    Condition condition(Key key) {
        return condition(key, 2);
    }

    private Condition condition(Key key, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 9)) {
            case 0, 1 -> Condition.absent(conditionPath(key));
            case 2, 3 -> Condition.equal(conditionPath(key), values.value());
            case 4 -> Condition.below(conditionPath(key), values.bound());
            case 5 -> Condition.atMost(conditionPath(key), values.bound());
            case 6 -> new Condition.AllOf(conditions(key, depth));
            default -> new Condition.AnyOf(conditions(key, depth));
        };
    }

    private List<Condition> conditions(Key key, int depth) {
        List<Condition> conditions = new ArrayList<>();
        int count = random.nextInt(40) == 0 ? 0 : random.nextInt(1, 4);
        while (conditions.size() < count) {
            conditions.add(random.nextInt(12) == 0 ? Condition.ABSENT : condition(key, depth - 1));
        }
        return conditions;
    }

    private Edit edit(Key key) {
        return switch (random.nextInt(7)) {
            case 0, 1 -> new Edit.Set(path(key), random.nextInt(4) == 0 ? tree(1) : values.value());
            case 2, 3 -> new Edit.SetIfAbsent(path(key), random.nextInt(4) == 0 ? tree(1) : values.value());
            case 4 -> new Edit.Remove(path(key));
            default -> new Edit.Add(path(key), random.nextInt(-2, 3));
        };
    }

    /** As many as there may be, with the longest paths that have the longest aliases; sometimes one more. */
    private List<Edit> most() {
        List<Edit> edits = new ArrayList<>();
        int count = ItemLimits.EDITS_MAX + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            edits.add(
                    random.nextBoolean()
                            ? new Edit.Add(Path.of("most" + i), i)
                            : new Edit.SetIfAbsent(Path.of("map", "x" + i), Attribute.of(i)));
        }
        return edits;
    }

    private Path conditionPath(Key key) {
        return random.nextInt(12) == 0 ? Path.of(values.conditionName(key.table())) : path(key);
    }

    private Path path(Key key) {
        Path path =
                Path.of(random.nextInt(100) == 0 ? key.table().partition() : OUTER.get(random.nextInt(OUTER.size())));
        int longer = random.nextInt(random.nextInt(4) + 1);
        for (int i = 0; i < longer; i++) {
            path = path.then(INNER.get(random.nextInt(INNER.size())));
        }
        return path;
    }

    private Attribute tree(int depth) {
        return depth == 0
                ? values.value()
                : Attribute.of(Map.of("m", tree(depth - 1), "n", Attribute.of(random.nextInt(3)), "0", values.value()));
    }
}
