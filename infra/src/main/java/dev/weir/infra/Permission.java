package dev.weir.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * Something that a function may do. Immutable; thread-safe.
 *
 * @param name what it is for, letters and digits only: the statement's id in the template
 * @param actions such as {@code dynamodb:PutItem}
 * @param resources ARNs, with {@code *} and {@code ?}
 * @param leadingKeys the partitions of the tables that it may touch, with {@code *} and {@code ?}; all if empty. Only for actions on items:
 *     a scan has no partition, and DynamoDB would let it pass
 */
public record Permission(String name, List<String> actions, List<String> resources, List<String> leadingKeys) {
    private static final String SCAN = "dynamodb:Scan";

    public Permission {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        leadingKeys = List.copyOf(leadingKeys);
        if (!leadingKeys.isEmpty() && actions.contains(SCAN)) {
            throw new IllegalArgumentException("a scan cannot be bound to partitions: name=" + name);
        }
    }

    static Permission of(String name, List<String> actions, String resource) {
        return new Permission(name, actions, List.of(resource), List.of());
    }

    /** The same, in some partitions only. */
    Permission in(List<String> partitions) {
        return new Permission(name, actions, resources, partitions);
    }

    /** This and another of the same name, which differ in their resources alone. */
    Permission and(Permission other) {
        if (!actions.equals(other.actions) || !leadingKeys.equals(other.leadingKeys)) {
            throw new IllegalArgumentException("two permissions have one name: " + this + " " + other);
        }
        return new Permission(
                name,
                actions,
                Stream.concat(resources.stream(), other.resources.stream())
                        .distinct()
                        .toList(),
                leadingKeys);
    }

    PolicyStatement statement() {
        PolicyStatement.Builder statement = PolicyStatement.Builder.create()
                .sid(name)
                .effect(Effect.ALLOW)
                .actions(actions)
                .resources(resources);
        if (!leadingKeys.isEmpty()) {
            Map<String, Object> keys = new TreeMap<>();
            keys.put("dynamodb:LeadingKeys", leadingKeys);
            statement.conditions(Map.of("ForAllValues:StringLike", keys));
        }
        return statement.build();
    }
}
