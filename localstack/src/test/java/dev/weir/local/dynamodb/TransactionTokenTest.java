package dev.weir.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.aws.DynamoDbItems;
import dev.weir.aws.SystemTime;
import dev.weir.aws.Tables;
import dev.weir.aws.TransactionRequests;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** What DynamoDB does with client tokens for ten minutes, and that Weir does not lean on it: its conditions see a second sending. */
@ExtendWith(DynamoDbLocalExtension.class)
class TransactionTokenTest {
    private static final Table TABLE = new Table("compared-tokens", "pk", null);

    private final DynamoDbClient client;
    private final Items items;
    private final Key key = new Key(TABLE, "token-" + UUID.randomUUID(), null);
    private final String token = UUID.randomUUID().toString();

    TransactionTokenTest(DynamoDbClient client) {
        this.client = client;
        this.items = new DynamoDbItems(client, new SystemTime());
    }

    @BeforeAll
    static void createTable(DynamoDbClient client) {
        new Tables(client, new SystemTime()).ensure(List.of(TABLE));
    }

    @Test
    void aRequestWithTheSameTokenIsAppliedOnce() {
        client.transactWriteItems(add(1, token));
        client.transactWriteItems(add(1, token));
        assertThat(count()).isEqualTo(1);

        client.transactWriteItems(add(1, UUID.randomUUID().toString()));
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void anotherRequestWithTheSameTokenIsRefused() {
        client.transactWriteItems(add(1, token));

        assertThatThrownBy(() -> client.transactWriteItems(add(2, token)))
                .isInstanceOf(IdempotentParameterMismatchException.class);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void ourRequestsHaveNoToken() {
        assertThat(TransactionRequests.of(List.of(create())).clientRequestToken())
                .isNull();
    }

    @Test
    void ourTransactionSentTwiceMeetsItsOwnCondition() {
        assertThat(items.transact(List.of(create()))).isEqualTo(WriteOutcome.WRITTEN);

        assertThat(items.transact(List.of(create())))
                .as("a token that the adapter kept would answer that it is written")
                .isEqualTo(new WriteOutcome.ConditionFailed(List.of(key)));
    }

    private Write create() {
        return new Write.Update(key, Map.of("n", Attribute.of(1)), Condition.ABSENT);
    }

    private long count() {
        return items.get(key).orElseThrow().integer("n");
    }

    private TransactWriteItemsRequest add(int amount, String clientToken) {
        Update update = Update.builder()
                .tableName(TABLE.name())
                .key(Map.of("pk", AttributeValue.fromS(key.partition())))
                .updateExpression("ADD #n :n")
                .expressionAttributeNames(Map.of("#n", "n"))
                .expressionAttributeValues(Map.of(":n", AttributeValue.fromN(Integer.toString(amount))))
                .build();
        return TransactWriteItemsRequest.builder()
                .clientRequestToken(clientToken)
                .transactItems(TransactWriteItem.builder().update(update).build())
                .build();
    }
}
