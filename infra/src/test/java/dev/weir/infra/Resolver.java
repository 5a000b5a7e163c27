package dev.weir.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What CloudFormation makes of a template's functions, as far as these templates use them, in an account and a region. */
record Resolver(JsonNode resources) {
    static final String REGION = "eu-west-1";
    static final String ACCOUNT = "111122223333";

    private static final Map<String, String> PSEUDO = Map.of(
            "AWS::Partition",
            "aws",
            "AWS::Region",
            REGION,
            "AWS::AccountId",
            ACCOUNT,
            "AWS::URLSuffix",
            "amazonaws.com");

    static Resolver of(JsonNode template) {
        return new Resolver(template.get("Resources"));
    }

    /** A logical id without the marks that make it unique. */
    static String plain(String logicalId) {
        return logicalId.replaceAll("[0-9A-F]{8}([0-9a-f]{32})?$", "");
    }

    /** The text of a value that is text once it is deployed. */
    String text(JsonNode value) {
        if (!value.isObject()) {
            return value.asText();
        }
        String function = value.fieldNames().next();
        JsonNode argument = value.get(function);
        return switch (function) {
            case "Ref" -> PSEUDO.getOrDefault(argument.asText(), plain(argument.asText()));
            case "Fn::GetAtt" ->
                attribute(argument.get(0).asText(), argument.get(1).asText());
            case "Fn::Join" -> String.join(argument.get(0).asText(), texts(argument.get(1)));
            case "Fn::Sub" -> argument.asText();
            case "Fn::Select" -> text(argument.get(1)) + "[" + argument.get(0).asText() + "]";
            case "Fn::Split" -> text(argument.get(1)) + " by " + argument.get(0).asText();
            default -> throw new IllegalArgumentException("no such function known: " + value);
        };
    }

    List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        if (list.isArray()) {
            list.forEach(element -> texts.add(text(element)));
        } else if (!list.isMissingNode()) {
            texts.add(text(list));
        }
        return texts;
    }

    boolean isFunction(JsonNode value) {
        return value.isObject()
                && value.size() == 1
                && (value.has("Ref") || value.fieldNames().next().startsWith("Fn::"));
    }

    private String attribute(String logicalId, String attribute) {
        JsonNode properties = resources.path(logicalId).path("Properties");
        if (attribute.equals("Arn")) {
            switch (resources.path(logicalId).path("Type").asText()) {
                case "AWS::Logs::LogGroup" -> {
                    return regional(
                            "logs",
                            "log-group:" + properties.get("LogGroupName").asText() + ":*");
                }
                case "AWS::SQS::Queue" -> {
                    return regional("sqs", properties.get("QueueName").asText());
                }
                case "AWS::S3::Bucket" -> {
                    return "arn:aws:s3:::" + properties.get("BucketName").asText();
                }
                case "AWS::Kinesis::Stream" -> {
                    return regional(
                            "kinesis", "stream/" + properties.get("Name").asText());
                }
                case "AWS::KMS::Key" -> {
                    return regional("kms", "key/" + plain(logicalId));
                }
                default -> {}
            }
        }
        return plain(logicalId) + "." + attribute;
    }

    private static String regional(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
    }
}
