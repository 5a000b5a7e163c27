package dev.weir.aws;

import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Reads and deletes of many keys, in as many requests as it takes. Keys must be distinct. Thread-safe. */
final class Batches {

    /** Most keys in one read. Source: DynamoDB, BatchGetItem. */
    static final int GET_KEYS_MAX = 100;

    /** Most writes in one request. Source: DynamoDB, BatchWriteItem. */
    static final int WRITES_MAX = 25;

    private final DynamoDbClient client;
    private final Patience patience;

    Batches(DynamoDbClient client, Patience patience) {
        this.client = client;
        this.patience = patience;
    }

    List<Item> get(List<Key> keys) {
        List<Item> found = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += GET_KEYS_MAX) {
            getBatch(keys.subList(from, Math.min(keys.size(), from + GET_KEYS_MAX)), found);
        }
        return List.copyOf(found);
    }

    void delete(List<Key> keys) {
        for (int from = 0; from < keys.size(); from += WRITES_MAX) {
            Map<String, List<WriteRequest>> deletes = new HashMap<>();
            for (Key key : keys.subList(from, Math.min(keys.size(), from + WRITES_MAX))) {
                deletes.computeIfAbsent(key.table().name(), _ -> new ArrayList<>())
                        .add(WriteRequest.builder()
                                .deleteRequest(delete -> delete.key(Rows.of(key)))
                                .build());
            }
            untilProcessed("BatchWriteItem", deletes, rest -> client.batchWriteItem(write -> write.requestItems(rest))
                    .unprocessedItems());
        }
    }

    private void getBatch(List<Key> keys, List<Item> found) {
        Map<String, Table> tables = new HashMap<>();
        Map<String, List<Key>> byTable = new HashMap<>();
        for (Key key : keys) {
            tables.put(key.table().name(), key.table());
            byTable.computeIfAbsent(key.table().name(), _ -> new ArrayList<>()).add(key);
        }
        Map<String, KeysAndAttributes> asked = new HashMap<>();
        byTable.forEach((table, some) -> asked.put(
                table,
                KeysAndAttributes.builder()
                        .keys(some.stream().map(Rows::of).toList())
                        .consistentRead(true)
                        .build()));
        untilProcessed("BatchGetItem", asked, rest -> {
            BatchGetItemResponse response = client.batchGetItem(get -> get.requestItems(rest));
            response.responses().forEach((name, rows) -> {
                Table table = tables.get(name);
                if (table != null) {
                    rows.forEach(row -> found.add(Rows.item(table, row)));
                }
            });
            return response.unprocessedKeys();
        });
    }

    /** Sends what is left until nothing is. An answer that got somewhere is not a failed attempt. */
    private <R> void untilProcessed(String what, Map<String, R> all, UnaryOperator<Map<String, R>> send) {
        Map<String, R> rest = all;
        for (int stuck = 0; !rest.isEmpty(); ) {
            Map<String, R> sent = rest;
            rest = patience.repeat(what + " tables=" + sent.keySet(), () -> send.apply(sent));
            stuck = rest.equals(sent) ? stuck + 1 : 0;
            if (stuck == Patience.ATTEMPTS_MAX) {
                throw new StoreUnavailableException(
                        what + " made no progress: attempts=" + stuck + " tables=" + sent.keySet());
            }
            if (!rest.isEmpty()) {
                patience.pauseAfter(stuck + 1);
            }
        }
    }
}
