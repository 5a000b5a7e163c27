package dev.weir.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A template as a person reads it: resources by type and name, properties indented, references by name, statements of policies in one line. What
 * changes without meaning anything is left out: hashes, assets, tags of the CDK, reasons for cdk-nag.
 */
final class Outline {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> LEFT_OUT =
            Set.of("Code", "AssumeRolePolicyDocument", "AttributeDefinitions", "PolicyName", "Version");

    private final Resolver resolver;
    private final StringBuilder text = new StringBuilder();

    private Outline(Resolver resolver) {
        this.resolver = resolver;
    }

    static String of(JsonNode template) {
        Outline outline = new Outline(Resolver.of(template));
        Map<String, JsonNode> sorted = new TreeMap<>();
        template.get("Resources")
                .properties()
                .forEach(resource -> sorted.put(
                        resource.getValue().get("Type").asText() + " " + Resolver.plain(resource.getKey()),
                        resource.getValue()));
        sorted.forEach(outline::resource);
        return outline.text.toString();
    }

    private void resource(String title, JsonNode resource) {
        text.append(title);
        String policy = resource.path("DeletionPolicy").asText("");
        text.append(policy.isEmpty() ? "" : " (on deletion: " + policy + ")").append('\n');
        fields(resource.path("Properties"), 1);
    }

    private void fields(JsonNode node, int depth) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
        sorted.forEach((name, value) -> {
            if (!LEFT_OUT.contains(name)) {
                field(name, value, depth);
            }
        });
    }

    private void field(String name, JsonNode value, int depth) {
        if (name.equals("DashboardBody")) {
            line(depth, name + ":");
            fields(json(resolver.text(value)), depth + 1);
        } else if (name.equals("Statement")) {
            value.forEach(statement -> line(depth, statement(statement)));
        } else if (value.isValueNode() || resolver.isFunction(value)) {
            line(depth, name + ": " + resolver.text(value));
        } else if (value.isArray() && isFlat(value)) {
            line(depth, name + ": " + resolver.texts(value));
        } else if (value.isArray()) {
            line(depth, name + ":");
            value.forEach(element -> element(element, depth + 1));
        } else {
            line(depth, name + ":");
            fields(value, depth + 1);
        }
    }

    private void element(JsonNode element, int depth) {
        if (element.isArray()) {
            line(depth, element.toString());
        } else {
            line(depth, "-");
            fields(element, depth + 1);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + text, e);
        }
    }

    private boolean isFlat(JsonNode array) {
        for (JsonNode element : array) {
            if (!element.isValueNode() && !resolver.isFunction(element)) {
                return false;
            }
        }
        return true;
    }

    /** {@code Checkpoints: may dynamodb:GetItem on table/shop-checkpoints in [ledger, ledger/*]}. */
    private String statement(JsonNode statement) {
        Iam.Statement read = statement.has("Principal") ? null : Iam.statement(statement, resolver);
        if (read == null) {
            return "policy: " + statement.get("Effect").asText() + " " + resolver.texts(statement.get("Action"))
                    + " on "
                    + resolver.texts(statement.get("Resource")).stream()
                            .map(Outline::brief)
                            .toList()
                    + (statement.has("Condition") ? " if " + statement.get("Condition") : "");
        }
        List<String> resources = read.resources().stream().map(Outline::brief).toList();
        return statement.path("Sid").asText() + ": " + (read.isAllow() ? "may " : "may not ")
                + String.join(", ", read.actions()) + " on " + String.join(", ", resources)
                + (read.conditions().isEmpty()
                        ? ""
                        : " in "
                                + read.conditions()
                                        .values()
                                        .iterator()
                                        .next()
                                        .values()
                                        .iterator()
                                        .next());
    }

    private static String brief(String arn) {
        return arn.replaceFirst("^arn:aws:[a-z0-9]+:[^:]*:[^:]*:", "");
    }

    private void line(int depth, String line) {
        text.append("  ".repeat(depth)).append(line).append('\n');
    }
}
