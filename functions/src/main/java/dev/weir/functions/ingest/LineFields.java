package dev.weir.functions.ingest;

import dev.weir.model.Json;
import dev.weir.wire.JsonCursor;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object, as they are written, in order; of a field named twice the last one, as in JavaScript. Not thread-safe. */
final class LineFields {
    private static final int DIGITS_MAX = 18;

    private final JsonCursor cursor = new JsonCursor();
    private final Map<String, Json> fields = new LinkedHashMap<>();
    private @Nullable String fault;

    LineFields(Json line) {
        cursor.reset(line);
        if (!cursor.enterObject()) {
            fault = cursor.refusal() == null
                    ? "not a JSON object"
                    : cursor.refusal().reason();
            return;
        }
        while (cursor.nextField()) {
            String name = cursor.fieldName();
            Json value = cursor.raw();
            if (name != null && value != null) {
                fields.put(name, value);
            }
        }
        if (!cursor.expectEnd() && cursor.refusal() != null) {
            fault = cursor.refusal().reason();
        }
    }

    /** Why the line is no object, if it is none. */
    Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /** All of them. */
    Map<String, Json> all() {
        return fields;
    }

    @Nullable
    Json raw(String name) {
        return fields.get(name);
    }

    /** Whether JavaScript takes the value for true. */
    boolean isTruthy(String name) {
        Json value = fields.get(name);
        if (value == null) {
            return false;
        }
        return switch (kind(value)) {
            case OBJECT, ARRAY, TRUE -> true;
            case STRING -> value.length() > 2;
            case NUMBER -> decimal(value).map(number -> number.signum() != 0).orElse(true);
            case FALSE, NULL, MALFORMED -> false;
        };
    }

    JsonCursor.Kind kind(Json value) {
        cursor.reset(value);
        return cursor.kind();
    }

    /** A text; empty if there is none, or something else. */
    Optional<String> text(String name) {
        return text(fields.get(name));
    }

    private Optional<String> text(@Nullable Json value) {
        if (value == null) {
            return Optional.empty();
        }
        cursor.reset(value);
        return Optional.ofNullable(cursor.string());
    }

    /** A text within an object. */
    Optional<String> textIn(String object, String name) {
        return Optional.ofNullable(fields.get(object)).flatMap(inner -> new LineFields(inner).text(name));
    }

    /** The elements of an array; empty if there is none. */
    List<LineFields> objects(String name) throws UnusableException {
        List<LineFields> objects = new ArrayList<>();
        Json array = fields.get(name);
        if (array == null || kind(array) != JsonCursor.Kind.ARRAY) {
            return objects;
        }
        cursor.reset(array);
        if (cursor.enterArray()) {
            while (cursor.nextElement()) {
                Json element = cursor.raw();
                LineFields object = new LineFields(element == null ? Json.of("") : element);
                if (object.fault != null) {
                    throw new UnusableException("an element is no object: field=" + name);
                }
                objects.add(object);
            }
        }
        return objects;
    }

    /** A whole number, rounded down; empty if there is none, or something else. */
    OptionalLong number(String name) {
        Json value = fields.get(name);
        return value == null ? OptionalLong.empty() : whole(decimal(value));
    }

    long required(String name) throws UnusableException {
        return number(name).orElseThrow(() -> new UnusableException("a number is missing: field=" + name));
    }

    long requiredMillis(String name) throws UnusableException {
        return millis(name).orElseThrow(() -> new UnusableException("a time is missing: field=" + name));
    }

    /** A time in milliseconds since the epoch: a number, its digits as text, or a date of ISO 8601, in UTC if it says nothing else. */
    OptionalLong millis(String name) {
        OptionalLong number = number(name);
        return number.isPresent()
                ? number
                : text(name).map(LineFields::millisOf).orElse(OptionalLong.empty());
    }

    private static OptionalLong millisOf(String text) {
        String date = text.strip();
        try {
            if (date.matches("\\d{1," + DIGITS_MAX + "}")) {
                return OptionalLong.of(Long.parseLong(date));
            }
            if (date.length() <= "2026-11-20".length()) {
                return OptionalLong.of(LocalDate.parse(date)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli());
            }
            String iso = date.replaceFirst("^(\\S+) ", "$1T").replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2");
            return OptionalLong.of(
                    iso.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)")
                            ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
                            : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli());
        } catch (DateTimeException | ArithmeticException _) {
            return OptionalLong.empty();
        }
    }

    private Optional<BigDecimal> decimal(Json value) {
        cursor.reset(value);
        return Optional.ofNullable(cursor.number());
    }

    private static OptionalLong whole(Optional<BigDecimal> number) {
        if (number.isEmpty()
                || (long) number.get().precision() - number.get().scale() > DIGITS_MAX
                || number.get().scale() > JsonCursor.NUMBER_CHARS_MAX) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(number.get().setScale(0, RoundingMode.FLOOR).longValueExact());
    }
}
