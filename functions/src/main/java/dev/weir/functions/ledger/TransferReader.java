package dev.weir.functions.ledger;

import dev.weir.flow.Limits;
import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import dev.weir.model.Refusal;
import dev.weir.wire.JsonCursor;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads one transfer from its JSON text. The first thing that is wrong is the reason of the refusal. */
final class TransferReader {
    private static final byte[] SOURCE = ascii("source");
    private static final byte[] TARGET = ascii("target");
    private static final byte[] AMOUNT = ascii("amount");
    private static final byte[] ID = ascii("id");
    private static final byte[] SEQUENCE = ascii("sequence");

    private final Json text;
    private final JsonCursor cursor = new JsonCursor();
    private @Nullable String source;
    private @Nullable String target;
    private @Nullable BigDecimal amount;
    private @Nullable String id;
    private long sequence;
    private @Nullable String wrong;

    TransferReader(Json text) {
        this.text = text;
        cursor.reset(text);
    }

    Decoded<Transfer> read() {
        if (cursor.kind() != JsonCursor.Kind.OBJECT) {
            Refusal malformed = cursor.refusal();
            return Transfer.refused(malformed == null ? "a transfer must be a JSON object" : malformed.reason());
        }
        cursor.enterObject();
        while (wrong == null && cursor.nextField()) {
            field();
        }
        if (wrong != null) {
            return Transfer.refused(wrong);
        }
        Refusal malformed = cursor.expectEnd() ? null : cursor.refusal();
        return malformed == null ? complete(trimmed()) : Transfer.refused(malformed.reason());
    }

    private void field() {
        if (cursor.fieldIs(SOURCE)) {
            source = once("source", source, string("source"));
        } else if (cursor.fieldIs(TARGET)) {
            target = once("target", target, string("target"));
        } else if (cursor.fieldIs(AMOUNT)) {
            amount = once("amount", amount, number("amount"));
        } else if (cursor.fieldIs(ID)) {
            id = cursor.kind() == JsonCursor.Kind.NULL ? id : once("id", id, id());
        } else if (cursor.fieldIs(SEQUENCE)) {
            sequence = cursor.kind() == JsonCursor.Kind.NULL ? sequence : wholeNumber(number("sequence"));
        }
    }

    private Decoded<Transfer> complete(Json object) {
        if (source == null || target == null || amount == null) {
            String missing = source == null ? "source" : target == null ? "target" : "amount";
            return Transfer.refused("field is missing: field=" + missing);
        }
        if (amount.signum() <= 0) {
            return Transfer.refused("amount must be above zero: amount=" + abbreviated(amount));
        }
        if (!Amounts.fits(amount)) {
            return Transfer.refused(
                    "amount must have at most " + Amounts.DIGITS_MAX + " digits: amount=" + abbreviated(amount));
        }
        return Decoded.value(new Transfer(
                source,
                target,
                amount,
                Optional.ofNullable(id),
                sequence == 0 ? OptionalLong.empty() : OptionalLong.of(sequence),
                object));
    }

    private @Nullable String string(String field) {
        if (cursor.kind() != JsonCursor.Kind.STRING) {
            return refuse("field must be a string: field=" + field);
        }
        String value = cursor.string();
        if (value != null && value.isEmpty()) {
            return refuse("field must not be empty: field=" + field);
        }
        return value == null || Limits.fitsKey(value)
                ? value
                : refuse("field must have at most " + Limits.KEY_BYTES_MAX + " bytes: field=" + field + " characters="
                        + value.length());
    }

    /** An id is a string, or a number taken by its text. */
    private @Nullable String id() {
        if (cursor.kind() != JsonCursor.Kind.NUMBER) {
            return string("id");
        }
        Json number = cursor.raw();
        return number == null ? null : number.toString();
    }

    private @Nullable BigDecimal number(String field) {
        return cursor.kind() == JsonCursor.Kind.NUMBER
                ? cursor.number()
                : this.<BigDecimal>refuse("field must be a number: field=" + field);
    }

    private long wholeNumber(@Nullable BigDecimal number) {
        if (number == null) {
            return 0;
        }
        if (sequence != 0) {
            refuse("field appears twice: field=sequence");
        }
        boolean whole = number.signum() > 0 && number.scale() == 0 && number.precision() <= 18;
        if (!whole) {
            refuse("sequence must be a whole number from 1: sequence=" + abbreviated(number));
        }
        return whole ? number.longValue() : 0;
    }

    private <V> @Nullable V once(String field, @Nullable V before, @Nullable V value) {
        return before == null ? value : this.<V>refuse("field appears twice: field=" + field);
    }

    private <V> @Nullable V refuse(String reason) {
        if (wrong == null) {
            wrong = reason;
        }
        return null;
    }

    /** The object without the white space around it. */
    private Json trimmed() {
        int from = text.from();
        int to = text.to();
        while (text.array()[from] != '{') {
            from++;
        }
        while (text.array()[to - 1] != '}') {
            to--;
        }
        return new Json(text.array(), from, to);
    }

    private static String abbreviated(BigDecimal number) {
        String text = number.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
