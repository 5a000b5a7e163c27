package dev.weir.aws;

import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primarySortKey;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Reads a state table for people: consoles, reports, audits. Not on the way of an event. Consistent row by row, not over the table.
 *
 * <p>Thread-safe. Does not close the client. Failures are those of the SDK.
 */
public final class Balances {

    private static final TableSchema<BalanceRow> SCHEMA = TableSchema.builder(
                    BalanceRow.class, BalanceRow.Builder.class)
            .newItemBuilder(BalanceRow.Builder::new, BalanceRow.Builder::build)
            .addAttribute(String.class, key -> key.name("key")
                    .getter(BalanceRow::account)
                    .setter(BalanceRow.Builder::account)
                    .tags(primaryPartitionKey()))
            .addAttribute(String.class, lane -> lane.name("lane")
                    .getter(BalanceRow::lane)
                    .setter(BalanceRow.Builder::lane)
                    .tags(primarySortKey()))
            .addAttribute(
                    String.class,
                    value -> value.name("value").getter(BalanceRow::value).setter(BalanceRow.Builder::value))
            .addAttribute(Long.class, version -> version.name("version")
                    .getter(BalanceRow::version)
                    .setter(BalanceRow.Builder::version))
            .addAttribute(Long.class, updated -> updated.name("updated")
                    .getter(row -> row.updated().toEpochMilli())
                    .setter(BalanceRow.Builder::updatedMillis))
            .build();

    private final DynamoDbTable<BalanceRow> table;

    /** @param table physical name of the state table */
    public Balances(DynamoDbClient client, String table) {
        this.table =
                DynamoDbEnhancedClient.builder().dynamoDbClient(client).build().table(table, SCHEMA);
    }

    /** Every row, in any order; pages are fetched as the stream is read. */
    public Stream<BalanceRow> all() {
        return table.scan(scan -> scan.consistentRead(true)).items().stream();
    }

    /** The rows of one account, by lane: one, or several for an account that is kept in parts. */
    public List<BalanceRow> of(String account) {
        QueryConditional rows = QueryConditional.keyEqualTo(key -> key.partitionValue(account));
        return table.query(query -> query.queryConditional(rows).consistentRead(true)).items().stream()
                .toList();
    }
}
