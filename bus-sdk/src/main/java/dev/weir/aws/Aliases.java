package dev.weir.aws;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Edit;
import dev.weir.port.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Expressions on paths. A name has one alias however often it comes, so that expressions stay short. Not thread-safe. */
final class Aliases {
    private static final String ZERO = ":zero";

    private final Map<String, String> aliasByName = new HashMap<>();
    private final Map<String, String> names;
    private final Map<String, AttributeValue> values;

    /**
     * @param names gets real names by alias
     * @param values gets values by alias
     */
    Aliases(Map<String, String> names, Map<String, AttributeValue> values) {
        this.names = names;
        this.values = values;
    }

    String update(List<Edit> edits) {
        StringJoiner set = new StringJoiner(", ", "SET ", "").setEmptyValue("");
        StringJoiner remove = new StringJoiner(", ", "REMOVE ", "").setEmptyValue("");
        for (Edit edit : edits) {
            String path = path(edit.path());
            switch (edit) {
                case Edit.Set to -> set.add(path + " = " + value(to.value()));
                case Edit.SetIfAbsent to -> set.add(path + " = if_not_exists(" + path + ", " + value(to.value()) + ")");
                case Edit.Add add ->
                    set.add(path + " = if_not_exists(" + path + ", " + zero() + ") + "
                            + value(Attribute.of(add.amount())));
                case Edit.Remove _ -> remove.add(path);
            }
        }
        return (set + " " + remove).strip();
    }

    String condition(Condition condition, String partition) {
        return condition(condition, partition, false);
    }

    private String condition(Condition condition, String partition, boolean isInner) {
        return switch (condition) {
            case Condition.AbsentAt absent -> "attribute_not_exists(" + path(absent.path()) + ")";
            case Condition.ComparedAt compared ->
                path(compared.path()) + operator(compared.comparison()) + value(compared.value());
            case Condition.AllOf all -> joined(all.conditions(), partition, " AND ", isInner);
            case Condition.AnyOf any -> joined(any.conditions(), partition, " OR ", isInner);
            case Condition.Absent _ -> "attribute_not_exists(" + name(partition) + ")";
            case Condition.Always _, Condition.Equal _, Condition.AbsentOrBelow _ ->
                throw new IllegalStateException("not a condition on a path: condition=" + condition);
        };
    }

    /** DynamoDB refuses parentheses around parentheses, and around a whole expression. */
    private String joined(List<Condition> conditions, String partition, String by, boolean isInner) {
        if (conditions.size() == 1) {
            return condition(conditions.getFirst(), partition, isInner);
        }
        String joined = conditions.stream()
                .map(each -> condition(each, partition, true))
                .collect(Collectors.joining(by));
        return isInner ? "(" + joined + ")" : joined;
    }

    private static String operator(Condition.Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> " = ";
            case BELOW -> " < ";
            case AT_MOST -> " <= ";
        };
    }

    private String path(Path path) {
        return path.names().stream().map(this::name).collect(Collectors.joining("."));
    }

    private String name(String name) {
        return aliasByName.computeIfAbsent(name, _ -> {
            String alias = "#p" + aliasByName.size();
            names.put(alias, name);
            return alias;
        });
    }

    private String value(Attribute value) {
        String alias = ":p" + values.size();
        values.put(alias, Rows.of(value));
        return alias;
    }

    private String zero() {
        values.put(ZERO, AttributeValue.fromN("0"));
        return ZERO;
    }
}
