package dev.weir.pipeline;

import dev.weir.graph.Decoded;
import dev.weir.graph.StateCodec;
import dev.weir.model.Json;
import dev.weir.wire.ByteSink;
import dev.weir.wire.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a pipeline's table as JSON. Thread-safe.
 *
 * <pre>
 * {"count":3,"largest":{"amount":12.5}}                             a key: a field each step
 * {"$clock":{"floor":1,"next":2,"feeds":{"orders":[3,2,4]}}}       of a feed: latest, noted, noted at
 * {"$timers":[[1795194360000,"by-minute","alice"]]}                 in order
 * {"$timers":[],"$wakes":[[1795194360000,"hundreds","alice"]]}      those of the clock on the wall too, if there are any
 * </pre>
 */
final class KeyStateCodec implements StateCodec<KeyState> {
    private static final String CLOCK = "$clock";
    private static final String TIMERS = "$timers";
    private static final String WAKES = "$wakes";
    private static final byte[] FEEDS = ascii("feeds");
    private static final byte[] FLOOR = ascii("floor");
    private static final byte[] NEXT = ascii("next");
    private static final byte[] WAKE = ascii("wake");
    private static final int CLOCK_BYTES = 160;
    private static final int FEED_BYTES = 80;
    private static final int FIELD_BYTES = 4; // quotes, colon and comma

    private final List<String> steps;
    private final List<Codec<Object>> codecs;

    /**
     * @param steps names of the steps that keep state
     * @param codecs of their values
     */
    KeyStateCodec(List<String> steps, List<Codec<Object>> codecs) {
        this.steps = steps;
        this.codecs = codecs;
    }

    @Override
    public int encodedBytesMax(KeyState state) {
        return switch (state) {
            case StepStates states -> bytesMax(states);
            case Timers timers -> timers.bytes();
            case Clock clock ->
                CLOCK_BYTES
                        + clock.face.feeds().keySet().stream()
                                .mapToInt(feed -> FEED_BYTES + feed.length())
                                .sum();
        };
    }

    private int bytesMax(StepStates states) {
        int bytes = 2;
        for (int i = 0; i < states.values.length; i++) {
            Object value = states.values[i];
            if (value != null) {
                Json text = states.text(i);
                bytes += steps.get(i).length() + FIELD_BYTES + (text == null ? bytesMax(i, value) : text.length());
            }
        }
        for (Map.Entry<String, Json> other : states.others.entrySet()) {
            bytes += other.getKey().length() + FIELD_BYTES + other.getValue().length();
        }
        return bytes;
    }

    private int bytesMax(int slot, Object value) {
        return codecs.get(slot) instanceof BoundedCodec<Object> codec
                ? codec.bytesMax(value)
                : codecs.get(slot).encode(value).length();
    }

    // ------------------------------------------------------------------ writing

    @Override
    public Json encode(KeyState state) {
        ByteSink sink = new ByteSink();
        switch (state) {
            case StepStates states -> write(states, sink);
            case Timers timers -> write(timers, sink);
            case Clock clock -> write(clock.face, sink);
        }
        return Json.of(sink.toBytes());
    }

    private void write(StepStates states, ByteSink sink) {
        char before = '{';
        for (int i = 0; i < states.values.length; i++) {
            Object value = states.values[i];
            if (value != null) {
                Json text = states.text(i);
                field(before, steps.get(i), text == null ? codecs.get(i).encode(value) : text, sink);
                before = ',';
            }
        }
        for (Map.Entry<String, Json> other : states.others.entrySet()) {
            field(before, other.getKey(), other.getValue(), sink);
            before = ',';
        }
        if (before == '{') {
            sink.put('{');
        }
        sink.put('}');
    }

    private static void field(char before, String name, Json value, ByteSink sink) {
        sink.put(before);
        sink.putString(name);
        sink.put(':');
        sink.putOnOneLine(value);
    }

    private static void write(Timers timers, ByteSink sink) {
        sink.putUtf8("{\"" + TIMERS + "\":[");
        write(timers.sorted, sink);
        if (!timers.wakes.isEmpty()) {
            sink.putUtf8("],\"" + WAKES + "\":[");
            write(timers.wakes, sink);
        }
        sink.putUtf8("]}");
    }

    private static void write(List<Timer> timers, ByteSink sink) {
        for (int i = 0; i < timers.size(); i++) {
            Timer timer = timers.get(i);
            sink.putUtf8(i == 0 ? "[" : ",[");
            sink.putLong(timer.millis());
            sink.put(',');
            sink.putString(timer.step());
            sink.put(',');
            sink.putString(timer.key());
            sink.put(']');
        }
    }

