package dev.weir.wire;

import dev.weir.model.Chunk;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads and writes the first line of a record of a numbering producer, {@link Chunk}. Reusable; not thread-safe. */
final class ChunkHeader {

    /** What the first line of a record is. */
    sealed interface Reading {}

    record Header(Chunk chunk) implements Reading {}

    record Malformed(String why) implements Reading {}

    /** Not a header: an event. */
    record Ordinary() implements Reading {}

    static final int PRODUCER_CHARS_MAX = 128;

    /** Highest number of a first event, 18 digits: leaves room to count on. */
    static final long SEQ_MAX = 999_999_999_999_999_999L;

    private static final byte[] CMD = JsonCursor.ascii("_cmd");
    private static final byte[] PRODUCER = JsonCursor.ascii("producer");
    private static final byte[] LANE = JsonCursor.ascii("lane");
    private static final byte[] LANES = JsonCursor.ascii("lanes");
    private static final byte[] SEQ = JsonCursor.ascii("seq");
    private static final Reading ORDINARY = new Ordinary();
    private static final int ABSENT = -1;
    private static final int DIGITS_MAX = 18;

    private final JsonCursor cursor = new JsonCursor();
    private @Nullable String command;
    private @Nullable String producer;
    private long lane;
    private long lanes;
    private long seq;

    /** Takes a line for a header if it is an object with {@code "_cmd":"chunk"}, as far as it can be read. */
    Reading read(Json line) {
        if (!mentionsCommand(line)) {
            return ORDINARY;
        }
        fields(line);
        if (!"chunk".equals(command)) {
            return ORDINARY;
        }
        var fault = cursor.refusal();
        return fault == null ? checked() : new Malformed(fault.reason());
    }

    private void fields(Json line) {
        command = null;
        producer = null;
        lane = ABSENT;
        lanes = ABSENT;
        seq = ABSENT;
        cursor.reset(line);
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextField()) {
            if (cursor.fieldIs(CMD)) {
                command = cursor.string();
            } else if (cursor.fieldIs(PRODUCER)) {
                producer = cursor.string();
            } else if (cursor.fieldIs(LANE)) {
                lane = natural(cursor.number());
            } else if (cursor.fieldIs(LANES)) {
                lanes = natural(cursor.number());
            } else if (cursor.fieldIs(SEQ)) {
                seq = natural(cursor.number());
            }
        }
        cursor.expectEnd();
    }

    private Reading checked() {
        String name = producer;
        if (name == null || name.isEmpty() || name.length() > PRODUCER_CHARS_MAX) {
            return new Malformed("producer must have 1 to " + PRODUCER_CHARS_MAX + " characters");
        }
        if (lanes < 1 || lanes > Lanes.COUNT_MAX || lane < 0 || lane >= lanes) {
            return new Malformed(
                    "lanes must be 1 to " + Lanes.COUNT_MAX + ", lane below that: lane=" + lane + " lanes=" + lanes);
        }
        if (seq < 1 || seq > SEQ_MAX) {
            return new Malformed("seq must be 1 to " + SEQ_MAX + ": seq=" + seq);
        }
        return new Header(new Chunk(name, (int) lane, (int) lanes, seq));
    }

    /** A whole number of at most {@value #DIGITS_MAX} digits, else {@link #ABSENT}. */
    private static long natural(@Nullable BigDecimal number) {
        if (number == null || number.scale() != 0 || number.precision() > DIGITS_MAX || number.signum() < 0) {
            return ABSENT;
        }
        return number.longValue();
    }

    /** A quick look, so that first lines which are events are not read twice. */
    private static boolean mentionsCommand(Json line) {
        byte[] text = line.array();
        int last = line.to() - CMD.length - 2;
        for (int at = line.from(); at <= last; at++) {
            if (text[at] == '_' && text[at + 1] == 'c' && text[at + 2] == 'm' && text[at + 3] == 'd') {
                return true;
            }
        }
        return false;
    }

    /** Appends the header line with its line feed. */
    static void write(Chunk chunk, ByteSink sink) {
        sink.putUtf8("{\"_cmd\":\"chunk\",\"producer\":");
        sink.putString(chunk.producer());
        sink.putUtf8(",\"lane\":");
        sink.putLong(chunk.lane());
        sink.putUtf8(",\"lanes\":");
        sink.putLong(chunk.lanes());
        sink.putUtf8(",\"seq\":");
        sink.putLong(chunk.seq());
        sink.putUtf8("}\n");
    }
}
