package dev.weir.local.dynamodb;

import dev.weir.aws.DynamoDbItems;
import dev.weir.aws.SystemTime;
import dev.weir.aws.Tables;
import dev.weir.port.ItemConditionsContract;
import dev.weir.port.ItemEditsContract;
import dev.weir.port.ItemLimitsContract;
import dev.weir.port.ItemQueriesContract;
import dev.weir.port.ItemRacesContract;
import dev.weir.port.Items;
import dev.weir.port.ItemsContract;
import dev.weir.port.ItemsFixture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(DynamoDbLocalExtension.class)
class DynamoDbLocalItemsTest {
    private final Items items;

    DynamoDbLocalItemsTest(DynamoDbClient client) {
        this.items = new DynamoDbItems(client, new SystemTime());
    }

    @BeforeAll
    static void createTables(DynamoDbClient client) {
        new Tables(client, new SystemTime()).ensure(ItemsFixture.TABLES);
    }

    @Nested
    class Basics extends ItemsContract {
        @Override
        protected Items items() {
            return items;
        }
    }

    @Nested
    class Conditions extends ItemConditionsContract {
        @Override
        protected Items items() {
            return items;
        }
    }

    @Nested
    class Edits extends ItemEditsContract {
        @Override
        protected Items items() {
            return items;
        }
    }

    @Nested
    class Queries extends ItemQueriesContract {
        @Override
        protected Items items() {
            return items;
        }
    }

    @Nested
    class Limits extends ItemLimitsContract {
        @Override
        protected Items items() {
            return items;
        }
    }

    @Nested
    class Races extends ItemRacesContract {
        @Override
        protected Items items() {
            return items;
        }
    }
}
