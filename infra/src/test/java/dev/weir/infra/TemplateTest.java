package dev.weir.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.bot.BotProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bus promises, read from the template that CloudFormation gets. */
@NeedsNode
class TemplateTest {

    @TempDir
    static Path plainFolder;

    @TempDir
    static Path otherFolder;

    private static Synthesized plain;
    private static Synthesized other;

    @BeforeAll
    static void synthesize() {
        plain = Synthesized.of(plainFolder, Samples.PLAIN, Samples.BOTS);
        other = Synthesized.of(otherFolder, Samples.OTHER, Samples.BOTS);
    }

    // ------------------------------------------------------------------ data

    @Test
    void whatHoldsDataStaysWhenTheStackIsDeleted() {
        for (String type : List.of("AWS::DynamoDB::Table", "AWS::Kinesis::Stream", "AWS::S3::Bucket")) {
            assertThat(plain.all(type)).isNotEmpty();
            plain.all(type).forEach((name, resource) -> {
                assertThat(resource.path("DeletionPolicy").asText()).as(name).isEqualTo("Retain");
                assertThat(resource.path("UpdateReplacePolicy").asText())
                        .as(name)
                        .isEqualTo("Retain");
            });
        }
    }

    @Test
    void whoWantsItGoneGetsItGone() {
        for (String type :
                List.of("AWS::DynamoDB::Table", "AWS::Kinesis::Stream", "AWS::S3::Bucket", "AWS::KMS::Key")) {
            assertThat(other.all(type)).isNotEmpty();
            other.all(type).forEach((name, resource) -> assertThat(
                            resource.path("DeletionPolicy").asText())
                    .as(name)
                    .isEqualTo("Delete"));
        }
        other.all("AWS::DynamoDB::Table").forEach((name, table) -> assertThat(
                        table.at("/Properties/DeletionProtectionEnabled").asBoolean())
                .as(name)
                .isFalse());
    }

    @Test
    void tablesArePaidByRequestCanBeRestoredAndAreNotDeletedByMistake() {
        plain.all("AWS::DynamoDB::Table").forEach((name, table) -> {
            JsonNode properties = table.get("Properties");
            assertThat(properties.get("BillingMode").asText()).as(name).isEqualTo("PAY_PER_REQUEST");
            assertThat(properties
                            .at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                            .asBoolean())
                    .as(name)
                    .isTrue();
            assertThat(properties.get("DeletionProtectionEnabled").asBoolean())
                    .as(name)
                    .isTrue();
            assertThat(properties.at("/SSESpecification/SSEEnabled").asBoolean())
                    .as(name)
                    .isTrue();
        });
    }

    @Test
    void thereIsATableForEachThatCodeKnowsAndNoOther() {
        assertThat(names(plain.all("AWS::DynamoDB::Table"), "TableName"))
                .containsExactly(
                        "shop-checkpoints",
                        "shop-cron",
                        "shop-event",
                        "shop-ledger-balances",
                        "shop-rows-stock",
                        "shop-settings",
                        "shop-shop.orders-cursor",
                        "shop-stock-cursor",
                        "shop-stream",
                        "shop-system");
        assertThat(plain.one("AWS::DynamoDB::Table", "TableName", "shop-stream")
                        .get("KeySchema")
                        .toString())
                .isEqualTo(
                        "[{\"AttributeName\":\"event\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"end\",\"KeyType\":\"RANGE\"}]");
    }

    @Test
    void whatIsOldExpiresWhereTheCodeSaysSo() {
        Map<String, String> expected =
                Map.of("shop-checkpoints", "ttl", "shop-stream", "ttl", "shop-rows-stock", "weir_ttl");
        plain.all("AWS::DynamoDB::Table").values().forEach(table -> {
            String name = table.at("/Properties/TableName").asText();
            JsonNode expiry = table.at("/Properties/TimeToLiveSpecification");
            assertThat(expiry.path("AttributeName").asText("")).as(name).isEqualTo(expected.getOrDefault(name, ""));
            assertThat(expiry.path("Enabled").asBoolean()).as(name).isEqualTo(expected.containsKey(name));
        });
    }

