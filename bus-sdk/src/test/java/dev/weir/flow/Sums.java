package dev.weir.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.graph.Decoded;
import dev.weir.graph.Graph;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.graph.StateCodec;
import dev.weir.graph.Table;
import dev.weir.memory.MemoryItems;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.port.Item;
import dev.weir.wire.Gzip;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A bot that keeps a sum for each key. */
final class Sums {

    private static final StateCodec<Long> CODEC = new StateCodec<>() {
        @Override
        public Json encode(Long value) {
            return Json.of(Long.toString(value));
        }

        @Override
        public Long decode(Json text) {
            return Long.valueOf(text.toString());
        }

        @Override
        public int encodedBytesMax(Long value) {
            return 20;
        }
    };

    private static final Table<Long> TABLE = Table.of("sums", CODEC, 0L, Long::sum);

    static final Graph<String, Long, String> GRAPH = Graph.named("bot")
            .readFrom(Source.stream("events", text -> Decoded.value(text.toString())))
            .keyBy(text -> text)
            .mapWith(TABLE, (event, _) -> event)
            .writeTo(Sink.queue("results", Json::of));

    private Sums() {}

    static Slots<Long> slots(Lanes lanes) {
        return new Slots<>(TABLE, new dev.weir.port.Table("rows", "key", "lane"), 0, lanes, new MemoryItems(), true);
    }

    /** A key of this lane, if {@code k<i>} is one. */
    static List<String> own(Slots<Long> slots, int i) {
        String key = "k" + i;
        return slots.owns(key) ? List.of(key) : List.of();
    }

    /** The sums in the journal of a commit. */
    static Map<String, Long> journal(Packed packed, Lanes lanes) {
        Slots<Long> replayed = slots(lanes);
        for (Item item : PackPropertyTest.kind(packed.writes(), SortKeys.JOURNAL)) {
            JournalFormat.replay(Gzip.decompress(item.bytes("gzip"), 1 << 26), 1, CODEC, replayed, 0L);
        }
        Map<String, Long> sums = new HashMap<>();
        replayed.changedSince(1).forEach(slot -> sums.put(slot.key, slot.value));
        return sums;
    }

    static void assertStateIs(Packed packed, Lane<String, Long> lane, Lanes lanes) {
        Map<String, Long> expected = new HashMap<>();
        lane.slots.changed().forEach(slot -> expected.put(slot.key, slot.value));
        assertThat(journal(packed, lanes)).isEqualTo(expected);
    }
}
