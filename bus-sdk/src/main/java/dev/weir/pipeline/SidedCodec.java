package dev.weir.pipeline;

import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import dev.weir.wire.ByteSink;
import dev.weir.wire.JsonCursor;
import java.util.OptionalLong;

/** A value of one of two types: {@code [0,value]} or {@code [1,value]}. Thread-safe. */
record SidedCodec(Codec<Object> left, Codec<Object> right) implements Codec<Object> {

    @Override
    public String type() {
        return left.type() + " or " + right.type();
    }

    @Override
    public Json encode(Object sided) {
        Sided value = (Sided) sided;
        ByteSink sink = new ByteSink();
        sink.put('[');
        sink.putLong(value.side());
        sink.put(',');
        sink.put((value.side() == 0 ? left : right).encode(value.value()));
        sink.put(']');
        return Json.of(sink.toBytes());
    }

    @Override
    public Decoded<Object> decode(Json text) {
        JsonCursor cursor = new JsonCursor();
        cursor.reset(text);
        OptionalLong side = WholeNumber.of(cursor.enterArray() && cursor.nextElement() ? cursor.number() : null);
        Json value = side.isPresent() && cursor.nextElement() ? cursor.raw() : null;
        if (value == null || !cursor.expectEnd() || side.getAsLong() < 0 || side.getAsLong() > 1) {
            return Decoded.refused("no value of a join: text=" + text);
        }
        int index = (int) side.getAsLong();
        return switch ((index == 0 ? left : right).decode(value)) {
            case Decoded.Value<Object>(Object read) -> Decoded.value(new Sided(index, read));
            case Decoded.Refused<Object> refused -> refused;
        };
    }
}