    @Test
    void headsRowsAndRowsOfTablesTellTheirChanges() {
        plain.all("AWS::DynamoDB::Table").values().forEach(table -> {
            String name = table.at("/Properties/TableName").asText();
            String view =
                    table.at("/Properties/StreamSpecification/StreamViewType").asText();
            boolean tells = Set.of("shop-event", "shop-cron", "shop-rows-stock").contains(name);
            assertThat(view).as(name).isEqualTo(tells ? "NEW_AND_OLD_IMAGES" : "");
        });
    }

    @Test
    void streamsKeepRecordsEncryptedForTheirRetention() {
        assertThat(names(plain.all("AWS::Kinesis::Stream"), "Name"))
                .containsExactly("shop-bus", "shop-shipping", "shop-transfers");
        JsonNode provisioned = plain.one("AWS::Kinesis::Stream", "Name", "shop-transfers");
        assertThat(provisioned.get("RetentionPeriodHours").asInt()).isEqualTo(7 * 24);
        assertThat(provisioned.get("ShardCount").asInt()).isEqualTo(1);
        assertThat(provisioned.at("/StreamEncryption/KeyId").asText()).isEqualTo("alias/aws/kinesis");
        JsonNode onDemand = other.one("AWS::Kinesis::Stream", "Name", "acme-eu-transfers");
        assertThat(onDemand.get("RetentionPeriodHours").asInt()).isEqualTo(2 * 24);
        assertThat(onDemand.at("/StreamModeDetails/StreamMode").asText()).isEqualTo("ON_DEMAND");
        assertThat(onDemand.has("ShardCount")).isFalse();
    }

    @Test
    void bucketsAreClosedEncryptedAndReachedByTlsOnly() {
        assertThat(plain.all("AWS::S3::Bucket")).hasSize(2);
        plain.all("AWS::S3::Bucket").forEach((name, bucket) -> {
            JsonNode closed = bucket.at("/Properties/PublicAccessBlockConfiguration");
            assertThat(closed).as(name).hasSize(4).allMatch(JsonNode::asBoolean);
            assertThat(bucket.at("/Properties").has("BucketEncryption"))
                    .as(name)
                    .isTrue();
        });
        assertThat(plain.all("AWS::S3::BucketPolicy").values())
                .hasSize(2)
                .allMatch(policy -> policy.toString().contains("\"aws:SecureTransport\":\"false\"")
                        && policy.toString().contains("\"Effect\":\"Deny\""));
        assertThat(plain.one("AWS::S3::Bucket", "BucketName", "shop-bus")
                        .at("/LifecycleConfiguration/Rules")
                        .findValuesAsText("Id"))
                .containsExactly("unfinished-uploads", "failed-batches", "cold-archive");
    }

    @Test
    void aKeyOfTheAccountsOwnIsUsedForAllDataAndTurnsEachYear() {
        assertThat(names(plain.all("AWS::KMS::Alias"), "AliasName")).containsExactly("alias/shop-alarms");
        assertThat(names(other.all("AWS::KMS::Alias"), "AliasName"))
                .containsExactly("alias/acme-eu-alarms", "alias/acme-eu-bus");
        assertThat(other.all("AWS::KMS::Key").values())
                .hasSize(2)
                .allMatch(key -> key.at("/Properties/EnableKeyRotation").asBoolean());
        other.all("AWS::DynamoDB::Table").forEach((name, table) -> assertThat(
                        table.at("/Properties/SSESpecification/KMSMasterKeyId").isMissingNode())
                .as(name)
                .isFalse());
        assertThat(other.one("AWS::S3::Bucket", "BucketName", "acme-eu-bus").toString())
                .contains("\"aws:kms\"");
        other.all("AWS::Kinesis::Stream").forEach((name, stream) -> assertThat(
                        stream.at("/Properties/StreamEncryption/KeyId").isObject())
                .as(name)
                .isTrue());
    }

