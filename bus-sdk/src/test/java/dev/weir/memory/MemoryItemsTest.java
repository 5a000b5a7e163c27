package dev.weir.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.ItemConditionsContract;
import dev.weir.port.ItemEditsContract;
import dev.weir.port.ItemLimitsContract;
import dev.weir.port.ItemQueriesContract;
import dev.weir.port.ItemRacesContract;
import dev.weir.port.Items;
import dev.weir.port.ItemsContract;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MemoryItemsTest {
    private final Items memory = new MemoryItems();

    @Nested
    class Basics extends ItemsContract {
        @Override
        protected Items items() {
            return memory;
        }
    }

    @Nested
    class Conditions extends ItemConditionsContract {
        @Override
        protected Items items() {
            return memory;
        }
    }

    @Nested
    class Edits extends ItemEditsContract {
        @Override
        protected Items items() {
            return memory;
        }
    }

    @Nested
    class Queries extends ItemQueriesContract {
        @Override
        protected Items items() {
            return memory;
        }
    }

    @Nested
    class Limits extends ItemLimitsContract {
        @Override
        protected Items items() {
            return memory;
        }
    }

    @Nested
    class Races extends ItemRacesContract {
        @Override
        protected Items items() {
            return memory;
        }
    }

    @Test
    void nestedValuesAreSnapshotsToo() {
        Key key = new Key(new Table("t", "pk", null), "a", null);
        List<Attribute> list = new ArrayList<>(List.of(Attribute.of(1)));
        Map<String, Attribute> map = new HashMap<>(Map.of("list", Attribute.of(list)));
        memory.write(new Write.Put(Item.at(key).with("map", Attribute.of(map)).build(), Condition.ALWAYS));

        list.add(Attribute.of(2));
        map.clear();

        assertThat(memory.get(key).orElseThrow().struct("map"))
                .isEqualTo(Map.of("list", Attribute.of(List.of(Attribute.of(1)))));
    }
}
