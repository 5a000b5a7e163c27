package dev.weir.local.up;

import dev.weir.local.bus.StreamAdmin;
import dev.weir.local.bus.UsageException;
import dev.weir.local.template.StreamResource;
import dev.weir.local.template.TableResource;
import dev.weir.local.template.Template;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/**
 * Makes the tables, streams and buckets of a template as they stand there, and nothing besides. What is there from an earlier start must be
 * the same; shards and retention are changed.
 */
record TemplateResources(Connection connection, Template template) {

    /** A stream on demand begins with so many. Source: Kinesis, "Choose the data stream capacity mode". */
    private static final int ON_DEMAND_SHARDS = 4;

    void make() {
        template.tables().forEach(this::table);
        template.streams().forEach(this::stream);
        template.buckets().forEach(connection::ensureBucket);
    }

    // ------------------------------------------------------------------ tables

    private void table(TableResource table) {
        DynamoDbClient client = connection.dynamoDb();
        CreateTableRequest request = request(table);
        try {
            client.createTable(request);
            try (var waiter = client.waiter()) {
                waiter.waitUntilTableExists(wait -> wait.tableName(table.name()));
            }
            table.expiry()
                    .ifPresent(attribute -> client.updateTimeToLive(update -> update.tableName(table.name())
                            .timeToLiveSpecification(
                                    to -> to.attributeName(attribute).enabled(true))));
        } catch (ResourceInUseException exists) {
            requireSame(
                    request,
                    client.describeTable(describe -> describe.tableName(table.name()))
                            .table());
        }
    }

    private static CreateTableRequest request(TableResource table) {
        List<KeySchemaElement> keys = table.keys().stream()
                .map(key -> KeySchemaElement.builder()
                        .attributeName(key.attribute())
                        .keyType(key.role())
                        .build())
                .toList();
        List<AttributeDefinition> attributes = table.keys().stream()
                .map(key -> AttributeDefinition.builder()
                        .attributeName(key.attribute())
                        .attributeType(key.type())
                        .build())
                .toList();
        Optional<StreamSpecification> changes = table.view().map(view -> StreamSpecification.builder()
                .streamEnabled(true)
                .streamViewType(view)
                .build());
        return CreateTableRequest.builder()
                .tableName(table.name())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(keys)
                .attributeDefinitions(attributes)
                .streamSpecification(changes.orElse(null))
                .build();
    }

    /** CloudFormation would replace a table with another key, and its items would be gone. */
    private static void requireSame(CreateTableRequest wanted, TableDescription found) {
        boolean isSame = wanted.keySchema().equals(found.keySchema())
                && Set.copyOf(wanted.attributeDefinitions()).equals(Set.copyOf(found.attributeDefinitions()))
                && Optional.ofNullable(wanted.streamSpecification())
                        .equals(Optional.ofNullable(found.streamSpecification()));
        if (!isSame) {
            throw new UsageException(
                    "this bus has the table with other keys or another stream, use another --data directory:"
                            + " table=" + wanted.tableName() + " template=" + text(wanted.keySchema()) + " found="
                            + text(found.keySchema()));
        }
    }

    private static String text(List<KeySchemaElement> keys) {
        return keys.stream().map(KeySchemaElement::attributeName).collect(Collectors.joining(","));
    }

    // ------------------------------------------------------------------ streams

    private void stream(StreamResource stream) {
        int shards = stream.shards().orElse(ON_DEMAND_SHARDS);
        new StreamAdmin(connection.kinesis(), connection.wiring().time()).ensure(stream.name(), shards);
        StreamDescriptionSummary found = connection
                .kinesis()
                .describeStreamSummary(describe -> describe.streamName(stream.name()))
                .streamDescriptionSummary();
        if (found.retentionPeriodHours() < stream.retentionHours()) {
            connection.kinesis().increaseStreamRetentionPeriod(increase -> increase.streamName(stream.name())
                    .retentionPeriodHours(stream.retentionHours()));
        } else if (found.retentionPeriodHours() > stream.retentionHours()) {
            connection.kinesis().decreaseStreamRetentionPeriod(decrease -> decrease.streamName(stream.name())
                    .retentionPeriodHours(stream.retentionHours()));
        }
        if (stream.shards().isPresent() && found.openShardCount() != shards) {
            connection.kinesis().updateShardCount(update -> update.streamName(stream.name())
                    .targetShardCount(shards)
                    .scalingType(ScalingType.UNIFORM_SCALING));
        }
    }
}
