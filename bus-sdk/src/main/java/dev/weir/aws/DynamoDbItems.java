package dev.weir.aws;

import dev.weir.port.Item;
import dev.weir.port.ItemLimits;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Time;
import dev.weir.port.Utf8Order;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * {@link Items} on DynamoDB. Reads are strongly consistent.
 *
 * <p>A write is sent once. A second sending of a conditional write whose answer was lost would fail on its own effect and look like
 * someone else's; only the caller, who knows what it wrote, can tell. So the client must not retry by itself, and reads and
 * unconditional deletes are repeated here, at most seven times with growing pauses.
 *
 * <p>Thread-safe. Does not close the client.
 */
public final class DynamoDbItems implements Items {
    private static final int WRITES_AT_ONCE = 8;

    private final DynamoDbClient client;
    private final Patience patience;
    private final Batches batches;

    /**
     * @param client a client that does not retry, as {@link Clients} makes them
     * @param time for the pauses between attempts
     * @throws IllegalArgumentException if the client retries
     */
    public DynamoDbItems(DynamoDbClient client, Time time) {
        this.client = Clients.requireNoRetries(client);
        this.patience = new Patience(time);
        this.batches = new Batches(client, patience);
    }

    @Override
    public Optional<Item> get(Key key) {
        ItemLimits.check(key);
        Table table = key.table();
        Map<String, AttributeValue> row = patience.repeat(
                        "GetItem table=" + table.name(),
                        () -> client.getItem(get ->
                                get.tableName(table.name()).key(Rows.of(key)).consistentRead(true)))
                .item();
        return row.isEmpty() ? Optional.empty() : Optional.of(Rows.item(table, row));
    }

    @Override
    public List<Item> getAll(Collection<Key> keys) {
        keys.forEach(ItemLimits::check);
        return batches.get(List.copyOf(new LinkedHashSet<>(keys)));
    }

    @Override
    public List<Item> query(Table table, String partition, String fromInclusive, String toExclusive, int limit) {
        ItemLimits.checkQuery(table, partition, fromInclusive, toExclusive, limit);
        // DynamoDB refuses bounds that are empty or the wrong way round; to us they are ranges like others.
        if (Utf8Order.ASCENDING.compare(fromInclusive, toExclusive) >= 0) {
            return List.of();
        }
        QueryRequest.Builder request = range(table, partition, fromInclusive, toExclusive);
        List<Item> items = new ArrayList<>();
        Map<String, AttributeValue> after = Map.of();
        do {
            request.exclusiveStartKey(after.isEmpty() ? null : after).limit(limit - items.size());
            QueryRequest page = request.build();
            QueryResponse response = patience.repeat("Query table=" + table.name(), () -> client.query(page));
            for (Map<String, AttributeValue> row : response.items()) {
                Item item = Rows.item(table, row);
                if (!toExclusive.equals(item.key().sort())) {
                    items.add(item);
                }
            }
            after = response.lastEvaluatedKey();
        } while (!after.isEmpty() && items.size() < limit);
        return List.copyOf(items);
    }

    @Override
    public Iterable<Item> scan(Table table) {
        return () -> new Scan(client, patience, table);
    }

    @Override
    public WriteOutcome write(Write write) {
        ItemLimits.check(write);
        try {
            send(write);
            return WriteOutcome.WRITTEN;
        } catch (SdkException failed) {
            return WriteOutcomes.of(List.of(write), failed);
        }
    }

    /** Sends {@value #WRITES_AT_ONCE} at once. */
    @Override
    public List<WriteOutcome> writeAll(List<Write> writes) {
        WriteOutcome[] outcomes = new WriteOutcome[writes.size()];
        AtomicInteger next = new AtomicInteger();
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        for (int i = 0; i < Math.min(WRITES_AT_ONCE, writes.size()); i++) {
            senders.add(CompletableFuture.runAsync(
                    () -> {
                        for (int at = next.getAndIncrement(); at < outcomes.length; at = next.getAndIncrement()) {
                            outcomes[at] = write(writes.get(at));
                        }
                    },
                    sender -> Thread.ofVirtual().start(sender)));
        }
        senders.forEach(CompletableFuture::join);
        return List.of(outcomes);
    }

    @Override
    public WriteOutcome transact(List<Write> writes) {
        ItemLimits.checkTransaction(writes);
        try {
            client.transactWriteItems(TransactionRequests.of(writes));
            return WriteOutcome.WRITTEN;
        } catch (SdkException failed) {
            return WriteOutcomes.of(writes, failed);
        }
    }

    @Override
    public void deleteAll(Collection<Key> keys) {
        keys.forEach(ItemLimits::check);
        batches.delete(List.copyOf(new LinkedHashSet<>(keys)));
    }

    private void send(Write write) {
        String table = write.key().table().name();
        Expressions expressions = Expressions.of(write);
        switch (write) {
            case Write.Put put ->
                client.putItem(to -> to.tableName(table)
                        .item(Rows.of(put.item()))
                        .conditionExpression(expressions.condition())
                        .expressionAttributeNames(expressions.names())
                        .expressionAttributeValues(expressions.values()));
            case Write.Update _, Write.Edits _ ->
                client.updateItem(to -> to.tableName(table)
                        .key(Rows.of(write.key()))
                        .updateExpression(expressions.update())
                        .conditionExpression(expressions.condition())
                        .expressionAttributeNames(expressions.names())
                        .expressionAttributeValues(expressions.values()));
            case Write.Delete delete ->
                client.deleteItem(to -> to.tableName(table)
                        .key(Rows.of(delete.key()))
                        .conditionExpression(expressions.condition())
                        .expressionAttributeNames(expressions.names())
                        .expressionAttributeValues(expressions.values()));
        }
    }

    /** The upper bound is included, because a key condition has one range and no half-open one; the caller drops it. */
    private static QueryRequest.Builder range(Table table, String partition, String from, String to) {
        Map<String, String> names = new HashMap<>();
        names.put("#p", table.partition());
        names.put("#s", table.sort());
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":p", AttributeValue.fromS(partition));
        values.put(":to", AttributeValue.fromS(to));
        if (!from.isEmpty()) {
            values.put(":from", AttributeValue.fromS(from));
        }
        return QueryRequest.builder()
                .tableName(table.name())
                .consistentRead(true)
                .keyConditionExpression(
                        from.isEmpty() ? "#p = :p AND #s < :to" : "#p = :p AND #s BETWEEN :from AND :to")
                .expressionAttributeNames(names)
                .expressionAttributeValues(values);
    }
}
