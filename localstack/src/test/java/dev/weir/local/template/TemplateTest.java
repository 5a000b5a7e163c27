package dev.weir.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.local.bus.UsageException;
import dev.weir.local.mapping.MappingSettings;
import dev.weir.local.template.MappingResource.Source;
import dev.weir.local.template.ScheduleResource.Every;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REGION = "us-east-1";

    /** One of everything. */
    private static final String SMALL =
            """
            {"Parameters": {"Stage": {"Type": "String", "Default": "live"}},
             "Resources": {
              "heads": {"Type": "AWS::DynamoDB::Table", "DeletionPolicy": "Retain", "Properties": {
                "TableName": "shop-event", "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [{"AttributeName": "event", "AttributeType": "S"}],
                "KeySchema": [{"AttributeName": "event", "KeyType": "HASH"}],
                "StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"},
                "TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": true}}},
              "lines": {"Type": "AWS::Kinesis::Stream", "Properties": {
                "Name": {"Fn::Join": ["-", ["shop", "lines"]]}, "ShardCount": 2, "RetentionPeriodHours": 168}},
              "bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Sub": "shop-${AWS::Region}"}}},
              "count": {"Type": "AWS::Lambda::Function", "Metadata": {"aws:cdk:path": "shop/count"}, "Properties": {
                "FunctionName": "shop-count", "Handler": "dev.weir.functions.BotFunction", "Runtime": "java25",
                "MemorySize": 1024, "Timeout": 300,
                "Environment": {"Variables": {"WEIR_BUS": "shop", "WEIR_LANES": "4", "WHERE": {"Ref": "bucket"}}}}},
              "version": {"Type": "AWS::Lambda::Version", "Properties": {"FunctionName": {"Ref": "count"}}},
              "alias": {"Type": "AWS::Lambda::Alias", "Properties": {"Name": {"Ref": "Stage"},
                "FunctionName": {"Ref": "count"}, "FunctionVersion": {"Fn::GetAtt": ["version", "Version"]}}},
              "records": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": {
                "EventSourceArn": {"Fn::GetAtt": ["lines", "Arn"]}, "FunctionName": {"Ref": "alias"},
                "StartingPosition": "TRIM_HORIZON", "BatchSize": 1000, "MaximumBatchingWindowInSeconds": 2,
                "ParallelizationFactor": 1, "FunctionResponseTypes": ["ReportBatchItemFailures"],
                "BisectBatchOnFunctionError": true, "MaximumRetryAttempts": 3, "MaximumRecordAgeInSeconds": 3600,
                "DestinationConfig": {"OnFailure": {"Destination": {"Fn::GetAtt": "bucket.Arn"}}}}},
              "changes": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": {
                "EventSourceArn": {"Fn::GetAtt": ["heads", "StreamArn"]}, "FunctionName": {"Ref": "count"},
                "StartingPosition": "TRIM_HORIZON"}},
              "tick": {"Type": "AWS::Scheduler::Schedule", "Properties": {"Name": "shop-tick",
                "ScheduleExpression": "rate(1 minute)", "FlexibleTimeWindow": {"Mode": "OFF"},
                "Target": {"Arn": {"Ref": "alias"}, "RoleArn": "arn:aws:iam::1:role/x", "Input": "{\\"tick\\":true}"}}},
              "alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": {"Anything": 1}}}}
            """;

    @TempDir
    Path folder = Path.of("");

    private static Template read(String text) throws IOException {
        return TemplateReader.of("small.json", JSON.readTree(text), REGION);
    }

    /** One with a property changed, named as {@code records.BatchSize}; without a value it is removed. */
    private static Template changed(String at, String value) throws IOException {
        ObjectNode template = (ObjectNode) JSON.readTree(SMALL);
        String[] path = at.split("\\.", -1);
        JsonNode node = template.get("Resources").get(path[0]).get("Properties");
        for (int i = 1; i < path.length - 1; i++) {
            node = node.has(path[i]) ? node.get(path[i]) : node.get(Integer.parseInt(path[i]));
        }
        String last = path[path.length - 1];
        if (value.isEmpty()) {
            ((ObjectNode) node).remove(last);
        } else {
            ((ObjectNode) node).set(last, JSON.readTree(value));
        }
        return TemplateReader.of("small.json", template, REGION);
    }

    // ------------------------------------------------------------------ what it says

    @Test
    void whatItSaysIsReadWithItsReferences() throws IOException {
        Template template = read(SMALL);

        assertThat(template.tables())
                .containsExactly(new TableResource(
                        "shop-event",
                        List.of(new TableResource.Key("event", "HASH", "S")),
                        Optional.of("NEW_AND_OLD_IMAGES"),
                        Optional.of("ttl")));
        assertThat(template.streams()).containsExactly(new StreamResource("shop-lines", OptionalInt.of(2), 168));
        assertThat(template.buckets()).containsExactly("shop-us-east-1");
        assertThat(template.functions())
                .containsExactly(new FunctionResource(
                        "count",
                        "shop-count",
                        "dev.weir.functions.BotFunction",
                        Map.of("WEIR_BUS", "shop", "WEIR_LANES", "4", "WHERE", "shop-us-east-1"),
                        1024,
                        Duration.ofMinutes(5),
                        OptionalInt.empty(),
                        List.of("live")));
        assertThat(template.bus().prefix()).isEqualTo("shop");
        assertThat(template.bus().lanes().count()).isEqualTo(4);
        assertThat(template.notHereText()).isEqualTo("CloudWatch::Alarm 1");
    }

    @Test
    void mappingsAndSchedulesNameWhatTheyReadAndCall() throws IOException {
        Template template = read(SMALL);

        MappingResource records = template.mappings().getFirst();
        assertThat(records.source()).isEqualTo(new Source.Stream("shop-lines"));
        assertThat(records.function()).isEqualTo(new FunctionName("shop-count", Optional.of("live")));
        assertThat(records.batching()).isEqualTo(new MappingSettings.Batching(1_000, Duration.ofSeconds(2)));
        assertThat(records.retrying())
                .isEqualTo(MappingSettings.Retrying.DEFAULT
                        .reporting()
                        .bisecting()
                        .atMost(3)
                        .upToAgeSeconds(3_600)
                        .backingOff(Duration.ofMillis(100), Duration.ofSeconds(2)));
        assertThat(records.failures()).contains("shop-us-east-1");

        MappingResource changes = template.mappings().getLast();
        assertThat(changes.source()).isEqualTo(new Source.Changes("shop-event"));
        assertThat(changes.function()).isEqualTo(new FunctionName("shop-count", Optional.empty()));
        assertThat(changes.batching().size()).isEqualTo(100);
        assertThat(changes.retrying().reportBatchItemFailures()).isFalse();
        assertThat(changes.retrying().attemptsMax()).isEqualTo(-1);

        assertThat(template.schedules())
                .containsExactly(new ScheduleResource(
                        "shop-tick",
                        new Every.Rate(Duration.ofMinutes(1)),
                        new FunctionName("shop-count", Optional.of("live")),
                        "{\"tick\":true}",
                        true));
    }

    @Test
    void whatIsNotSaidIsWhatAwsTakes() throws IOException {
        assertThat(changed("count.Timeout", "").functions().getFirst().timeout())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(changed("count.MemorySize", "").functions().getFirst().memoryMegabytes())
                .isEqualTo(128);
        assertThat(changed("lines.RetentionPeriodHours", "")
                        .streams()
                        .getFirst()
                        .retentionHours())
                .isEqualTo(24);
        assertThat(changed("records.FunctionResponseTypes", "")
                        .mappings()
                        .getFirst()
                        .retrying()
                        .reportBatchItemFailures())
                .as("an answer is then not read")
                .isFalse();
        assertThat(changed("heads.TimeToLiveSpecification", "")
                        .tables()
                        .getFirst()
                        .expiry())
                .isEmpty();
    }

    @Test
    void awsCountsTheDaysOfTheWeekFromSundayAsOne() throws IOException {
        Every every = changed("tick.ScheduleExpression", "\"cron(30 6 ? * 2-3 *)\"")
                .schedules()
                .getFirst()
                .every();

        long sunday = 1_795_305_600_000L; // 2026-11-22T00:00Z, a Sunday
        assertThat(every).isInstanceOfSatisfying(Every.Cron.class, cron -> assertThat(
                        cron.times().after(sunday))
                .as("the Monday after")
                .isEqualTo(OptionalLong.of(
                        sunday + Duration.ofHours(24 + 6).plusMinutes(30).toMillis())));
    }

    @Test
    void aFolderIsReadIfItHasOneTemplate() throws IOException {
        Files.writeString(folder.resolve("shop.template.json"), SMALL);
        Files.writeString(folder.resolve("manifest.json"), "{}");

        assertThat(Template.read(folder, REGION))
                .isEqualTo(Template.read(folder.resolve("shop.template.json"), REGION));

        Files.writeString(folder.resolve("other.template.json"), SMALL);
        assertThatThrownBy(() -> Template.read(folder, REGION))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("the folder must have one *.template.json, or name the file");
    }

    // ------------------------------------------------------------------ what is refused

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            emptyValue = "",
            value = {
                "heads.KeySchema.0.KeyType        | `\"SORT\"`          | must be one of HASH",
                "heads.KeySchema.0.AttributeName  | `\"evnt\"`          | a key is one or two attributes that AttributeDefinitions define",
                "heads.AttributeDefinitions.0.AttributeType | `\"STRING\"` | must be one of S, N, B",
                "heads.BillingMode                | ``                  | BillingMode is PAY_PER_REQUEST without ProvisionedThroughput",
                "heads.TimeToLiveSpecification.AttributeName | `\"expires\"` | by another attribute nothing expires",
                "heads.StreamSpecification.StreamViewType | `\"ALL\"`    | must be one of NEW_AND_OLD_IMAGES",
                "heads.StreamSpecification        | ``                  | the table has no StreamSpecification",
                "heads.TableName                  | ``                  | a property is missing",
                "heads.TableNam                   | `\"x\"`             | an unknown property, remove it or correct its name",
                "heads.TimeToLiveSpecification.On | `true`              | an unknown property, remove it or correct its name",
                "lines.ShardCount                 | ``                  | a provisioned stream needs ShardCount",
                "lines.ShardCount                 | `0`                 | must be a whole number from 1 to 10000",
                "lines.RetentionPeriodHours       | `23`                | must be a whole number from 24 to 8760",
                "count.Timeout                    | `901`               | must be a whole number from 1 to 900",
                "count.MemorySize                 | `64`                | must be a whole number from 128 to 10240",
                "count.Runtime                    | `\"java21\"`        | must be one of java25",
                "count.Environment.Variables.WHERE | `{\"Ref\":\"none\"}` | the template has no such resource or parameter",
                "records.BatchSize                | `10001`             | must be a whole number from 1 to 10000",
                "records.MaximumBatchingWindowInSeconds | `301`         | must be a whole number from 0 to 300",
                "records.MaximumRetryAttempts     | `-2`                | must be a whole number from 0 to 10000",
                "records.MaximumRecordAgeInSeconds | `59`               | must be a whole number from 60 to 604800",
                "records.ParallelizationFactor    | `11`                | must be a whole number from 1 to 10",
                "records.FunctionResponseTypes    | `[\"ReportItems\"]` | must be ReportBatchItemFailures",
                "records.StartingPosition         | ``                  | a property is missing",
                "records.StartingPosition         | `\"HORIZON\"`       | must be one of TRIM_HORIZON, LATEST, AT_TIMESTAMP",
                "records.EventSourceArn           | `\"arn:aws:sqs:us-east-1:1:q\"` | a mapping reads a Kinesis stream or the stream of a table",
                "records.FunctionName             | `\"shop-count:dead\"` | the template has no such function or alias",
                "records.TumblingWindowInSeconds  | `60`                | this is not done on this machine, keep the window in the bot's state",
                "changes.EventSourceArn           | `\"arn:aws:dynamodb:us-east-1:1:table/shop-cron/stream/x\"` | must be in the template",
                "tick.ScheduleExpression          | `\"rate(30 seconds)\"` | must be rate(N minutes)",
                "tick.ScheduleExpression          | `\"cron(0 6 * * * *)\"` | one of the days is ?",
                "tick.Target.Arn                  | `{\"Fn::ImportValue\":\"x\"}` | this function of CloudFormation is not known"
            })
    void whatAwsOrThisMachineDoesNotTakeIsRefusedWithWhereItStands(String at, String value, String rule) {
        String resource = at.substring(0, at.indexOf('.'));

        assertThatThrownBy(() -> changed(at, value))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(rule)
                .hasMessageContaining("template=small.json")
                .hasMessageMatching("(?s).*(=" + resource + " |=" + resource + "$|function=shop-count:dead).*");
    }

    @Test
    void aRefusalSaysWhatWhereAndWhichValue() {
        assertThatThrownBy(() -> changed("count.Timeout", "0"))
                .hasMessage("must be a whole number from 1 to 900: template=small.json resource=count path=shop/count"
                        + " type=AWS::Lambda::Function Timeout=0");
    }

    @Test
    void anUnknownTypeOrAttributeOfAResourceIsRefused() {
        assertThatThrownBy(() -> read(SMALL.replace("AWS::CloudWatch::Alarm", "AWS::CloudWatch::Alarms")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("an unknown type")
                .hasMessageContaining("resource=alarm type=AWS::CloudWatch::Alarms");
        assertThatThrownBy(() -> read(SMALL.replace("DeletionPolicy", "Condition")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("resource=heads type=AWS::DynamoDB::Table Condition=\"Retain\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"WEIR_BUS   | a function is not told WEIR_BUS", "WEIR_LANES | a function is not told WEIR_LANES"})
    void aFunctionThatIsNotToldItsBusIsNamed(String variable, String rule) throws IOException {
        Template template = changed("count.Environment.Variables." + variable, "");

        assertThatThrownBy(template::bus)
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(rule)
                .hasMessageContaining("resource=count function=shop-count");
    }

    @Test
    void namesThatGoRoundInACircleEnd() {
        assertThatThrownBy(() -> changed("bucket.BucketName", "{\"Ref\":\"bucket\"}"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("references go round in a circle");
    }
}
