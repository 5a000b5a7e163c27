package dev.weir.aws;

import dev.weir.port.Condition;
import dev.weir.port.Write;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The expressions of one write. Every name and every value has an alias, so no name is reserved and no value is parsed.
 *
 * <p>What is absent is null and not empty: DynamoDB refuses empty maps and texts.
 *
 * @param condition the condition expression
 * @param update the update expression
 * @param names real names by alias
 * @param values values by alias
 */
record Expressions(
        @Nullable String condition,
        @Nullable String update,
        @Nullable Map<String, String> names,
        @Nullable Map<String, AttributeValue> values) {

    static Expressions of(Write write) {
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>();
        Aliases aliases = new Aliases(names, values);
        String update =
                switch (write) {
                    case Write.Update set -> assignments(set, names, values);
                    case Write.Edits edits -> aliases.update(edits.edits());
                    case Write.Put _, Write.Delete _ -> null;
                };
        String condition = condition(write, aliases, names, values);
        return new Expressions(condition, update, names.isEmpty() ? null : names, values.isEmpty() ? null : values);
    }

    private static @Nullable String condition(
            Write write, Aliases aliases, Map<String, String> names, Map<String, AttributeValue> values) {
        return switch (write.condition()) {
            case Condition.Always _ -> null;
            case Condition.Absent _ -> {
                names.put("#c", write.key().table().partition());
                yield "attribute_not_exists(#c)";
            }
            case Condition.Equal equal -> {
                names.put("#c", equal.attribute());
                values.put(":c", Rows.of(equal.value()));
                yield "#c = :c";
            }
            case Condition.AbsentOrBelow below -> {
                names.put("#c", below.attribute());
                values.put(":c", Rows.of(below.value()));
                yield "attribute_not_exists(#c) OR #c < :c";
            }
            case Condition.AbsentAt _, Condition.ComparedAt _, Condition.AllOf _, Condition.AnyOf _ ->
                aliases.condition(write.condition(), write.key().table().partition());
        };
    }

    private static String assignments(
            Write.Update update, Map<String, String> names, Map<String, AttributeValue> values) {
        StringJoiner assignments = new StringJoiner(", ", "SET ", "");
        update.set().forEach((name, value) -> {
            int index = names.size();
            names.put("#u" + index, name);
            values.put(":u" + index, Rows.of(value));
            assignments.add("#u" + index + " = :u" + index);
        });
        return assignments.toString();
    }
}
