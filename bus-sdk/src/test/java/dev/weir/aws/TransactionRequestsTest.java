package dev.weir.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Edit;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Path;
import dev.weir.port.Table;
import dev.weir.port.Write;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

class TransactionRequestsTest {
    private static final Key KEY = new Key(new Table("t", "pk", "sk"), "p", "s");

    @Test
    void aPutThatMustCreate() {
        var put = one(new Write.Put(Item.at(KEY).with("n", 7).build(), Condition.ABSENT))
                .put();

        assertThat(put.tableName()).isEqualTo("t");
        assertThat(put.item())
                .isEqualTo(Map.of(
                        "pk",
                        AttributeValue.fromS("p"),
                        "sk",
                        AttributeValue.fromS("s"),
                        "n",
                        AttributeValue.fromN("7")));
        assertThat(put.conditionExpression()).isEqualTo("attribute_not_exists(#c)");
        assertThat(put.expressionAttributeNames()).isEqualTo(Map.of("#c", "pk"));
        assertThat(put.hasExpressionAttributeValues()).isFalse();
    }

    @Test
    void anUpdateBehindAFence() {
        var update = one(new Write.Update(
                        KEY, Map.of("fence", Attribute.of(8)), new Condition.Equal("fence", Attribute.of(7))))
                .update();

        assertThat(update.key()).isEqualTo(Map.of("pk", AttributeValue.fromS("p"), "sk", AttributeValue.fromS("s")));
        assertThat(update.updateExpression()).isEqualTo("SET #u0 = :u0");
        assertThat(update.conditionExpression()).isEqualTo("#c = :c");
        assertThat(update.expressionAttributeNames()).isEqualTo(Map.of("#u0", "fence", "#c", "fence"));
        assertThat(update.expressionAttributeValues())
                .isEqualTo(Map.of(":u0", AttributeValue.fromN("8"), ":c", AttributeValue.fromN("7")));
    }

    @Test
    void aDeleteBelowABound() {
        var delete = one(new Write.Delete(KEY, new Condition.AbsentOrBelow("end", Attribute.of("z/2"))))
                .delete();

        assertThat(delete.conditionExpression()).isEqualTo("attribute_not_exists(#c) OR #c < :c");
        assertThat(delete.expressionAttributeNames()).isEqualTo(Map.of("#c", "end"));
        assertThat(delete.expressionAttributeValues()).isEqualTo(Map.of(":c", AttributeValue.fromS("z/2")));
    }

    @Test
    void editsWithinAnItemUnderConditionsOnPaths() {
        Path count = Path.of("map", "queue:a.b");
        var update = one(new Write.Edits(
                        KEY,
                        List.of(
                                new Edit.Add(count, 2),
                                new Edit.SetIfAbsent(Path.of("map", "x"), Attribute.of("v")),
                                new Edit.Remove(Path.of("x"))),
                        Condition.allOf(
                                Condition.absent(Path.of("x")),
                                Condition.anyOf(Condition.ABSENT, Condition.atMost(count, Attribute.of(7))))))
                .update();

        assertThat(update.updateExpression())
                .isEqualTo("SET #p0.#p1 = if_not_exists(#p0.#p1, :zero) + :p1, #p0.#p2 = if_not_exists(#p0.#p2, :p2)"
                        + " REMOVE #p2");
        assertThat(update.conditionExpression())
                .isEqualTo("attribute_not_exists(#p2) AND (attribute_not_exists(#p3) OR #p0.#p1 <= :p3)");
        assertThat(update.expressionAttributeNames())
                .isEqualTo(Map.of("#p0", "map", "#p1", "queue:a.b", "#p2", "x", "#p3", "pk"));
        assertThat(update.expressionAttributeValues())
                .isEqualTo(Map.of(
                        ":zero",
                        AttributeValue.fromN("0"),
                        ":p1",
                        AttributeValue.fromN("2"),
                        ":p2",
                        AttributeValue.fromS("v"),
                        ":p3",
                        AttributeValue.fromN("7")));
    }

    @Test
    void aWriteWithoutConditionHasNoExpression() {
        var put = one(new Write.Put(Item.at(KEY).build(), Condition.ALWAYS)).put();

        assertThat(put.conditionExpression()).isNull();
        assertThat(put.hasExpressionAttributeNames()).isFalse();
        assertThat(put.hasExpressionAttributeValues()).isFalse();
    }

    @Test
    void theOrderIsKeptAndThereIsNoToken() {
        TransactWriteItemsRequest request = TransactionRequests.of(List.of(
                new Write.Delete(KEY, Condition.ALWAYS),
                new Write.Put(Item.at(KEY).build(), Condition.ALWAYS)));

        assertThat(request.transactItems()).hasSize(2);
        assertThat(request.transactItems().get(0).delete()).isNotNull();
        assertThat(request.transactItems().get(1).put()).isNotNull();
        assertThat(request.clientRequestToken()).isNull();
    }

    private static TransactWriteItem one(Write write) {
        return TransactionRequests.of(List.of(write)).transactItems().getFirst();
    }
}
