package dev.weir.wire;

import dev.weir.model.Json;
import dev.weir.model.Refusal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value (RFC 8259, UTF-8) from front to back, without building a tree.
 *
 * <pre>{@code
 * cursor.reset(line);
 * if (cursor.enterObject()) {
 *     while (cursor.nextField()) {
 *         if (cursor.fieldIs(SOURCE)) {
 *             source = cursor.string();
 *         }                                  // what is not read is skipped, and checked
 *     }
 * }
 * if (!cursor.expectEnd()) {
 *     return cursor.refusal();
 * }
 * }</pre>
 *
 * <p><b>Malformed input</b> is no exception: from the first fault on, every method answers false, null or {@link Kind#MALFORMED}, and
 * {@link #refusal()} tells what and where. A fault may be found late, so nothing counts before {@link #expectEnd()} has answered true.
 *
 * <p><b>Skipping and reading.</b> Every JSON text can be skipped. Reading asks for more: a string must be Unicode (no surrogate without its other
 * half), a number must have at most {@value #NUMBER_CHARS_MAX} characters and an exponent in the range of int. Fields named twice are the caller's business.
 *
 * <p>Bounds: {@value #DEPTH_MAX} nested containers. Reusable; not thread-safe. Calls out of turn throw {@link IllegalStateException}.
 */
public final class JsonCursor {

    /** Most containers inside each other, the outermost included. */
    public static final int DEPTH_MAX = 512;

    /** Events are shallow, and cursors many. */
    private static final int DEPTH_FIRST = 16;

    /** Longest number that can be read, in characters. */
    public static final int NUMBER_CHARS_MAX = JsonNumber.CHARS_MAX;

    /** What begins at the cursor. */
    public enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL,
        /** No JSON value: see {@link #refusal()}. */
        MALFORMED
    }

    private static final int INTACT = -1;

    private boolean[] objects = new boolean[DEPTH_FIRST]; // by depth: the open container is an object
    private byte[] text = new byte[0];
    private int from;
    private int to;
    private int at;
    private int depth;
    private boolean first; // nothing of the open container was read yet
    private boolean pending; // the value at the cursor was neither read nor skipped nor entered
    private int nameFrom;
    private int nameTo;
    private boolean namePlain;
    private int valueFrom;
    private int valueTo;
    private int faultAt = INTACT;
    private @Nullable String fault;

    /** A cursor on nothing; call {@link #reset}. */
    public JsonCursor() {}

    /** Begins at the start of a text. */
    public void reset(Json json) {
        text = json.array();
        from = json.from();
        to = json.to();
        depth = 0;
        faultAt = INTACT;
        fault = null;
        point(JsonText.space(text, from, to));
    }

    /** The kind of the value at the cursor, by its first byte; does not move. */
    public Kind kind() {
        if (!pending) {
            return withoutValue();
        }
        if (at >= to) {
            fail(null, to);
            return Kind.MALFORMED;
        }
        return switch (text[at]) {
            case '"' -> Kind.STRING;
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case 't' -> Kind.TRUE;
            case 'f' -> Kind.FALSE;
            case 'n' -> Kind.NULL;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Kind.NUMBER;
            default -> {
                fail(null, at);
                yield Kind.MALFORMED;
            }
        };
    }

    /** Steps into an object; false, without a move, if the value is none. */
    public boolean enterObject() {
        return kind() == Kind.OBJECT && enter(true);
    }

    /** Steps into an array; false, without a move, if the value is none. */
    public boolean enterArray() {
        return kind() == Kind.ARRAY && enter(false);
    }

    private boolean enter(boolean object) {
        if (depth == DEPTH_MAX) {
            return fail(null, at);
        }
        if (++depth == objects.length) {
            objects = Arrays.copyOf(objects, 2 * objects.length);
        }
        objects[depth] = object;
        first = true;
        pending = false;
        at++;
        return true;
    }

    /** Moves to the value of the next field, skipping what was not read of the one before; false at the end of the object, which is then left. */
    public boolean nextField() {
        int next = next(true, '}');
        if (next < 0) {
            return false;
        }
        if (next >= to || text[next] != '"') {
            return fail(null, next);
        }
        int stop = JsonText.plain(text, next + 1, to);
        namePlain = stop < to && text[stop] == '"';
        int end = namePlain ? stop + 1 : JsonString.end(text, stop, to);
        int value = end < 0 ? end : JsonText.colon(text, end, to);
        if (value < 0) {
            return fail(null, ~value);
        }
        nameFrom = next + 1;
        nameTo = end - 1;
        point(value);
        return true;
    }

    /** Moves to the next element, skipping what was not read of the one before; false at the end of the array, which is then left. */
    public boolean nextElement() {
        int next = next(false, ']');
        if (next < 0) {
            return false;
        }
        point(next);
        return true;
    }

    /** Index at which the next field or element begins; negative if there is none, or a fault. */
    private int next(boolean object, char close) {
        if (faultAt != INTACT || (pending && !skip())) {
            return -1;
        }
        if (depth == 0 || objects[depth] != object) {
            throw new IllegalStateException("cursor is in no " + (object ? "object" : "array") + ": depth=" + depth);
        }
        int next = JsonText.space(text, at, to);
        if (next < to && text[next] == close) {
            depth--;
            first = false;
            at = next + 1;
            return -1;
        }
        if (first) {
            first = false;
            return next;
        }
        if (next >= to || text[next] != ',') {
            fail(null, next);
            return -1;
        }
        return JsonText.space(text, next + 1, to);
    }

    /** Whether the field at the cursor has this name. Allocates only if the name has escapes. */
    public boolean fieldIs(byte[] ascii) {
        if (faultAt != INTACT) {
            return false;
        }
        if (namePlain) {
            return nameTo - nameFrom == ascii.length && Arrays.equals(text, nameFrom, nameTo, ascii, 0, ascii.length);
        }
        String name = JsonString.decode(text, nameFrom, nameTo);
        return name != null && name.equals(new String(ascii, StandardCharsets.ISO_8859_1));
    }

    /** The name of the field at the cursor; null, and malformed, if it is not Unicode. */
    public @Nullable String fieldName() {
        return faultAt == INTACT ? decode(namePlain, nameFrom, nameTo) : null;
    }

    /** Reads a string; null, without a move, if the value is none, or if it is malformed. */
    public @Nullable String string() {
        if (kind() != Kind.STRING) {
            return null;
        }
        int stop = JsonText.plain(text, at + 1, to);
        boolean plain = stop < to && text[stop] == '"';
        int end = plain ? stop + 1 : JsonString.end(text, stop, to);
        if (end < 0) {
            fail(null, ~end);
            return null;
        }
        passed(end);
        return decode(plain, valueFrom + 1, end - 1);
    }

    /** Reads a number exactly; null, without a move, if the value is none, or if it is malformed or out of bounds. */
    public @Nullable BigDecimal number() {
        if (kind() != Kind.NUMBER) {
            return null;
        }
        int end = JsonText.number(text, at, to);
        if (end < 0) {
            fail(null, ~end);
            return null;
        }
        BigDecimal number = JsonNumber.decimal(text, at, end);
        if (number == null) {
            fail(
                    "a number must have at most " + NUMBER_CHARS_MAX
                            + " characters and an exponent in the range of int",
                    at);
            return null;
        }
        passed(end);
        return number;
    }

    /** Checks and passes the value at the cursor, whatever it is; false if it is malformed. */
    public boolean skip() {
        if (!pending) {
            withoutValue();
            return false;
        }
        int end = JsonText.value(text, at, to, DEPTH_MAX - depth);
        if (end < 0) {
            return fail(null, ~end);
        }
        passed(end);
        return true;
    }

    /** Skips the value at the cursor and gives its text; null if it is malformed. */
    public @Nullable Json raw() {
        return skip() ? new Json(text, valueFrom, valueTo) : null;
    }

    /** Index, in the array of the text, of the first byte of the value that was last skipped, or read as string or number. */
    public int valueFrom() {
        return valueFrom;
    }

    /** Index after the last byte of that value. */
    public int valueTo() {
        return valueTo;
    }

    /** Skips what is left; true if all of the text was one value with white space around it. */
    public boolean expectEnd() {
        while (depth > 0 && faultAt == INTACT) {
            boolean _ = objects[depth] ? nextField() : nextElement();
        }
        if (faultAt != INTACT || (pending && !skip())) {
            return false;
        }
        at = JsonText.space(text, at, to);
        return at == to || fail(null, at);
    }

    /** What is wrong with the text, and at which byte, counted from 0 at its start; null while nothing was found. */
    public @Nullable Refusal refusal() {
        if (faultAt == INTACT) {
            return null;
        }
        String what =
                fault != null ? fault : faultAt >= to ? "text ends inside a value" : unexpected(text[faultAt] & 0xFF);
        return new Refusal("not JSON: " + what + ": byte=" + (faultAt - from) + " of=" + (to - from));
    }

    private static String unexpected(int b) {
        String shown = b > ' ' && b < 0x7F ? "'" + (char) b + "'" : String.format(Locale.ROOT, "0x%02X", b);
        return b == '{' || b == '[' ? shown + " here, or more than " + DEPTH_MAX + " levels" : "unexpected " + shown;
    }

    private @Nullable String decode(boolean plain, int begin, int end) {
        if (plain) {
            return new String(text, begin, end - begin, StandardCharsets.ISO_8859_1);
        }
        String decoded = JsonString.decode(text, begin, end);
        if (decoded == null) {
            fail("a string has a surrogate without its other half", begin - 1);
        }
        return decoded;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void point(int value) {
        at = value;
        pending = true;
    }

    private void passed(int end) {
        valueFrom = at;
        valueTo = end;
        at = end;
        pending = false;
    }

    private Kind withoutValue() {
        if (faultAt == INTACT) {
            throw new IllegalStateException("no value at the cursor: depth=" + depth + " byte=" + (at - from));
        }
        return Kind.MALFORMED;
    }

    private boolean fail(@Nullable String what, int index) {
        fault = what;
        faultAt = index;
        pending = false;
        return false;
    }
}
