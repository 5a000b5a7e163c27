package dev.weir.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What IAM says to a request, by the statements of one identity. Source: IAM, policy evaluation logic; condition operators; {@code ForAllValues}
 * holds also when the request has no such key.
 *
 * @param statements all of the identity's policies
 */
record Iam(List<Statement> statements) {

    /** @param conditions values by operator and key */
    record Statement(
            boolean isAllow,
            List<String> actions,
            List<String> resources,
            Map<String, Map<String, List<String>>> conditions) {}

    /**
     * A request.
     *
     * @param keys values of the request's context
     */
    record Request(String action, String resource, Map<String, List<String>> keys) {}

    /** Those of a role of a template, by the inline policies that it has; other policies must not be attached to it. */
    static Iam ofRole(JsonNode role, Resolver resolver) {
        JsonNode properties = role.get("Properties");
        if (properties.has("ManagedPolicyArns")) {
            throw new AssertionError(
                    "a role has policies that are not looked at: " + properties.get("ManagedPolicyArns"));
        }
        List<Statement> statements = new ArrayList<>();
        properties.get("Policies").forEach(policy -> policy.get("PolicyDocument")
                .get("Statement")
                .forEach(statement -> statements.add(statement(statement, resolver))));
        return new Iam(statements);
    }

    static Statement statement(JsonNode statement, Resolver resolver) {
        for (String unknown : List.of("NotAction", "NotResource", "NotPrincipal", "Principal")) {
            if (statement.has(unknown)) {
                throw new AssertionError("not understood here: " + unknown + " in " + statement);
            }
        }
        Map<String, Map<String, List<String>>> conditions = new TreeMap<>();
        statement.path("Condition").properties().forEach(operator -> operator.getValue()
                .properties()
                .forEach(key -> conditions
                        .computeIfAbsent(operator.getKey(), _ -> new TreeMap<>())
                        .put(key.getKey(), resolver.texts(key.getValue()))));
        return new Statement(
                statement.get("Effect").asText().equals("Allow"),
                resolver.texts(statement.get("Action")),
                resolver.texts(statement.get("Resource")),
                conditions);
    }

    boolean allows(Request request) {
        boolean isAllowed = false;
        for (Statement statement : statements) {
            if (applies(statement, request)) {
                if (!statement.isAllow) {
                    return false;
                }
                isAllowed = true;
            }
        }
        return isAllowed;
    }

    private static boolean applies(Statement statement, Request request) {
        return statement.actions.stream().anyMatch(pattern -> isLike(request.action, pattern, true))
                && statement.resources.stream().anyMatch(pattern -> isLike(request.resource, pattern, false))
                && statement.conditions.entrySet().stream().allMatch(operator -> operator.getValue().entrySet().stream()
                        .allMatch(key -> holds(operator.getKey(), key.getKey(), key.getValue(), request)));
    }

    private static boolean holds(String operator, String key, List<String> patterns, Request request) {
        if (!operator.equals("ForAllValues:StringLike")) {
            throw new AssertionError("a condition that is not understood here: " + operator);
        }
        return request.keys.getOrDefault(key, List.of()).stream()
                .allMatch(value -> patterns.stream().anyMatch(pattern -> isLike(value, pattern, false)));
    }

    /** {@code *} is any text, also with slashes and colons; {@code ?} one character. */
    static boolean isLike(String text, String pattern, boolean ignoreCase) {
        String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        int flags = ignoreCase ? Pattern.DOTALL | Pattern.CASE_INSENSITIVE : Pattern.DOTALL;
        return Pattern.compile(regex, flags).matcher(text).matches();
    }
}
