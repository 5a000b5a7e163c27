package dev.weir.flow;

import dev.weir.model.Json;
import dev.weir.model.SequenceNumber;
import dev.weir.wire.ByteSink;
import dev.weir.wire.JsonCursor;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How held events are stored: for each entry a header line, and then the events' own lines. Raw newlines inside an event (legal white
 * space in JSON) become spaces.
 *
 * <pre>
 * {"scope":"p/run-7","number":101,"shard":"shardId-000000000000","seq":"4966...","index":0,"arrival":1795178701640,
 *  "since":1795178702000,"producer":"run-7","lines":2}
 * </pre>
 */
final class HeldFormat {
    private HeldFormat() {}

    static void write(Held.Entry<?> entry, ByteSink to) {
        Parcel<?> parcel = entry.parcel;
        String producer = parcel.producer() == null ? "" : ",\"producer\":" + Json.quoted(parcel.producer());
        put(
                to,
                "{\"scope\":" + Json.quoted(entry.scope.text()) + ",\"number\":" + entry.number + ",\"shard\":"
                        + Json.quoted(parcel.origin().shardId()) + ",\"seq\":\""
                        + parcel.origin().sequenceNumber() + "\",\"index\":"
                        + parcel.index() + ",\"arrival\":" + parcel.origin().arrivalMillis() + ",\"since\":"
                        + entry.sinceMillis
                        + producer + ",\"first\":" + parcel.number() + ",\"lines\":" + entry.count() + "}\n");
        for (Json line : parcel.lines()) {
            byte[] text = line.toBytes();
            for (int i = 0; i < text.length; i++) {
                if (text[i] == '\n' || text[i] == '\r') {
                    text[i] = ' ';
                }
            }
            to.put(text);
            to.put('\n');
        }
    }

    /** Reads entries back. */
    static <T> List<Held.Entry<T>> read(byte[] stored, LineDecode<T> decode) {
        List<Json> lines = lines(stored);
        List<Held.Entry<T>> entries = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            Map<String, Json> header = header(lines.get(at));
            int count = (int) number(header, "lines");
            entries.add(entry(header, lines.subList(at + 1, at + 1 + count), decode));
            at += 1 + count;
        }
        return entries;
    }

    private static <T> Held.Entry<T> entry(Map<String, Json> header, List<Json> lines, LineDecode<T> decode) {
        String producer = header.containsKey("producer") ? text(header, "producer") : null;
        Parcel.Origin origin = new Parcel.Origin(
                text(header, "shard"), new SequenceNumber(text(header, "seq")), number(header, "arrival"));
        List<Content<T>> contents = new ArrayList<>();
        int index = (int) number(header, "index");
        for (int i = 0; i < lines.size(); i++) {
            contents.add(decode.decode(producer, origin, index + i, lines.get(i)));
        }
        Parcel<T> parcel = new Parcel<>(origin, producer, number(header, "first"), index, lines, contents);
        return new Held.Entry<>(
                Scope.parse(text(header, "scope")), number(header, "number"), parcel, number(header, "since"));
    }

    private static List<Json> lines(byte[] stored) {
        List<Json> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < stored.length; i++) {
            if (stored[i] == '\n') {
                lines.add(new Json(stored, from, i));
                from = i + 1;
            }
        }
        return lines;
    }

    private static Map<String, Json> header(Json line) {
        JsonCursor cursor = new JsonCursor();
        cursor.reset(line);
        Map<String, Json> fields = new HashMap<>();
        if (cursor.enterObject()) {
            while (cursor.nextField()) {
                String name = cursor.fieldName();
                Json value = cursor.raw();
                if (name != null && value != null) {
                    fields.put(name, value);
                }
            }
        }
        return fields;
    }

    private static String text(Map<String, Json> header, String name) {
        JsonCursor cursor = new JsonCursor();
        cursor.reset(present(header.get(name), name));
        String text = cursor.string();
        return text == null ? present(null, name).toString() : text;
    }

    private static long number(Map<String, Json> header, String name) {
        return new BigDecimal(present(header.get(name), name).toString()).longValueExact();
    }

    private static Json present(@Nullable Json value, String name) {
        if (value == null) {
            throw new IllegalStateException("header of held events is not readable: missing=" + name);
        }
        return value;
    }

    private static void put(ByteSink to, String text) {
        to.put(text.getBytes(StandardCharsets.UTF_8));
    }
}
