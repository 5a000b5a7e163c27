package dev.weir.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.aws.DynamoDbItems;
import dev.weir.aws.SystemTime;
import dev.weir.aws.Tables;
import dev.weir.aws.TransactionRequests;
import dev.weir.memory.MemoryItems;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Write;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Differences between the items in memory and DynamoDB that random programs once showed. */
@ExtendWith(DynamoDbLocalExtension.class)
class ComparedItemsTest {
    private static final Table TABLE = new Table("compared-before", "pk", "sk");
    private static final Key KEY = new Key(TABLE, "p", "s");

    private final DynamoDbClient client;
    private final List<Items> both;

    ComparedItemsTest(DynamoDbClient client) {
        this.client = client;
        this.both = List.of(new MemoryItems(), new DynamoDbItems(client, new SystemTime()));
    }

    @BeforeAll
    static void createTable(DynamoDbClient client) {
        new Tables(client, new SystemTime()).ensure(List.of(TABLE));
    }

    @Test
    void anEmptyPartitionHasTheOrderOfUtf8Too() {
        for (Items items : both) {
            assertThat(items.query(TABLE, "empty", "\uFFFD", "🐢", Integer.MAX_VALUE))
                    .as("%s", items)
                    .isEmpty();
        }
    }

    @Test
    void anAttributeWithinAMapHasAName() {
        Attribute nameless = Attribute.of(List.of(Attribute.of(Map.of("", Attribute.of(1)))));
        Write put = new Write.Put(Item.at(KEY).with("a", nameless).build(), Condition.ALWAYS);
        Write conditional = new Write.Delete(KEY, new Condition.Equal("a", nameless));

        for (Write write : List.of(put, conditional)) {
            assertThatThrownBy(() -> client.transactWriteItems(TransactionRequests.of(List.of(write))))
                    .as("DynamoDB itself")
                    .isInstanceOf(DynamoDbException.class)
                    .hasMessageContaining("Empty attribute name");
            for (Items items : both) {
                assertThatIllegalArgumentException()
                        .as("%s", items)
                        .isThrownBy(() -> items.write(write))
                        .withMessageContaining("has a name");
            }
        }
    }
}