    // ------------------------------------------------------------------ functions

    @Test
    void everyFunctionIsJava25OnArmRestoredFromASnapshotAndTraced() {
        assertThat(plain.all("AWS::Lambda::Function")).hasSize(11);
        plain.all("AWS::Lambda::Function").forEach((name, function) -> {
            JsonNode properties = function.get("Properties");
            assertThat(properties.get("Runtime").asText()).as(name).isEqualTo("java25");
            assertThat(properties.at("/Architectures/0").asText()).as(name).isEqualTo("arm64");
            assertThat(properties.at("/SnapStart/ApplyOn").asText()).as(name).isEqualTo("PublishedVersions");
            assertThat(properties.at("/TracingConfig/Mode").asText()).as(name).isEqualTo("Active");
            assertThat(properties.at("/LoggingConfig/LogFormat").asText())
                    .as(name)
                    .isEqualTo("JSON");
            assertThat(properties.at("/Environment/Variables/JAVA_TOOL_OPTIONS").asText())
                    .as(name)
                    .isEqualTo("-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
            assertThat(properties.at("/Environment/Variables/WEIR_BUS").asText())
                    .as(name)
                    .isEqualTo("shop");
            assertThat(properties.at("/Environment/Variables/WEIR_LANES").asText())
                    .as(name)
                    .isEqualTo("1");
        });
        assertThat(plain.all("AWS::Lambda::Version")).hasSize(11);
        assertThat(names(plain.all("AWS::Lambda::Alias"), "Name")).containsExactly("live");
        assertThat(plain.all("AWS::Lambda::Alias")).hasSize(11);
    }

    @Test
    void aBotIsToldItsNameAndItsFunctionHasTheSizeThatWasChosen() {
        JsonNode ledger = other.one("AWS::Lambda::Function", "FunctionName", "acme-eu-ledger");
        assertThat(ledger.get("Handler").asText()).isEqualTo("dev.weir.functions.BotFunction");
        assertThat(ledger.at("/Environment/Variables/WEIR_BOT").asText()).isEqualTo("ledger");
        assertThat(ledger.at("/Environment/Variables/WEIR_LANES").asText()).isEqualTo("16");
        assertThat(ledger.get("MemorySize").asInt()).isEqualTo(2_048);
        assertThat(ledger.get("Timeout").asInt()).isEqualTo(60);
        JsonNode bills = other.one("AWS::Lambda::Function", "FunctionName", "acme-eu-bills");
        assertThat(bills.at("/Environment/Variables/WEIR_INSTANCES").asText()).isEqualTo("4");
        assertThat(bills.get("MemorySize").asInt()).isEqualTo(1_024);
        JsonNode ingest = other.one("AWS::Lambda::Function", "FunctionName", "acme-eu-ingest");
        assertThat(ingest.at("/Environment/Variables/WEIR_RETENTION_DAYS").asText())
                .isEqualTo("30");
    }

    @Test
    void theBusesOwnFunctionsHaveTheirOwnHandlersWhichAreThere() throws ClassNotFoundException {
        for (JsonNode function : plain.all("AWS::Lambda::Function").values()) {
            assertThat(Class.forName(function.at("/Properties/Handler").asText()))
                    .isNotNull();
        }
    }

    @Test
    void logsAreKeptForTheirRetentionAndNotForEver() {
        assertThat(plain.all("AWS::Logs::LogGroup")).hasSize(11);
        plain.all("AWS::Logs::LogGroup").forEach((name, logs) -> assertThat(
                        logs.at("/Properties/RetentionInDays").asInt())
                .as(name)
                .isEqualTo(30));
        other.all("AWS::Logs::LogGroup").forEach((name, logs) -> assertThat(
                        logs.at("/Properties/RetentionInDays").asInt())
                .as(name)
                .isEqualTo(7));
    }

    @Test
    void whatAnInvocationWasToDoIsNotLostWhenItFails() {
        assertThat(plain.all("AWS::Lambda::EventInvokeConfig")).hasSize(11);
        plain.all("AWS::Lambda::EventInvokeConfig").forEach((name, config) -> {
            assertThat(config.at("/Properties/MaximumRetryAttempts").asInt(-1))
                    .as(name)
                    .isZero();
            assertThat(config.at("/Properties/DestinationConfig/OnFailure/Destination")
                            .toString())
                    .as(name)
                    .contains("busdeadletters");
        });
    }

    // ------------------------------------------------------------------ what feeds and runs them

    @Test
    void aStreamIsReadInOrderAndNothingIsGivenUp() {
        JsonNode mapping = mapping(plain, "busledgerrecords");
        assertThat(mapping.get("ParallelizationFactor").asInt()).isEqualTo(1);
        assertThat(mapping.get("MaximumRetryAttempts").asInt()).isEqualTo(-1);
        assertThat(mapping.get("MaximumRecordAgeInSeconds").asInt()).isEqualTo(-1);
        assertThat(mapping.get("BisectBatchOnFunctionError").asBoolean()).isTrue();
        assertThat(mapping.at("/FunctionResponseTypes/0").asText()).isEqualTo("ReportBatchItemFailures");
        assertThat(mapping.get("StartingPosition").asText()).isEqualTo("TRIM_HORIZON");
        assertThat(mapping.get("BatchSize").asInt()).isEqualTo(1_000);
        assertThat(mapping.has("DestinationConfig")).isFalse();
        assertThat(mapping.at("/FunctionName/Ref").asText()).startsWith("busledgeralias");
    }

    @Test
    void whoGivesUpBatchesFindsThemInTheBucketWithTheirRecords() {
        JsonNode mapping = mapping(other, "busledgerrecords");
        assertThat(mapping.get("MaximumRetryAttempts").asInt()).isEqualTo(5);
        assertThat(mapping.get("MaximumRecordAgeInSeconds").asInt()).isEqualTo(6 * 3_600);
        assertThat(mapping.get("BatchSize").asInt()).isEqualTo(200);
        assertThat(mapping.get("MaximumBatchingWindowInSeconds").asInt()).isEqualTo(3);
        assertThat(mapping.at("/DestinationConfig/OnFailure/Destination/Fn::GetAtt/0")
                        .asText())
                .startsWith("busstorebucket");
    }

    @Test
    void everyFeedInvokesTheAliasAndReportsWhatFailed() {
        assertThat(plain.all("AWS::Lambda::EventSourceMapping")).hasSize(5);
        plain.all("AWS::Lambda::EventSourceMapping").forEach((name, mapping) -> {
            assertThat(mapping.at("/Properties/FunctionName/Ref").asText())
                    .as(name)
                    .contains("alias");
            assertThat(mapping.at("/Properties/FunctionResponseTypes").toString())
                    .as(name)
                    .isEqualTo("[\"ReportBatchItemFailures\"]");
        });
        assertThat(mapping(plain, "busheadschanges")
                        .at("/EventSourceArn/Fn::GetAtt/0")
                        .asText())
                .startsWith("busstoretableevent");
        assertThat(mapping(plain, "buscronchanges")
                        .at("/EventSourceArn/Fn::GetAtt/0")
                        .asText())
                .startsWith("busstoretablecron");
        assertThat(mapping(plain, "busshoporderschangesstock")
                        .at("/EventSourceArn/Fn::GetAtt/0")
                        .asText())
                .startsWith("busstoretablerowsstock");
    }

    @Test
    void whatGoesByTimeIsToldTheTime() {
        assertThat(names(plain.all("AWS::Scheduler::Schedule"), "Name"))
                .containsExactly("shop-archive", "shop-cron-tick", "shop-ingest-tick", "shop-ledger");
        JsonNode ledger = plain.one("AWS::Scheduler::Schedule", "Name", "shop-ledger");
        assertThat(ledger.get("ScheduleExpression").asText()).isEqualTo("rate(1 minute)");
        assertThat(ledger.at("/Target/Input").asText()).isEqualTo("{\"tick\":true}");
        assertThat(ledger.at("/Target/Arn/Ref").asText()).startsWith("busledgeralias");
        assertThat(plain.one("AWS::Scheduler::Schedule", "Name", "shop-archive")
                        .get("ScheduleExpression")
                        .asText())
                .isEqualTo("rate(1 hour)");
    }

    // ------------------------------------------------------------------ whole

    @Test
    void clientsOfRStreamsFindTheBusByName() {
        JsonNode secret = plain.one("AWS::SecretsManager::Secret", "Name", "shop-rstreams");
        String config = secret.get("SecretString").toString();
        for (String name : List.of(
                "LeoStream\\\\\\\":\\\\\\\"shop-stream",
                "LeoEvent\\\\\\\":\\\\\\\"shop-event",
                "LeoCron\\\\\\\":\\\\\\\"shop-cron",
                "LeoSettings\\\\\\\":\\\\\\\"shop-settings",
                "LeoSystem\\\\\\\":\\\\\\\"shop-system",
                "LeoS3\\\\\\\":\\\\\\\"shop-bus",
                "LeoKinesisStream\\\\\\\":\\\\\\\"shop-bus",
                "LeoFirehoseStream\\\\\\\":\\\\\\\"shop-firehose")) {
            assertThat(config.replace("\\\"", "\\\\\\\"")).contains(name);
        }
        assertThat(plain.one("AWS::SSM::Parameter", "Name", "/shop/rstreams").get("Value"))
                .isEqualTo(secret.get("SecretString"));
    }

    @Test
    void thereIsNoSecretInTheTemplate() {
        for (Synthesized bus : List.of(plain, other)) {
            assertThat(bus.template().toString())
                    .doesNotContainPattern("AKIA[A-Z0-9]{16}")
                    .doesNotContainPattern("ASIA[A-Z0-9]{16}")
                    .doesNotContainPattern("BEGIN [A-Z ]*PRIVATE KEY")
                    .doesNotContainPattern("(?i)(password|passwd|secret_?access|api_?key|token)\"\\s*:");
            bus.all("AWS::Lambda::Function").forEach((name, function) -> {
                Set<String> variables = new TreeSet<>();
                function.at("/Properties/Environment/Variables").fieldNames().forEachRemaining(variables::add);
                assertThat(variables)
                        .as(name)
                        .isSubsetOf(
                                "JAVA_TOOL_OPTIONS",
                                "WEIR_BOT",
                                "WEIR_BUS",
                                "WEIR_INSTANCES",
                                "WEIR_LANES",
                                "WEIR_METRICS",
                                "WEIR_RETENTION_DAYS");
            });
        }
    }

    @Test
    void nothingRunsOutsideOfTheBusesFunctions() {
        assertThat(plain.template().get("Resources").findValuesAsText("Type").stream()
                        .filter(type -> type.startsWith("Custom::") || type.contains("CustomResource")))
                .isEmpty();
    }

    @Test
    void theBotsOfTheJarMakeAStack(@TempDir Path folder) {
        Synthesized found = Synthesized.of(folder, BusConfig.of("weir"), BotProvider.found());

        assertThat(names(found.all("AWS::Lambda::Function"), "FunctionName")).contains("weir-ledger", "weir-ingest");
        found.all("AWS::IAM::Role").forEach((name, role) -> assertThat(
                        role.get("Properties").get("Policies").toString().length())
                .as(name)
                .isLessThan(10_240));
    }

    // ------------------------------------------------------------------

    private static List<String> names(Map<String, JsonNode> resources, String property) {
        return resources.values().stream()
                .map(resource -> resource.get("Properties").get(property).asText())
                .distinct()
                .sorted()
                .toList();
    }

    private static JsonNode mapping(Synthesized bus, String name) {
        return bus.all("AWS::Lambda::EventSourceMapping").entrySet().stream()
                .filter(mapping -> Resolver.plain(mapping.getKey()).equals(name))
                .map(mapping -> mapping.getValue().get("Properties"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no mapping: name=" + name));
    }
}
