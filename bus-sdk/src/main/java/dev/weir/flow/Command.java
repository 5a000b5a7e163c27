package dev.weir.flow;

import dev.weir.model.Json;
import dev.weir.wire.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a bot's lanes tell each other on the stream. A command is a line whose first field is {@code _cmd}, which RStreams ignores:
 *
 * <pre>
 * {"_cmd":"add","bot":"ledger","key":"bob","value":3.45}        add to the state of a key
 * {"_cmd":"forward","bot":"ledger","line":{...}}                a foreign event, on its way to the lane of its key
 * {"_cmd":"hop","bot":"words","line":{...}}                     an event that goes on before a step in the lane of another key
 * </pre>
 *
 * and what an operator tells a lane about parked events: see {@link ParkingCommand}.
 *
 * <p>Commands count only in records whose producer is the bot itself ({@code bot/lane}); no other producer's id may contain a slash. In
 * anybody else's record such a line is an event like any other.
 */
sealed interface Command {

    record Add(String key, Json value) implements Command {}

    record Forward(Json line) implements Command {}

    record Hop(Json line) implements Command {}

    /** What an operator wants of a lane. */
    sealed interface Parking extends Command {
        /** The key that it is about, if it is known. */
        @Nullable
        String key();
    }

    /** All parked events of a key are put back. */
    record PutBackKey(String key) implements Parking {}

    /** One is put back; with {@code line} in place of its payload, if there is one. */
    record PutBack(ParkedId id, @Nullable String key, @Nullable Json line) implements Parking {}

    /** One is dropped. */
    record Drop(ParkedId id, @Nullable String key, String by, String why) implements Parking {}

    byte[] PREFIX = ascii("{\"_cmd\":\"");
    byte[] CMD = ascii("_cmd");
    byte[] KEY = ascii("key");
    byte[] VALUE = ascii("value");
    byte[] LINE = ascii("line");
    byte[] ID = ascii("id");
    byte[] BY = ascii("by");
    byte[] WHY = ascii("why");

    /** Whether a line could be a command. */
    static boolean suspects(Json line) {
        return begins(line, PREFIX);
    }

    static boolean begins(Json line, byte[] prefix) {
        return line.length() >= prefix.length
                && Arrays.equals(line.array(), line.from(), line.from() + prefix.length, prefix, 0, prefix.length);
    }

    /** Whether what this producer writes may be commands of the bot. */
    static boolean isOf(String bot, @Nullable String producer) {
        return producer != null && producer.startsWith(bot + "/");
    }

    /** Reads a command; null if the line is none. */
    static @Nullable Command parse(Json line, JsonCursor cursor) {
        cursor.reset(line);
        String command = null;
        String key = null;
        Json value = null;
        Json inner = null;
        String id = null;
        String by = null;
        String why = null;
        if (cursor.enterObject()) {
            while (cursor.nextField()) {
                if (cursor.fieldIs(CMD)) {
                    command = cursor.string();
                } else if (cursor.fieldIs(KEY)) {
                    key = cursor.string();
                } else if (cursor.fieldIs(VALUE)) {
                    value = cursor.raw();
                } else if (cursor.fieldIs(LINE)) {
                    inner = cursor.raw();
                } else if (cursor.fieldIs(ID)) {
                    id = cursor.string();
                } else if (cursor.fieldIs(BY)) {
                    by = cursor.string();
                } else if (cursor.fieldIs(WHY)) {
                    why = cursor.string();
                }
            }
        }
        if (!cursor.expectEnd()) {
            return null;
        }
        return switch (String.valueOf(command)) {
            case "add" -> key != null && value != null ? new Add(key, value) : null;
            case "forward" -> inner != null ? new Forward(inner) : null;
            case "hop" -> inner != null ? new Hop(inner) : null;
            case "put-back" -> id == null ? putBack(key) : putBack(id, key, inner);
            case "drop" -> drop(id, key, by, why);
            default -> null;
        };
    }

    private static @Nullable Command putBack(@Nullable String key) {
        return key == null ? null : new PutBackKey(key);
    }

    private static @Nullable Command putBack(String id, @Nullable String key, @Nullable Json line) {
        return ParkedId.parse(id).map(parsed -> new PutBack(parsed, key, line)).orElse(null);
    }

    private static @Nullable Command drop(
            @Nullable String id, @Nullable String key, @Nullable String by, @Nullable String why) {
        return ParkedId.parse(id == null ? "" : id)
                .map(parsed -> new Drop(parsed, key, by == null ? "" : by, why == null ? "" : why))
                .orElse(null);
    }

    static Json add(String bot, String key, Json value) {
        return Json.of(
                "{\"_cmd\":\"add\",\"bot\":\"" + bot + "\",\"key\":" + Json.quoted(key) + ",\"value\":" + value + "}");
    }

    static Json forward(String bot, Json line) {
        return around("forward", bot, line);
    }

    static Json hop(String bot, Json line) {
        return around("hop", bot, line);
    }

    private static Json around(String command, String bot, Json line) {
        byte[] head =
                ("{\"_cmd\":\"" + command + "\",\"bot\":\"" + bot + "\",\"line\":").getBytes(StandardCharsets.UTF_8);
        byte[] text = new byte[head.length + line.length() + 1];
        System.arraycopy(head, 0, text, 0, head.length);
        System.arraycopy(line.array(), line.from(), text, head.length, line.length());
        text[text.length - 1] = '}';
        return Json.of(text);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
