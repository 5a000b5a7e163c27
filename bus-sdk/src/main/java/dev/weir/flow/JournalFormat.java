package dev.weir.flow;

import dev.weir.graph.StateCodec;
import dev.weir.model.Json;
import dev.weir.wire.ByteSink;
import dev.weir.wire.JsonCursor;
import java.nio.charset.StandardCharsets;

/**
 * A line of a journal item: one key as a commit left it.
 *
 * <pre>{"k":"alice","v":12.30,"s":"5,3-4","p":1}</pre>
 *
 * <p>{@code v} value (absent if never written), {@code s} sequence mark (absent if none), {@code p} parked events (absent if none).
 */
final class JournalFormat {
    private static final byte[] KEY = {'k'};
    private static final byte[] VALUE = {'v'};
    private static final byte[] SEQUENCE = {'s'};
    private static final byte[] PARKED = {'p'};

    private JournalFormat() {}

    static <V> void write(Slot<V> slot, StateCodec<V> codec, ByteSink to) {
        put(to, "{\"k\":" + Json.quoted(slot.key));
        if (slot.present) {
            Json value = codec.encode(slot.value);
            put(to, ",\"v\":");
            to.put(value.array(), value.from(), value.to());
        }
        if (!slot.sequence.equals(Mark.FIRST)) {
            put(to, ",\"s\":\"" + slot.sequence.text() + "\"");
        }
        if (slot.parked > 0) {
            put(to, ",\"p\":" + slot.parked);
        }
        put(to, "}\n");
    }

    /** Reads lines back into the slots, as of the commit with this fence. */
    static <V> void replay(byte[] lines, long fence, StateCodec<V> codec, Slots<V> slots, V zero) {
        JsonCursor cursor = new JsonCursor();
        int from = 0;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i] == '\n') {
                replayLine(new Json(lines, from, i), fence, codec, slots, zero, cursor);
                from = i + 1;
            }
        }
    }

    private static <V> void replayLine(
            Json line, long fence, StateCodec<V> codec, Slots<V> slots, V zero, JsonCursor cursor) {
        cursor.reset(line);
        String key = null;
        Json value = null;
        String sequence = null;
        Json parked = null;
        if (cursor.enterObject()) {
            while (cursor.nextField()) {
                if (cursor.fieldIs(KEY)) {
                    key = cursor.string();
                } else if (cursor.fieldIs(VALUE)) {
                    value = cursor.raw();
                } else if (cursor.fieldIs(SEQUENCE)) {
                    sequence = cursor.string();
                } else if (cursor.fieldIs(PARKED)) {
                    parked = cursor.raw();
                }
            }
        }
        if (!cursor.expectEnd() || key == null) {
            throw new IllegalStateException("journal line is not readable: fence=" + fence + " line=" + line);
        }
        slots.replay(
                key,
                value == null ? zero : codec.decode(value),
                value != null,
                sequence == null ? Mark.FIRST : Mark.parse(sequence),
                parked == null ? 0 : Integer.parseInt(parked.toString()),
                fence);
    }

    private static void put(ByteSink to, String text) {
        to.put(text.getBytes(StandardCharsets.UTF_8));
    }
}
