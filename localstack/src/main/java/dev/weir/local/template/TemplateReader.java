package dev.weir.local.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.local.bus.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads a template resource by resource. Not thread-safe. */
final class TemplateReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUFFIX = ".template.json";
    private static final String VERSION = "AWS::Lambda::Version";
    private static final String ALIAS = "AWS::Lambda::Alias";
    private static final String BUCKET = "AWS::S3::Bucket";

    /** What these say has no meaning on this machine, or nothing here goes by it. */
    private static final Set<String> NOT_HERE = Set.of(
            "AWS::CDK::Metadata",
            "AWS::CloudWatch::Alarm",
            "AWS::CloudWatch::CompositeAlarm",
            "AWS::CloudWatch::Dashboard",
            "AWS::IAM::ManagedPolicy",
            "AWS::IAM::Policy",
            "AWS::IAM::Role",
            "AWS::KMS::Alias",
            "AWS::KMS::Key",
            "AWS::Lambda::EventInvokeConfig",
            "AWS::Lambda::Permission",
            "AWS::Logs::LogGroup",
            "AWS::Logs::MetricFilter",
            "AWS::S3::BucketPolicy",
            "AWS::SNS::Subscription",
            "AWS::SNS::Topic",
            "AWS::SNS::TopicPolicy",
            "AWS::SQS::Queue",
            "AWS::SQS::QueuePolicy",
            "AWS::SSM::Parameter",
            "AWS::SecretsManager::Secret");

    /** What a resource may have besides its type and its properties. */
    private static final Set<String> ATTRIBUTES =
            Set.of("Type", "Properties", "Metadata", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy");

    private final String file;
    private final Resolver resolver;
    private final List<TableResource> tables = new ArrayList<>();
    private final List<StreamResource> streams = new ArrayList<>();
    private final List<String> buckets = new ArrayList<>();
    private final List<FunctionResource> functions = new ArrayList<>();
    private final Map<String, List<String>> aliases = new HashMap<>();
    private final List<MappingResource> mappings = new ArrayList<>();
    private final List<ScheduleResource> schedules = new ArrayList<>();
    private final Map<String, Integer> notHere = new TreeMap<>();

    private TemplateReader(String file, Resolver resolver) {
        this.file = file;
        this.resolver = resolver;
    }

    static Template read(Path place, String region) {
        Path file = Files.isDirectory(place) ? only(place) : place;
        try {
            return of(file.toString(), JSON.readTree(Files.readAllBytes(file)), region);
        } catch (JsonProcessingException e) {
            throw new UsageException("a template is JSON, as cdk synth makes it: template=" + file + " reason="
                    + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UsageException("the template cannot be read, make it with cdk synth: template=" + file
                    + " reason=" + e.getMessage());
        }
    }

    private static Path only(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> templates = files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
            if (templates.size() != 1) {
                throw new UsageException("the folder must have one *" + SUFFIX + ", or name the file: template="
                        + folder + " found=" + templates);
            }
            return templates.getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be listed: folder=" + folder, e);
        }
    }

    static Template of(String file, JsonNode template, String region) {
        if (!template.path("Resources").isObject() || template.path("Resources").isEmpty()) {
            throw new UsageException("not a template of CloudFormation, it has no Resources: template=" + file);
        }
        return new TemplateReader(file, new Resolver(template, region)).all();
    }

    private Template all() {
        resolver.template().get("Resources").properties().forEach(entry -> {
            JsonNode resource = entry.getValue();
            String type = resource.path("Type").asText();
            String path = resource.path("Metadata").path("aws:cdk:path").asText();
            resource(entry.getKey(), type, resource, new Place(file, entry.getKey(), type, path));
        });
        List<FunctionResource> named = functions.stream()
                .map(function -> function.with(aliases.getOrDefault(function.name(), List.of())))
                .toList();
        return new Template(file, tables, streams, buckets, named, mappings, schedules, notHere).checked();
    }

    private void resource(String id, String type, JsonNode resource, Place place) {
        if (NOT_HERE.contains(type)) {
            notHere.merge(type, 1, Integer::sum);
            return;
        }
        Properties properties = new Properties(place, resource.path("Properties"), resolver);
        switch (type) {
            case TableResource.TYPE -> tables.add(TableResource.of(properties));
            case StreamResource.TYPE -> streams.add(StreamResource.of(properties));
            case BUCKET -> buckets.add(bucket(properties));
            case FunctionResource.TYPE -> functions.add(FunctionResource.of(id, properties));
            case VERSION -> version(properties);
            case ALIAS -> alias(properties);
            case MappingResource.TYPE -> mappings.add(MappingResource.of(id, properties));
            case ScheduleResource.TYPE -> schedules.add(ScheduleResource.of(properties));
            default ->
                throw place.refusal(
                        "an unknown type, correct its name; what is not Weir's goes into a stack of its own");
        }
        resource.fieldNames().forEachRemaining(attribute -> {
            if (!ATTRIBUTES.contains(attribute)) {
                throw place.refusal(
                        "this attribute of a resource is not done on this machine, remove it or correct its name",
                        attribute,
                        resource.path(attribute));
            }
        });
    }

    private static String bucket(Properties properties) {
        properties.pass(
                "BucketEncryption",
                "LifecycleConfiguration",
                "LoggingConfiguration",
                "OwnershipControls",
                "PublicAccessBlockConfiguration",
                "Tags",
                "VersioningConfiguration");
        String name = properties.text("BucketName");
        properties.end();
        return name;
    }

    private static void version(Properties properties) {
        properties.pass("Description", "CodeSha256");
        var _ = properties.text("FunctionName");
        properties.end();
    }

    private void alias(Properties properties) {
        properties.pass("Description", "ProvisionedConcurrencyConfig");
        properties.refuse("RoutingConfig", "let the alias name one version");
        var _ = properties.text("FunctionVersion");
        String function = FunctionName.of(properties.text("FunctionName")).name();
        aliases.computeIfAbsent(function, _ -> new ArrayList<>()).add(properties.text("Name"));
        properties.end();
    }
}
