package dev.weir.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aws.BalanceRow;
import dev.weir.aws.Balances;
import dev.weir.aws.DynamoDbItems;
import dev.weir.aws.SystemTime;
import dev.weir.aws.Tables;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(DynamoDbLocalExtension.class)
class BalancesTest {
    private final Table table = new Table("state-" + UUID.randomUUID(), "key", "lane");
    private final DynamoDbClient client;
    private final Items items;
    private final Balances balances;

    BalancesTest(DynamoDbClient client) {
        this.client = client;
        this.items = new DynamoDbItems(client, new SystemTime());
        this.balances = new Balances(client, table.name());
    }

    @BeforeEach
    void createTable() {
        new Tables(client, new SystemTime()).ensure(List.of(table));
    }

    @Test
    void aRowIsReadWithItsTypes() {
        store("alice", "lane-3", "12.30", 7);

        List<BalanceRow> rows = balances.of("alice");

        assertThat(rows)
                .containsExactly(
                        new BalanceRow("alice", "lane-3", "12.30", 7, Instant.ofEpochMilli(1_795_194_307_123L)));
        assertThat(rows.getFirst().amount()).isEqualTo("12.30");
        assertThat(balances.of("bob")).isEmpty();
    }

    @Test
    void anAccountInPartsHasARowForEachLane() {
        store("sweep", "lane-1", "-5", 1);
        store("sweep", "lane-0", "-7.5", 2);
        store("swee", "lane-0", "1", 1);

        assertThat(balances.of("sweep")).extracting(BalanceRow::lane).containsExactly("lane-0", "lane-1");
    }

    @Test
    void allRowsAreReadOverManyPages() {
        String large = "1".repeat(300_000);
        for (int i = 0; i < 9; i++) {
            store("account" + i, "lane-0", large, i);
        }

        assertThat(balances.all().map(BalanceRow::version))
                .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    private void store(String account, String lane, String value, long version) {
        Item row = Item.at(new Key(table, account, lane))
                .with("value", value)
                .with("version", version)
                .with("updated", 1_795_194_307_123L)
                .build();
        assertThat(items.write(new Write.Put(row, Condition.ALWAYS))).isEqualTo(WriteOutcome.WRITTEN);
    }
}
