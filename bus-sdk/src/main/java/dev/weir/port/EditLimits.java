package dev.weir.port;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The limits of edits and of conditions on paths. All methods throw {@link IllegalArgumentException} and change nothing. */
final class EditLimits {
    private EditLimits() {}

    static void check(Write.Edits write) {
        List<Edit> edits = write.edits();
        if (edits.isEmpty() || edits.size() > ItemLimits.EDITS_MAX) {
            throw new IllegalArgumentException("a write has 1 to " + ItemLimits.EDITS_MAX + " edits: edits="
                    + edits.size() + " " + ItemLimits.describe(write.key()));
        }
        edits.forEach(edit -> check(write.key(), edit));
        checkDistinct(write);
    }

    static void check(Key key, Condition condition) {
        int leaves = leaves(key, condition);
        if (leaves > ItemLimits.CONDITIONS_MAX) {
            throw new IllegalArgumentException("a write has at most " + ItemLimits.CONDITIONS_MAX
                    + " conditions: conditions=" + leaves + " " + ItemLimits.describe(key));
        }
    }

    private static void check(Key key, Edit edit) {
        String attribute = edit.path().attribute();
        if (isOfKey(key, attribute)) {
            throw new IllegalArgumentException(
                    "an attribute of the key is never edited: path=" + edit.path() + " " + ItemLimits.describe(key));
        }
        switch (edit) {
            case Edit.Set set -> ItemLimits.checkValue(key, attribute, set.value());
            case Edit.SetIfAbsent set -> ItemLimits.checkValue(key, attribute, set.value());
            case Edit.Remove _, Edit.Add _ -> {}
        }
    }

    /** No path twice, and none that lies within another's: then no way begins with the whole path of another edit. */
    private static void checkDistinct(Write.Edits write) {
        Set<List<String>> paths = HashSet.newHashSet(write.edits().size());
        for (Edit edit : write.edits()) {
            if (!paths.add(edit.path().names())) {
                throw overlap(write, edit);
            }
        }
        for (Edit edit : write.edits()) {
            List<String> names = edit.path().names();
            for (int shorter = 1; shorter < names.size(); shorter++) {
                if (paths.contains(names.subList(0, shorter))) {
                    throw overlap(write, edit);
                }
            }
        }
    }

    private static IllegalArgumentException overlap(Write.Edits write, Edit edit) {
        return new IllegalArgumentException("two edits of a write have paths that overlap: path=" + edit.path() + " "
                + ItemLimits.describe(write.key()));
    }

    private static int leaves(Key key, Condition condition) {
        return switch (condition) {
            case Condition.AbsentAt absent -> leaf(key, absent.path());
            case Condition.ComparedAt compared -> {
                checkOperand(key, compared);
                yield leaf(key, compared.path());
            }
            case Condition.AllOf all -> leaves(key, all.conditions());
            case Condition.AnyOf any -> leaves(key, any.conditions());
            case Condition.Absent _ -> 1;
            case Condition.Always _, Condition.Equal _, Condition.AbsentOrBelow _ ->
                throw new IllegalArgumentException("a condition among others is on a path, or that the item is absent:"
                        + " condition=" + condition + " " + ItemLimits.describe(key));
        };
    }

    private static int leaves(Key key, List<Condition> conditions) {
        if (conditions.isEmpty()) {
            throw new IllegalArgumentException("a list of conditions is not empty: " + ItemLimits.describe(key));
        }
        return conditions.stream().mapToInt(each -> leaves(key, each)).sum();
    }

    private static int leaf(Key key, Path path) {
        if (path.names().size() > 1 && isOfKey(key, path.attribute())) {
            throw new IllegalArgumentException(
                    "nothing lies within an attribute of the key: path=" + path + " " + ItemLimits.describe(key));
        }
        return 1;
    }

    private static void checkOperand(Key key, Condition.ComparedAt compared) {
        switch (compared.comparison()) {
            case EQUAL -> ItemLimits.checkValue(key, compared.path().toString(), compared.value());
            case BELOW, AT_MOST -> ItemLimits.checkOrdered(key, compared.path().toString(), compared.value());
        }
    }

    private static boolean isOfKey(Key key, String attribute) {
        return attribute.equals(key.table().partition())
                || attribute.equals(key.table().sort());
    }
}
