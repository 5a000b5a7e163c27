package dev.weir.aws;

import dev.weir.port.Item;
import dev.weir.port.Table;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** A pass over a table, that asks for a page when the one before is used up. For one thread. */
final class Scan implements Iterator<Item> {
    private final DynamoDbClient client;
    private final Patience patience;
    private final Table table;
    private Iterator<Map<String, AttributeValue>> page = Collections.emptyIterator();
    private Map<String, AttributeValue> after = Map.of();
    private boolean last;

    Scan(DynamoDbClient client, Patience patience, Table table) {
        this.client = client;
        this.patience = patience;
        this.table = table;
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext() && !last) {
            readPage();
        }
        return page.hasNext();
    }

    @Override
    public Item next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the scan is over: table=" + table.name());
        }
        return Rows.item(table, page.next());
    }

    private void readPage() {
        ScanRequest request = ScanRequest.builder()
                .tableName(table.name())
                .consistentRead(true)
                .exclusiveStartKey(after.isEmpty() ? null : after)
                .build();
        ScanResponse response = patience.repeat("Scan table=" + table.name(), () -> client.scan(request));
        page = response.items().iterator();
        after = response.lastEvaluatedKey();
        last = after.isEmpty();
    }
}