    private static void write(ClockFace face, ByteSink sink) {
        sink.putUtf8("{\"" + CLOCK + "\":{\"floor\":" + face.floor() + ",\"next\":" + face.next());
        if (face.wake() != Long.MAX_VALUE) {
            sink.putUtf8(",\"wake\":" + face.wake());
        }
        sink.putUtf8(",\"feeds\":{");
        String before = "";
        for (Map.Entry<String, ClockFace.Seen> feed : face.feeds().entrySet()) {
            sink.putUtf8(before);
            sink.putString(feed.getKey());
            ClockFace.Seen seen = feed.getValue();
            sink.putUtf8(":[" + seen.latest() + "," + seen.noted() + "," + seen.notedAt() + "]");
            before = ",";
        }
        sink.putUtf8("}}}");
    }

    // ------------------------------------------------------------------ reading

    @Override
    public KeyState decode(Json text) {
        JsonCursor cursor = new JsonCursor();
        cursor.reset(text);
        @Nullable Json[] texts = new @Nullable Json[steps.size()];
        Map<String, Json> others = new TreeMap<>();
        if (!cursor.enterObject()) {
            throw wrong(text);
        }
        while (cursor.nextField()) {
            String name = cursor.fieldName();
            if (CLOCK.equals(name)) {
                return clock(cursor, text);
            }
            if (TIMERS.equals(name)) {
                return timers(cursor, text);
            }
            Json value = cursor.raw();
            if (name == null || value == null) {
                throw wrong(text);
            }
            int slot = steps.indexOf(name);
            if (slot >= 0) {
                texts[slot] = value;
            } else {
                others.put(name, value);
            }
        }
        if (!cursor.expectEnd()) {
            throw wrong(text);
        }
        return new StepStates(values(texts), texts, others);
    }

    /** Throws {@link IllegalArgumentException} for a value that its codec refuses. */
    private @Nullable Object[] values(@Nullable Json[] texts) {
        @Nullable Object[] values = new @Nullable Object[texts.length];
        for (int i = 0; i < texts.length; i++) {
            values[i] = texts[i] == null ? null : value(i, texts[i]);
        }
        return values;
    }

    private Object value(int slot, Json text) {
        return switch (codecs.get(slot).decode(text)) {
            case Decoded.Value<Object>(Object value) -> value;
            case Decoded.Refused<Object> refused ->
                throw new IllegalArgumentException("a step cannot read its state: step=" + steps.get(slot) + " type="
                        + codecs.get(slot).type() + " reason="
                        + refused.refusal().reason()
                        + "; deploy a version that can, or give the step another name");
        };
    }

    private static Timers timers(JsonCursor cursor, Json text) {
        List<Timer> timers = list(cursor, text);
        List<Timer> wakes = List.of();
        while (cursor.nextField()) {
            if (WAKES.equals(cursor.fieldName())) {
                wakes = list(cursor, text);
            }
        }
        return Timers.of(timers, wakes);
    }

    private static List<Timer> list(JsonCursor cursor, Json text) {
        List<Timer> timers = new ArrayList<>();
        if (!cursor.enterArray()) {
            throw wrong(text);
        }
        while (cursor.nextElement()) {
            if (!cursor.enterArray()) {
                throw wrong(text);
            }
            long millis = element(cursor, text);
            String step = cursor.nextElement() ? cursor.string() : null;
            String key = cursor.nextElement() ? cursor.string() : null;
            if (step == null || key == null || cursor.nextElement()) {
                throw wrong(text);
            }
            timers.add(new Timer(millis, step, key));
        }
        return timers;
    }

    private static Clock clock(JsonCursor cursor, Json text) {
        Map<String, ClockFace.Seen> feeds = new TreeMap<>();
        long floor = Long.MIN_VALUE;
        long next = Long.MAX_VALUE;
        long wake = Long.MAX_VALUE;
        if (!cursor.enterObject()) {
            throw wrong(text);
        }
        while (cursor.nextField()) {
            if (cursor.fieldIs(FLOOR)) {
                floor = number(cursor, text);
            } else if (cursor.fieldIs(NEXT)) {
                next = number(cursor, text);
            } else if (cursor.fieldIs(WAKE)) {
                wake = number(cursor, text);
            } else if (cursor.fieldIs(FEEDS) && cursor.enterObject()) {
                while (cursor.nextField()) {
                    String feed = cursor.fieldName();
                    if (feed == null || !cursor.enterArray()) {
                        throw wrong(text);
                    }
                    feeds.put(
                            feed,
                            new ClockFace.Seen(element(cursor, text), element(cursor, text), element(cursor, text)));
                    if (cursor.nextElement()) {
                        throw wrong(text);
                    }
                }
            }
        }
        return new Clock(new ClockFace(feeds, floor, next, wake));
    }

    private static long element(JsonCursor cursor, Json text) {
        if (!cursor.nextElement()) {
            throw wrong(text);
        }
        return number(cursor, text);
    }

    private static long number(JsonCursor cursor, Json text) {
        return WholeNumber.of(cursor.number()).orElseThrow(() -> wrong(text));
    }

    private static IllegalArgumentException wrong(Json text) {
        return new IllegalArgumentException("no state of a pipeline: text=" + text);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
