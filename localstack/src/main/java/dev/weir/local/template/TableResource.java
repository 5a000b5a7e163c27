package dev.weir.local.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table.
 *
 * @param name physical name
 * @param keys the HASH attribute and, if there is one, the RANGE attribute
 * @param view what the stream of its changes tells, as {@code NEW_AND_OLD_IMAGES}; empty if it has none
 * @param expiry the attribute by which items expire, if any do
 */
public record TableResource(String name, List<Key> keys, Optional<String> view, Optional<String> expiry) {
    static final String TYPE = "AWS::DynamoDB::Table";

    /** The attributes that functions of Weir write for DynamoDB to go by. By any other, nothing would ever expire. */
    private static final List<String> EXPIRIES = List.of("ttl", "weir_ttl");

    private static final List<String> VIEWS = List.of("NEW_AND_OLD_IMAGES", "NEW_IMAGE", "OLD_IMAGE", "KEYS_ONLY");

    /**
     * A key attribute.
     *
     * @param role HASH or RANGE
     * @param type S, N or B
     */
    public record Key(String attribute, String role, String type) {}

    public TableResource {
        keys = List.copyOf(keys);
    }

    static TableResource of(Properties properties) {
        properties.pass(
                "DeletionProtectionEnabled",
                "PointInTimeRecoverySpecification",
                "SSESpecification",
                "TableClass",
                "Tags",
                "ContributorInsightsSpecification");
        billing(properties);
        TableResource table =
                new TableResource(properties.text("TableName"), keys(properties), view(properties), expiry(properties));
        properties.end();
        return table;
    }

    private static void billing(Properties properties) {
        boolean isOnDemand = properties
                .wordIfAny("BillingMode", List.of("PAY_PER_REQUEST", "PROVISIONED"))
                .filter("PAY_PER_REQUEST"::equals)
                .isPresent();
        Optional<Properties> throughput = properties.object("ProvisionedThroughput");
        throughput.ifPresent(units -> {
            units.number("ReadCapacityUnits", 1, Integer.MAX_VALUE);
            units.number("WriteCapacityUnits", 1, Integer.MAX_VALUE);
            units.end();
        });
        if (isOnDemand == throughput.isPresent()) {
            throw properties.refusal(
                    "BillingMode is PAY_PER_REQUEST without ProvisionedThroughput, or PROVISIONED, the default, with it",
                    "BillingMode",
                    isOnDemand ? "PAY_PER_REQUEST" : "PROVISIONED");
        }
    }

    private static List<Key> keys(Properties properties) {
        Map<String, String> types = types(properties);
        List<Key> keys = new ArrayList<>();
        for (Properties element : properties.objects("KeySchema")) {
            String role = element.word("KeyType", List.of(keys.isEmpty() ? "HASH" : "RANGE"));
            String attribute = element.text("AttributeName");
            if (!types.containsKey(attribute) || keys.size() == 2) {
                throw element.refusal(
                        "a key is one or two attributes that AttributeDefinitions define", "AttributeName", attribute);
            }
            keys.add(new Key(attribute, role, types.getOrDefault(attribute, "")));
            element.end();
        }
        if (keys.isEmpty() || types.size() != keys.size()) {
            throw properties.refusal(
                    "AttributeDefinitions are those of the key, each of them", "AttributeDefinitions", types);
        }
        return keys;
    }

    private static Map<String, String> types(Properties properties) {
        return properties.objects("AttributeDefinitions").stream()
                .collect(Collectors.toMap(
                        element -> element.text("AttributeName"), TableResource::type, (one, _) -> one));
    }

    private static String type(Properties definition) {
        String type = definition.word("AttributeType", List.of("S", "N", "B"));
        definition.end();
        return type;
    }

    private static Optional<String> view(Properties properties) {
        return properties.object("StreamSpecification").map(stream -> {
            String view = stream.word("StreamViewType", VIEWS);
            stream.end();
            return view;
        });
    }

    private static Optional<String> expiry(Properties properties) {
        return properties.object("TimeToLiveSpecification").flatMap(expiry -> {
            String attribute = expiry.text("AttributeName");
            boolean isOn = expiry.flag("Enabled", false);
            expiry.end();
            if (!EXPIRIES.contains(attribute)) {
                throw expiry.refusal(
                        "functions write the time at which an item expires in ttl or weir_ttl, by another attribute nothing expires",
                        "AttributeName",
                        attribute);
            }
            return isOn ? Optional.of(attribute) : Optional.empty();
        });
    }
}
