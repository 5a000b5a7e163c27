package dev.weir.aws;

import dev.weir.port.Write;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** Transactions as DynamoDB takes them: a pure conversion, nothing is checked or sent. */
public final class TransactionRequests {
    private TransactionRequests() {}

    /**
     * The request for some writes, in their order.
     *
     * <p>It has no client token. The SDK adds one, new for each call: it protects nothing here, because no call is sent twice, and
     * DynamoDB would forget it after ten minutes.
     */
    public static TransactWriteItemsRequest of(List<Write> writes) {
        List<TransactWriteItem> items = new ArrayList<>(writes.size());
        for (Write write : writes) {
            items.add(of(write));
        }
        return TransactWriteItemsRequest.builder().transactItems(items).build();
    }

    private static TransactWriteItem of(Write write) {
        String table = write.key().table().name();
        Expressions expressions = Expressions.of(write);
        TransactWriteItem.Builder item = TransactWriteItem.builder();
        return switch (write) {
            case Write.Put put ->
                item.put(to -> to.tableName(table)
                                .item(Rows.of(put.item()))
                                .conditionExpression(expressions.condition())
                                .expressionAttributeNames(expressions.names())
                                .expressionAttributeValues(expressions.values()))
                        .build();
            case Write.Update _, Write.Edits _ ->
                item.update(to -> to.tableName(table)
                                .key(Rows.of(write.key()))
                                .updateExpression(expressions.update())
                                .conditionExpression(expressions.condition())
                                .expressionAttributeNames(expressions.names())
                                .expressionAttributeValues(expressions.values()))
                        .build();
            case Write.Delete delete ->
                item.delete(to -> to.tableName(table)
                                .key(Rows.of(delete.key()))
                                .conditionExpression(expressions.condition())
                                .expressionAttributeNames(expressions.names())
                                .expressionAttributeValues(expressions.values()))
                        .build();
        };
    }
}
