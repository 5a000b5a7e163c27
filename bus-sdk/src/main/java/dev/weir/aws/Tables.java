package dev.weir.aws;

import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Table;
import dev.weir.port.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * Creates the tables of a bus that runs locally or in a test; a deployed one gets them from its stack. Tables that exist keep their
 * items and keys; only what a table publishes is turned on. Thread-safe, also against other processes that do the same.
 */
public final class Tables {

    /** How often a new table is asked whether it is ready. */
    static final int READY_CHECKS_MAX = 300;

    private static final Duration READY_PAUSE = Duration.ofMillis(200);

    private static final StreamSpecification CHANGES = StreamSpecification.builder()
            .streamEnabled(true)
            .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
            .build();

    private final DynamoDbClient client;
    private final Time time;
    private final Patience patience;

    public Tables(DynamoDbClient client, Time time) {
        this.client = client;
        this.time = time;
        this.patience = new Patience(time);
    }

    /**
     * Creates what is missing, paid per request, and returns when all can be used.
     *
     * @throws StoreUnavailableException if a table does not become ready within a minute
     */
    public void ensure(List<Table> tables) {
        tables.forEach(this::create);
        tables.forEach(this::awaitActive);
        tables.stream().filter(Table::changes).forEach(this::ensureChanges);
    }

    /** Lets DynamoDB remove the items whose attribute, in seconds since the epoch, has passed. Does nothing if that is on. */
    public void ensureExpiry(Table table, String attribute) {
        TimeToLiveDescription now = patience.repeat(
                        "DescribeTimeToLive table=" + table.name(),
                        () -> client.describeTimeToLive(describe -> describe.tableName(table.name())))
                .timeToLiveDescription();
        boolean on = now != null
                && attribute.equals(now.attributeName())
                && (now.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                        || now.timeToLiveStatus() == TimeToLiveStatus.ENABLING);
        if (!on) {
            patience.repeat(
                    "UpdateTimeToLive table=" + table.name(),
                    () -> client.updateTimeToLive(update -> update.tableName(table.name())
                            .timeToLiveSpecification(
                                    to -> to.attributeName(attribute).enabled(true))));
        }
    }

    private void create(Table table) {
        CreateTableRequest request = request(table);
        patience.repeat("CreateTable table=" + table.name(), () -> {
            try {
                client.createTable(request);
            } catch (ResourceInUseException exists) {
                return false;
            }
            return true;
        });
    }

    /** A table of an older release has no stream. */
    private void ensureChanges(Table table) {
        StreamSpecification now = describe(table).streamSpecification();
        if (now != null && Boolean.TRUE.equals(now.streamEnabled())) {
            return;
        }
        patience.repeat("UpdateTable table=" + table.name(), () -> {
            try {
                client.updateTable(update -> update.tableName(table.name()).streamSpecification(CHANGES));
            } catch (ResourceInUseException another) {
                return false;
            }
            return true;
        });
        awaitActive(table);
    }

    private TableDescription describe(Table table) {
        return patience.repeat(
                        "DescribeTable table=" + table.name(),
                        () -> client.describeTable(describe -> describe.tableName(table.name())))
                .table();
    }

    private void awaitActive(Table table) {
        for (int check = 0; check < READY_CHECKS_MAX; check++) {
            if (describe(table).tableStatus() == TableStatus.ACTIVE) {
                return;
            }
            time.pause(READY_PAUSE);
        }
        throw new StoreUnavailableException(
                "table does not become ready: table=" + table.name() + " checks=" + READY_CHECKS_MAX);
    }

    private static CreateTableRequest request(Table table) {
        List<KeySchemaElement> keys = new ArrayList<>();
        keys.add(key(table.partition(), KeyType.HASH));
        if (table.sort() != null) {
            keys.add(key(table.sort(), KeyType.RANGE));
        }
        return CreateTableRequest.builder()
                .tableName(table.name())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(keys)
                .streamSpecification(table.changes() ? CHANGES : null)
                .attributeDefinitions(keys.stream()
                        .map(key -> AttributeDefinition.builder()
                                .attributeName(key.attributeName())
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .toList())
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
