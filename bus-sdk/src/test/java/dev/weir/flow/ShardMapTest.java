package dev.weir.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryStreams;
import dev.weir.model.Lanes;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.ForwardingItems;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Shard;
import dev.weir.port.Write;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShardMapTest {
    private final Bus bus = new Bus("weir", new Lanes(2));
    private final MemoryStreams streams = new MemoryStreams(new ManualTime(0));
    private final MemoryItems memory = new MemoryItems();
    private final Counting counting = new Counting(memory);
    private final ShardMap map = new ShardMap("bot", bus, "s", streams, counting);

    /** Splits the one shard and merges its halves again and again; answers the open one. */
    private Shard reshardedTimes(int rounds) {
        streams.create("s", 1);
        for (int i = 0; i < rounds; i++) {
            Shard whole = open().getFirst();
            streams.split("s", whole.id(), whole.lastHash().shiftRight(1).add(BigInteger.ONE));
            List<Shard> halves = open();
            streams.merge("s", halves.get(0).id(), halves.get(1).id());
        }
        return open().getFirst();
    }

    private List<Shard> open() {
        return streams.shards("s").stream().filter(Shard::open).toList();
    }

    @Test
    void eachAncestorIsReadOnceHoweverOftenTheStreamWasResharded() {
        Shard youngest = reshardedTimes(20);

        assertThat(map.isDirect(youngest.id(), 0)).isTrue();

        assertThat(counting.keys).isEqualTo(streams.shards("s").size() - 1);
    }

    @Test
    void aLaneThatAnyAncestorSentOnToStaysClosed() {
        Shard youngest = reshardedTimes(5);
        Key first = bus.checkpoint("bot", new dev.weir.model.LaneId.PassThrough("shardId-000000000000"));
        memory.write(new Write.Put(
                Item.at(first)
                        .with("emitted", Attribute.of(Map.of("1", Attribute.of(7))))
                        .build(),
                Condition.ALWAYS));

        assertThat(map.isDirect(youngest.id(), 0)).isTrue();
        assertThat(map.isDirect(youngest.id(), 1)).isFalse();
    }

    /** Counts the keys that are read. */
    private static final class Counting extends ForwardingItems {
        private int keys;

        Counting(Items items) {
            super(items);
        }

        @Override
        public Optional<Item> get(Key key) {
            keys++;
            return items.get(key);
        }

        @Override
        public List<Item> getAll(Collection<Key> all) {
            keys += all.size();
            return items.getAll(all);
        }
    }
}
