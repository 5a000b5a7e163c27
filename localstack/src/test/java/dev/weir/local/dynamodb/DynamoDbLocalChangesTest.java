package dev.weir.local.dynamodb;

import dev.weir.aws.Clients;
import dev.weir.aws.DynamoDbChanges;
import dev.weir.aws.DynamoDbItems;
import dev.weir.aws.SystemTime;
import dev.weir.aws.Tables;
import dev.weir.port.Items;
import dev.weir.port.Table;
import dev.weir.port.TableChanges;
import dev.weir.port.TableChangesContract;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

@ExtendWith(DynamoDbLocalExtension.class)
class DynamoDbLocalChangesTest extends TableChangesContract {
    private final Table table = new Table("changes-" + UUID.randomUUID(), "key", "sort", true);
    private final Table silent = new Table("silent-" + UUID.randomUUID(), "key", null);
    private final DynamoDbItems items;
    private final DynamoDbStreamsClient streams;
    private final TableChanges changes;

    DynamoDbLocalChangesTest(DynamoDbLocal local, DynamoDbClient client) {
        SystemTime time = new SystemTime();
        this.items = new DynamoDbItems(client, time);
        this.streams = new Clients("us-east-1", local.endpoint(), Map.of()).dynamoDbStreams();
        this.changes = new DynamoDbChanges(client, streams, time);
        new Tables(client, time).ensure(List.of(table, silent));
    }

    @AfterEach
    void close() {
        streams.close();
    }

    @Override
    protected TableChanges changes() {
        return changes;
    }

    @Override
    protected Items items() {
        return items;
    }

    @Override
    protected Table table() {
        return table;
    }

    @Override
    protected Table silent() {
        return silent;
    }
}
