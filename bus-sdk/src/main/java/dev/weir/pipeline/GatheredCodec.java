package dev.weir.pipeline;

import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import dev.weir.wire.ByteSink;
import dev.weir.wire.JsonCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A batch that has not ended: {@code [until,latest,value,...]}. Thread-safe.
 *
 * @param type as {@link Codec#type}
 */
record GatheredCodec(String type) implements Codec<Gathered> {

    @Override
    public Json encode(Gathered batch) {
        ByteSink sink = new ByteSink(batch.bytes() + 48);
        sink.put('[');
        sink.putLong(batch.until());
        sink.put(',');
        sink.putLong(batch.latest());
        for (Json value : batch.values()) {
            sink.put(',');
            sink.put(value);
        }
        sink.put(']');
        return Json.of(sink.toBytes());
    }

    @Override
    public Decoded<Gathered> decode(Json text) {
        JsonCursor cursor = new JsonCursor();
        cursor.reset(text);
        OptionalLong until = WholeNumber.of(cursor.enterArray() && cursor.nextElement() ? cursor.number() : null);
        OptionalLong latest = WholeNumber.of(until.isPresent() && cursor.nextElement() ? cursor.number() : null);
        if (latest.isEmpty()) {
            return Decoded.refused("no batch: text=" + text);
        }
        List<Json> values = new ArrayList<>();
        int bytes = Gathered.NONE.bytes();
        while (cursor.nextElement()) {
            Json value = cursor.raw();
            if (value == null) {
                return Decoded.refused("no batch: text=" + text);
            }
            values.add(value);
            bytes += value.length() + 1;
        }
        return cursor.expectEnd()
                ? Decoded.value(new Gathered(until.getAsLong(), latest.getAsLong(), List.copyOf(values), bytes))
                : Decoded.refused("no batch: text=" + text);
    }
}
