package dev.weir.pipeline;

import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import dev.weir.wire.ByteSink;
import dev.weir.wire.JsonCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A list of values with two whole numbers each, as a step keeps them: {@code [[from,to,value],...]}. Thread-safe.
 *
 * @param type as {@link Codec#type}
 */
record ListCodec(String type, Codec<Object> values) implements Codec<Object> {

    @Override
    public Json encode(Object list) {
        ByteSink sink = new ByteSink();
        sink.put('[');
        String before = "";
        for (Pane pane : Stage.<List<Pane>>cast(list)) {
            sink.putUtf8(before);
            sink.put('[');
            sink.putLong(pane.from());
            sink.put(',');
            sink.putLong(pane.to());
            sink.put(',');
            sink.put(values.encode(pane.value()));
            sink.put(']');
            before = ",";
        }
        sink.put(']');
        return Json.of(sink.toBytes());
    }

    @Override
    public Decoded<Object> decode(Json text) {
        JsonCursor cursor = new JsonCursor();
        cursor.reset(text);
        List<Pane> panes = new ArrayList<>();
        if (!cursor.enterArray()) {
            return refused(text);
        }
        while (cursor.nextElement()) {
            if (!cursor.enterArray()) {
                return refused(text);
            }
            OptionalLong from = WholeNumber.of(cursor.nextElement() ? cursor.number() : null);
            OptionalLong to = WholeNumber.of(cursor.nextElement() ? cursor.number() : null);
            Json value = cursor.nextElement() ? cursor.raw() : null;
            if (from.isEmpty() || to.isEmpty() || value == null || cursor.nextElement()) {
                return refused(text);
            }
            switch (values.decode(value)) {
                case Decoded.Value<Object>(Object read) -> panes.add(new Pane(from.getAsLong(), to.getAsLong(), read));
                case Decoded.Refused<Object> refused -> {
                    return refused;
                }
            }
        }
        return cursor.expectEnd() ? Decoded.value(List.copyOf(panes)) : refused(text);
    }

    private static Decoded<Object> refused(@Nullable Json text) {
        return Decoded.refused("no windows: text=" + text);
    }
}
