package dev.weir.flow;

import dev.weir.graph.Decoded;
import dev.weir.graph.Graph;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.graph.StateCodec;
import dev.weir.graph.Table;
import dev.weir.memory.MemoryItems;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.model.SequenceNumber;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A bot whose events are their own text and whose state is any JSON, to read and write what lanes store. */
final class StoredSamples {

    /** Values as they are written. */
    static final StateCodec<Json> RAW = new StateCodec<>() {
        @Override
        public Json encode(Json value) {
            return value;
        }

        @Override
        public Json decode(Json text) {
            return text;
        }

        @Override
        public int encodedBytesMax(Json value) {
            return value.length();
        }
    };

    static final Json ZERO = Json.of("null");

    private static final Table<Json> TABLE = Table.of("t", RAW, ZERO, (_, value) -> value);

    static final Graph<String, Json, String> GRAPH = Graph.named("bot")
            .readFrom(Source.stream("events", text -> Decoded.value(text.toString())))
            .keyBy(text -> text)
            .mapWith(TABLE, (event, _) -> event)
            .writeTo(Sink.queue("results", Json::of));

    private StoredSamples() {}

    static LineDecode<String> decode() {
        return new LineDecode<>(GRAPH);
    }

    /** A parked event with this name, that blocks this key if it is not null. */
    static ParkedEvent parked(ParkedId id, @Nullable String key) {
        return new ParkedEvent(
                id,
                key,
                key == null ? ParkedEvent.Place.APART : ParkedEvent.Place.FAILED,
                "40-transform",
                "why",
                ZERO,
                false,
                "shard",
                SequenceNumber.ZERO,
                0,
                0,
                null,
                0,
                0,
                0);
    }

    static Slots<Json> slots() {
        return new Slots<>(
                TABLE, new dev.weir.port.Table("rows", "key", "lane"), 0, new Lanes(1), new MemoryItems(), true);
    }

    static Slots<Json> replayed(byte[] journal) {
        Slots<Json> slots = slots();
        JournalFormat.replay(journal, 7, RAW, slots, ZERO);
        return slots;
    }

    /** All there is to compare of state. */
    static TreeMap<String, List<Object>> shown(Slots<Json> slots) {
        TreeMap<String, List<Object>> shown = new TreeMap<>();
        slots.changedSince(1)
                .forEach(slot -> shown.put(
                        slot.key, List.of(slot.present, slot.value, slot.sequence, Math.max(0, slot.parked))));
        return shown;
    }

    /** All there is to compare of an entry. */
    static List<Object> shown(Held.Entry<String> entry) {
        return List.of(
                entry.scope,
                entry.number,
                entry.parcel.origin(),
                String.valueOf(entry.parcel.producer()),
                entry.parcel.number(),
                entry.parcel.index(),
                entry.parcel.lines().stream()
                        .map(line -> line.toString().replace('\r', ' '))
                        .toList(),
                entry.sinceMillis);
    }
}
