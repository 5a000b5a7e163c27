package dev.weir.flow;

import dev.weir.model.Json;
import dev.weir.wire.JsonCursor;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a bot's lanes tell each other on the stream. A command is a line whose first field is {@code _cmd}, which RStreams ignores:
 *
 * <pre>
 * {"_cmd":"add","bot":"ledger","key":"bob","value":3.45}        add to the state of a key
 * {"_cmd":"forward","bot":"ledger","line":{...}}                a foreign event, on its way to the lane of its key
 * </pre>
 *
 * <p>Commands count only in records whose producer is the bot itself ({@code bot/lane}); no other producer's id may contain a slash. In
 * anybody else's record such a line is an event like any other.
 */
sealed interface Command {

    record Add(String key, Json value) implements Command {}

    record Forward(Json line) implements Command {}

    byte[] PREFIX = ascii("{\"_cmd\":\"");
    byte[] CMD = ascii("_cmd");
    byte[] KEY = ascii("key");
    byte[] VALUE = ascii("value");
    byte[] LINE = ascii("line");

    /** Whether a line could be a command. */
    static boolean suspects(Json line) {
        if (line.length() < PREFIX.length) {
            return false;
        }
        for (int i = 0; i < PREFIX.length; i++) {
            if (line.array()[line.from() + i] != PREFIX[i]) {
                return false;
            }
        }
        return true;
    }

    /** Reads a command; null if the line is none. */
    static @Nullable Command parse(Json line, JsonCursor cursor) {
        cursor.reset(line);
        String command = null;
        String key = null;
        Json value = null;
        Json inner = null;
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
                }
            }
        }
        if (!cursor.expectEnd()) {
            return null;
        }
        if ("add".equals(command) && key != null && value != null) {
            return new Add(key, value);
        }
        return "forward".equals(command) && inner != null ? new Forward(inner) : null;
    }

    static Json add(String bot, String key, Json value) {
        return Json.of(
                "{\"_cmd\":\"add\",\"bot\":\"" + bot + "\",\"key\":" + Json.quoted(key) + ",\"value\":" + value + "}");
    }

    static Json forward(String bot, Json line) {
        byte[] head = ("{\"_cmd\":\"forward\",\"bot\":\"" + bot + "\",\"line\":").getBytes(StandardCharsets.UTF_8);
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
