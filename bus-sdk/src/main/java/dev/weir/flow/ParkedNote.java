package dev.weir.flow;

import dev.weir.model.Json;
import dev.weir.wire.ByteSink;
import dev.weir.wire.JsonCursor;
import org.jspecify.annotations.Nullable;

/**
 * The events that tell of parked events, in the queues {@code <bot>.parked} and {@code <bot>.dropped}:
 *
 * <pre>
 * {"id":"lane-3.17.0","bot":"ledger","lane":"lane-3","step":"40-transform","reason":"...","key":"bob","shard":"shardId-000000000000",
 *  "sequence":"4966...","index":0,"payload":{...}}
 * </pre>
 *
 * <p>{@code key} is absent if the event has no place in the order of a key. What is no JSON value is in {@code text} instead of
 * {@code payload}; of what is longer than {@link #PAYLOAD_BYTES_MAX} there is neither, but {@code bytes}, if it is not in the stream alone.
 * When an event was put back and the bot failed again, it is told again, with {@code tries}. A dropped event has {@code by} and
 * {@code why} too.
 */
final class ParkedNote {

    /** Most bytes of a payload in a note: so that with all else it fits into an item. */
    static final int PAYLOAD_BYTES_MAX = 256 * 1024;

    private final ByteSink line = new ByteSink();

    private ParkedNote(String bot, ParkedEvent event, JsonCursor cursor) {
        line.putUtf8("{\"id\":");
        line.putString(event.id().text());
        text("bot", bot);
        text("lane", event.id().lane().text());
        text("step", event.step());
        text("reason", event.reason());
        text("key", event.key());
        text("shard", event.shardId());
        text("sequence", event.sequenceNumber().digits());
        number("index", event.index());
        if (event.producer() != null) {
            text("producer", event.producer());
            number("number", event.number());
        }
        if (event.tries() > 0) {
            number("tries", event.tries());
        }
        payload(event.payload(), cursor);
    }

    static Json parked(String bot, ParkedEvent event, JsonCursor cursor) {
        return new ParkedNote(bot, event, cursor).end();
    }

    static Json dropped(String bot, ParkedEvent event, String by, String why, JsonCursor cursor) {
        ParkedNote note = new ParkedNote(bot, event, cursor);
        note.text("by", by);
        note.text("why", why);
        return note.end();
    }

    private Json end() {
        line.put('}');
        return Json.of(line.toBytes());
    }

    private void payload(@Nullable Json payload, JsonCursor cursor) {
        if (payload == null) {
            return;
        }
        if (payload.length() > PAYLOAD_BYTES_MAX) {
            number("bytes", payload.length());
            return;
        }
        cursor.reset(payload);
        if (cursor.skip() && cursor.expectEnd()) {
            line.putUtf8(",\"payload\":");
            line.putOnOneLine(payload);
            return;
        }
        ByteSink quoted = new ByteSink();
        quoted.putString(payload.toString());
        if (quoted.size() > PAYLOAD_BYTES_MAX) {
            number("bytes", payload.length());
            return;
        }
        line.putUtf8(",\"text\":");
        line.put(quoted.toBytes());
    }

    private void text(String name, @Nullable String value) {
        if (value != null) {
            line.putUtf8(",\"" + name + "\":");
            line.putString(value);
        }
    }

    private void number(String name, long value) {
        line.putUtf8(",\"" + name + "\":" + value);
    }
}
