package dev.weir.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weir.local.lambda.FunctionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What CloudFormation makes of the functions of a template, in the region and the account of everything local: {@code Ref},
 * {@code Fn::GetAtt}, {@code Fn::Join}, {@code Fn::Sub}, {@code Fn::Select} and {@code Fn::Split}. Others are refused. Immutable.
 *
 * @param template the whole of it
 * @param region of what is local
 */
record Resolver(JsonNode template, String region) {

    /** The version that an alias names. Here there is one. */
    private static final String VERSION = "1";

    /** What CloudFormation appends to the ARN of a table for its stream is a time. */
    private static final String CHANGES = "/stream/here";

    private static final int DEPTH_MAX = 50;
    private static final Pattern PART = Pattern.compile("\\$\\{(!?)([^}]*)}");
    private static final Pattern DOT = Pattern.compile("\\.");

    /** The value with every function replaced by its result. */
    JsonNode value(JsonNode value, Place place) {
        return value(value, place, 0);
    }

    private JsonNode value(JsonNode value, Place place, int depth) {
        if (depth > DEPTH_MAX) {
            throw place.refusal("references go round in a circle", "value", value);
        }
        if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> array.add(value(element, place, depth + 1)));
            return array;
        }
        if (!value.isObject()) {
            return value;
        }
        if (isFunction(value)) {
            return result(value.fieldNames().next(), value.elements().next(), place, depth + 1);
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        value.properties().forEach(field -> object.set(field.getKey(), value(field.getValue(), place, depth + 1)));
        return object;
    }

    private static boolean isFunction(JsonNode value) {
        return value.size() == 1
                && (value.has("Ref") || value.fieldNames().next().startsWith("Fn::"));
    }

    private JsonNode result(String function, JsonNode argument, Place place, int depth) {
        return switch (function) {
            case "Ref" -> TextNode.valueOf(reference(argument.asText(), place, depth));
            case "Fn::GetAtt" -> TextNode.valueOf(attribute(attributeName(argument), place, depth));
            case "Fn::Join" ->
                TextNode.valueOf(String.join(argument.path(0).asText(), texts(value(argument.path(1), place, depth))));
            case "Fn::Sub" -> TextNode.valueOf(substituted(argument, place, depth));
            case "Fn::Select" -> {
                JsonNode list = value(argument.path(1), place, depth);
                JsonNode element = list.path(argument.path(0).asInt());
                if (element.isMissingNode()) {
                    throw place.refusal("Fn::Select names an element that is not there", "Fn::Select", argument);
                }
                yield element;
            }
            case "Fn::Split" -> {
                ArrayNode parts = JsonNodeFactory.instance.arrayNode();
                String text = value(argument.path(1), place, depth).asText();
                for (String part : Pattern.compile(argument.path(0).asText(), Pattern.LITERAL)
                        .split(text, -1)) {
                    parts.add(part);
                }
                yield parts;
            }
            default ->
                throw place.refusal(
                        "this function of CloudFormation is not known on this machine, write the value instead",
                        function,
                        argument);
        };
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static List<String> attributeName(JsonNode argument) {
        return argument.isArray() ? texts(argument) : List.of(DOT.split(argument.asText(), 2));
    }

    private String substituted(JsonNode argument, Place place, int depth) {
        String text = argument.isArray() ? argument.path(0).asText() : argument.asText();
        JsonNode own = argument.path(1);
        StringBuilder result = new StringBuilder();
        Matcher part = PART.matcher(text);
        while (part.find()) {
            String name = part.group(2);
            String replacement;
            if (!part.group(1).isEmpty()) {
                replacement = "${" + name + "}";
            } else if (own.has(name)) {
                replacement = value(own.get(name), place, depth).asText();
            } else if (name.contains(".")) {
                replacement = attribute(List.of(DOT.split(name, 2)), place, depth);
            } else {
                replacement = reference(name, place, depth);
            }
            part.appendReplacement(result, Matcher.quoteReplacement(replacement));
        }
        return part.appendTail(result).toString();
    }

    private String reference(String name, Place place, int depth) {
        Map<String, String> pseudo = Map.of(
                "AWS::Partition",
                "aws",
                "AWS::Region",
                region,
                "AWS::AccountId",
                FunctionSettings.ACCOUNT,
                "AWS::URLSuffix",
                "amazonaws.com");
        if (pseudo.containsKey(name)) {
            return pseudo.getOrDefault(name, "");
        }
        JsonNode parameter = template.path("Parameters").path(name);
        if (parameter.has("Default") && parameter.path("Type").asText().equals("String")) {
            return parameter.get("Default").asText();
        }
        JsonNode resource = resource(name, "Ref", place);
        return switch (type(resource)) {
            case "AWS::DynamoDB::Table" -> physical(name, resource, "TableName", place, depth);
            case "AWS::Kinesis::Stream" -> physical(name, resource, "Name", place, depth);
            case "AWS::S3::Bucket" -> physical(name, resource, "BucketName", place, depth);
            case "AWS::Lambda::Function" -> physical(name, resource, "FunctionName", place, depth);
            case "AWS::Lambda::Version" -> functionOf(resource, place, depth) + ":" + VERSION;
            case "AWS::Lambda::Alias" ->
                functionOf(resource, place, depth) + ":" + physical(name, resource, "Name", place, depth);
            default -> name;
        };
    }

    private String attribute(List<String> attribute, Place place, int depth) {
        String name = attribute.getFirst();
        String wanted = attribute.getLast();
        JsonNode resource = resource(name, "Fn::GetAtt", place);
        return switch (type(resource) + " " + wanted) {
            case "AWS::DynamoDB::Table Arn" -> table(name, resource, place, depth);
            case "AWS::DynamoDB::Table StreamArn" -> {
                if (!resource.path("Properties").has("StreamSpecification")) {
                    throw place.refusal(
                            "the table has no StreamSpecification, so there is no stream of its changes",
                            "table",
                            name);
                }
                yield table(name, resource, place, depth) + CHANGES;
            }
            case "AWS::Kinesis::Stream Arn" ->
                arn("kinesis") + "stream/" + physical(name, resource, "Name", place, depth);
            case "AWS::S3::Bucket Arn" -> "arn:aws:s3:::" + physical(name, resource, "BucketName", place, depth);
            case "AWS::Lambda::Function Arn" ->
                arn("lambda") + "function:" + physical(name, resource, "FunctionName", place, depth);
            case "AWS::Lambda::Version Version" -> VERSION;
            case "AWS::IAM::Role Arn" -> "arn:aws:iam::" + FunctionSettings.ACCOUNT + ":role/" + name;
            case "AWS::SQS::Queue Arn" -> arn("sqs") + physical(name, resource, "QueueName", place, depth);
            default ->
                throw place.refusal("this attribute is not known on this machine", "Fn::GetAtt", name + "." + wanted);
        };
    }

    private JsonNode resource(String name, String function, Place place) {
        JsonNode resource = template.path("Resources").path(name);
        if (resource.isMissingNode()) {
            throw place.refusal("the template has no such resource or parameter with a text", function, name);
        }
        return resource;
    }

    private static String type(JsonNode resource) {
        return resource.path("Type").asText();
    }

    private String table(String name, JsonNode resource, Place place, int depth) {
        return arn("dynamodb") + "table/" + physical(name, resource, "TableName", place, depth);
    }

    /** Of a version or an alias. */
    private String functionOf(JsonNode resource, Place place, int depth) {
        String function = value(resource.path("Properties").path("FunctionName"), place, depth)
                .asText();
        return function.startsWith("arn:") ? function : arn("lambda") + "function:" + function;
    }

    private String physical(String id, JsonNode resource, String property, Place place, int depth) {
        JsonNode name = value(resource.path("Properties").path(property), place, depth);
        if (!name.isTextual()) {
            throw place.refusal(
                    "a resource that is referred to needs a name, by which functions find it: give it " + property,
                    "resource",
                    id);
        }
        return name.asText();
    }

    private String arn(String service) {
        return "arn:aws:" + service + ":" + region + ":" + FunctionSettings.ACCOUNT + ":";
    }
}
