package dev.weir.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.aws.DynamoDbItems;
import dev.weir.aws.SystemTime;
import dev.weir.aws.Tables;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Write;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

@ExtendWith(DynamoDbLocalExtension.class)
class TablesTest {
    private final Table plain = new Table("plain-" + UUID.randomUUID(), "key", null);
    private final Table sorted = new Table("sorted-" + UUID.randomUUID(), "pk", "sk");
    private final DynamoDbClient client;
    private final Tables tables;

    TablesTest(DynamoDbClient client) {
        this.client = client;
        this.tables = new Tables(client, new SystemTime());
    }

    @Test
    void missingTablesAreCreatedAndThoseThereAreLeftAlone() {
        DynamoDbItems items = new DynamoDbItems(client, new SystemTime());
        Item item = Item.at(new Key(plain, "a", null)).with("n", 1).build();

        tables.ensure(List.of(plain));
        items.write(new Write.Put(item, Condition.ALWAYS));
        tables.ensure(List.of(plain, sorted));

        assertThat(items.get(item.key())).contains(item);
        assertThat(items.query(sorted, "p", "a", "b", 1)).isEmpty();
        assertThat(client.describeTable(describe -> describe.tableName(sorted.name()))
                        .table()
                        .billingModeSummary()
                        .billingMode())
                .isEqualTo(BillingMode.PAY_PER_REQUEST);
    }

    @Test
    void expiryIsTurnedOnOnce() {
        tables.ensure(List.of(plain));

        tables.ensureExpiry(plain, "expires");
        tables.ensureExpiry(plain, "expires");

        var expiry = client.describeTimeToLive(describe -> describe.tableName(plain.name()))
                .timeToLiveDescription();
        assertThat(expiry.attributeName()).isEqualTo("expires");
        assertThat(expiry.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
    }

    @Test
    void aTablePublishesItsChangesAlsoIfItWasMadeWithoutThem() {
        Table fresh = new Table("fresh-" + UUID.randomUUID(), "key", null, true);
        tables.ensure(List.of(plain, fresh));
        assertThat(published(plain)).isNull();
        assertThat(published(fresh)).isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);

        Table asked = new Table(plain.name(), "key", null, true);
        tables.ensure(List.of(asked));
        tables.ensure(List.of(asked));

        assertThat(published(plain)).isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
    }

    private @Nullable StreamViewType published(Table table) {
        var specification = client.describeTable(describe -> describe.tableName(table.name()))
                .table()
                .streamSpecification();
        return specification == null ? null : specification.streamViewType();
    }

    @Test
    void aTableThatDoesNotExistIsRefused() {
        DynamoDbItems items = new DynamoDbItems(client, new SystemTime());
        Item item = Item.at(new Key(plain, "a", null)).build();

        assertThatIllegalArgumentException().isThrownBy(() -> items.get(item.key()));
        assertThatIllegalArgumentException().isThrownBy(() -> items.write(new Write.Put(item, Condition.ALWAYS)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> items.transact(List.of(new Write.Put(item, Condition.ALWAYS))));
    }
}
