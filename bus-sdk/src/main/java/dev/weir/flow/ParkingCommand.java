package dev.weir.flow;

import dev.weir.model.Chunk;
import dev.weir.model.Json;
import dev.weir.wire.ByteSink;
import dev.weir.wire.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operator tells the lane that keeps parked events: lines of records whose producer is {@link #producer}.
 *
 * <pre>
 * {"_cmd":"put-back","bot":"ledger","key":"bob"}                                     all of a key
 * {"_cmd":"put-back","bot":"ledger","id":"lane-3.17.0","key":"bob","line":{...}}     one, its key if it blocks it, maybe with another payload
 * {"_cmd":"drop","bot":"ledger","id":"lane-3.17.0","by":"anna","why":"a test"}
 * </pre>
 *
 * <p>They name what is meant, so that a second copy finds nothing to do. The key is there for the second copy of a command whose first was
 * carried out in part: the event is gone then, and what waited behind it goes on.
 */
public final class ParkingCommand {

    private static final byte[] PUT_BACK = "{\"_cmd\":\"put-back\",".getBytes(StandardCharsets.US_ASCII);

    /** Most bytes of a payload that is given with a command; so much fits into a record also if it does not compress. */
    public static final int PAYLOAD_BYTES_MAX = 900_000;

    /** Most bytes of a command that a lane can hold back; a longer one must be the first that its producer sends to the lane. */
    public static final int HELD_BYTES_MAX = Limits.EVENT_BYTES_MAX;

    /** Most characters of who drops an event, and of why; the rest is cut off. */
    static final int WORDS_CHARS_MAX = 500;

    private ParkingCommand() {}

    /** The id under which an operator numbers commands. The slash keeps others from taking it. */
    public static String producer(String bot, String incarnation) {
        return bot + "/parking-" + incarnation;
    }

    /** A command that puts back all parked events of a key. */
    public static Json putBack(String bot, String key) {
        return Json.of(head("put-back", bot) + ",\"key\":" + Json.quoted(key) + "}");
    }

    /** One that puts back one, and if it blocks its key then its key; with this payload if one is given. */
    public static Json putBack(String bot, ParkedEvent event, Optional<Json> payload) {
        ByteSink line = new ByteSink();
        line.putUtf8(head("put-back", bot) + named(event));
        payload.ifPresent(text -> {
            line.putUtf8(",\"line\":");
            line.putOnOneLine(text);
        });
        line.put('}');
        return Json.of(line.toBytes());
    }

    /** One that drops one. */
    public static Json drop(String bot, ParkedEvent event, String who, String why) {
        return Json.of(head("drop", bot) + named(event) + ",\"by\":" + Json.quoted(cut(who)) + ",\"why\":"
                + Json.quoted(cut(why)) + "}");
    }

    /**
     * A line as it is on its way through the bot: a note in its place if it is too large for an item. But a command that brings such a
     * payload passes, if it is the first that its producer sends: that one is never held back.
     */
    static Json noted(String bot, @Nullable Chunk chunk, int index, Json line) {
        return chunk != null && chunk.seq() + index == 1 && mayBeLong(bot, chunk.producer(), line)
                ? line
                : Oversize.noted(line);
    }

    /** Whether a line is a command that may bring a payload which fits into no item. */
    static boolean mayBeLong(String bot, @Nullable String producer, Json line) {
        return producer != null && producer.startsWith(producer(bot, "")) && Command.begins(line, PUT_BACK);
    }

    /** The line that an event was parked as: what travelled to its lane in a command, without that. */
    public static Json unwrapped(String bot, @Nullable String producer, Json line) {
        return Command.isOf(bot, producer)
                        && Command.suspects(line)
                        && Command.parse(line, new JsonCursor()) instanceof Command.Forward(Json inner)
                ? inner
                : line;
    }

    private static String named(ParkedEvent event) {
        String key = event.blocks() ? event.key() : null;
        return ",\"id\":" + Json.quoted(event.id().text()) + key(key);
    }

    private static String key(@Nullable String key) {
        return key == null ? "" : ",\"key\":" + Json.quoted(key);
    }

    private static String head(String command, String bot) {
        return "{\"_cmd\":\"" + command + "\",\"bot\":\"" + bot + "\"";
    }

    private static String cut(String words) {
        return words.length() > WORDS_CHARS_MAX ? words.substring(0, WORDS_CHARS_MAX) : words;
    }
}
