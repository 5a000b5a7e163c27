package dev.weir.pipeline;

import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import dev.weir.wire.ByteSink;
import dev.weir.wire.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** An event on its way to the lane of another key: {@code {"step":"word","key":"weir","feed":"lines","millis":1795194307123,"value":"weir"}}. */
final class Hop {
    private static final byte[] STEP = ascii("step");
    private static final byte[] KEY = ascii("key");
    private static final byte[] FEED = ascii("feed");
    private static final byte[] MILLIS = ascii("millis");
    private static final byte[] VALUE = ascii("value");

    private Hop() {}

    static Json write(String step, String key, String feed, long millis, Json value) {
        ByteSink sink = new ByteSink(96 + key.length() + value.length());
        sink.putUtf8("{\"step\":");
        sink.putString(step);
        sink.putUtf8(",\"key\":");
        sink.putString(key);
        sink.putUtf8(",\"feed\":");
        sink.putString(feed);
        sink.putUtf8(",\"millis\":");
        sink.putLong(millis);
        sink.putUtf8(",\"value\":");
        sink.putOnOneLine(value);
        sink.put('}');
        return Json.of(sink.toBytes());
    }

    static Decoded<Work> read(Json line, Plan plan) {
        JsonCursor cursor = new JsonCursor();
        cursor.reset(line);
        String step = null;
        String key = null;
        String feed = null;
        OptionalLong millis = OptionalLong.empty();
        Json value = null;
        if (cursor.enterObject()) {
            while (cursor.nextField()) {
                if (cursor.fieldIs(STEP)) {
                    step = cursor.string();
                } else if (cursor.fieldIs(KEY)) {
                    key = cursor.string();
                } else if (cursor.fieldIs(FEED)) {
                    feed = cursor.string();
                } else if (cursor.fieldIs(MILLIS)) {
                    millis = WholeNumber.of(cursor.number());
                } else if (cursor.fieldIs(VALUE)) {
                    value = cursor.raw();
                }
            }
        }
        if (!cursor.expectEnd()
                || step == null
                || key == null
                || key.isEmpty()
                || feed == null
                || millis.isEmpty()
                || value == null) {
            return Decoded.refused("no event of a pipeline: line=" + line);
        }
        return read(step, key, feed, millis.getAsLong(), value, plan);
    }

    private static Decoded<Work> read(String step, String key, String feed, long millis, Json value, Plan plan) {
        Integer index = plan.keyBys.get(step);
        if (index == null || !(plan.nodes.get(index) instanceof Node.KeyBy keyBy) || keyBy.codec == null) {
            return Decoded.refused("an event travelled to a step that is not there: step=" + step + " bot=" + plan.bot
                    + "; another version of the bot sent it: put it back when the step is there again");
        }
        return switch (keyBy.codec.decode(value)) {
            case Decoded.Value<Object>(Object decoded) -> Decoded.value(new Work(index, key, decoded, millis, feed));
            case Decoded.Refused<Object> refused -> new Decoded.Refused<>(refused.refusal());
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
