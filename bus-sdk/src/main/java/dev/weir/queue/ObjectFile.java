package dev.weir.queue;

import dev.weir.model.Json;
import dev.weir.port.ObjectOutcome;
import dev.weir.port.ObjectStore;
import dev.weir.port.ObjectStore.IfPresent;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Time;
import dev.weir.wire.ByteSink;
import dev.weir.wire.Envelope;
import dev.weir.wire.Gzip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Events of one bot and one queue that go into an object, and the pointer to it. Not thread-safe.
 *
 * <p>The object is written under a name that the caller derives from what it is, and never replaced: who tries again after a crash finds his
 * own object, and points to what is in it.
 */
final class ObjectFile {

    /** How often a put is tried. */
    static final int TRIES_MAX = 8;

    private static final long PAUSE_FIRST_MILLIS = 100;

    private final ByteSink text = new ByteSink();
    private final List<NewEvent> events = new ArrayList<>();

    void add(NewEvent event) {
        event.write(text, events.size());
        text.put('\n');
        events.add(event);
    }

    int bytes() {
        return text.size();
    }

    int size() {
        return events.size();
    }

    /** Stores the object if it is not there, and gives the pointer to it as a line. */
    Json store(String bucket, String key, ObjectStore objects, Time time) {
        byte[] gzip = new Gzip(Gzip.LEVEL_DEFAULT).compress(text.array(), 0, text.size());
        boolean isOld = put(objects, time, key, gzip);
        byte[] stored = isOld ? objects.get(key).orElseThrow(() -> lost(key)) : gzip;
        int storedBytes = text.size();
        if (isOld) {
            byte[] lines = Gzip.decompress(stored, SectionLoader.INFLATED_BYTES_MAX);
            checkSame(key, lines);
            storedBytes = lines.length;
        }
        return pointer(bucket, key, stored.length, storedBytes, time.epochMillis());
    }

    /** Gives whether there was an object already. */
    static boolean put(ObjectStore objects, Time time, String key, byte[] data) {
        String reason = "";
        long pauseMillis = PAUSE_FIRST_MILLIS;
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            switch (objects.put(key, data, IfPresent.KEEP)) {
                case ObjectOutcome.Stored() -> {
                    return false;
                }
                case ObjectOutcome.AlreadyThere() -> {
                    return true;
                }
                case ObjectOutcome.Refused(String why) -> reason = "refused: " + why;
                case ObjectOutcome.Unknown(String why) -> reason = "no answer: " + why;
            }
            time.pause(Duration.ofMillis(pauseMillis));
            pauseMillis *= 2;
        }
        throw new StoreUnavailableException("an object could not be stored; put the same again: key=" + key + " tries="
                + TRIES_MAX + " lastReason=" + reason);
    }

    /** The object of an earlier try has the same payloads; times may differ. */
    private void checkSame(String key, byte[] lines) {
        int at = 0;
        int place = 0;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i] == '\n') {
                boolean same = place < events.size()
                        && Objects.equals(
                                Envelope.payloadOf(new Json(lines, at, i)),
                                onOneLine(events.get(place).payload()));
                if (!same) {
                    throw other(key);
                }
                at = i + 1;
                place++;
            }
        }
        if (place != events.size()) {
            throw other(key);
        }
    }

    private static Json onOneLine(Json payload) {
        ByteSink sink = new ByteSink(payload.length());
        sink.putOnOneLine(payload);
        return Json.of(sink.toBytes());
    }

    private static IllegalStateException other(String key) {
        return new IllegalStateException(
                "the object holds other events: two writers have the same producer id: key=" + key);
    }

    private static StoreUnavailableException lost(String key) {
        return new StoreUnavailableException("an object was there and is not: key=" + key);
    }

    private Json pointer(String bucket, String key, int gzipSize, int size, long nowMillis) {
        NewEvent any = events.getFirst();
        int last = events.size() - 1;
        String sizes = "\"gzipSize\":" + gzipSize + ",\"size\":" + size;
        ByteSink sink = new ByteSink();
        sink.putUtf8("{\"event\":");
        sink.putString(any.queue().key());
        sink.putUtf8(",\"start\":null,\"end\":" + last + ",\"s3\":{\"bucket\":");
        sink.putString(bucket);
        sink.putUtf8(",\"key\":");
        sink.putString(key);
        sink.putUtf8("},\"offsets\":[{\"event\":");
        sink.putString(any.queue().key());
        sink.putUtf8(",\"start\":0,\"end\":" + last + ",\"records\":" + events.size() + "," + sizes
                + ",\"offset\":0,\"gzipOffset\":0}]," + sizes + ",\"records\":" + events.size() + ",\"stats\":{");
        sink.putString(any.bot());
        sink.putUtf8(":{\"start\":" + latestSource() + ",\"end\":" + latest() + ",\"units\":" + events.size()
                + ",\"checkpoint\":" + last + "}},\"correlations\":[");
        correlations(sink);
        sink.putUtf8("],\"timestamp\":" + nowMillis + ",\"event_source_timestamp\":" + nowMillis + "}");
        return Json.of(sink.toBytes());
    }

    private long latestSource() {
        return events.stream()
                .mapToLong(event -> event.eventSourceTimestamp().orElseThrow())
                .max()
                .orElseThrow();
    }

    private long latest() {
        return events.stream()
                .mapToLong(event -> event.timestamp().orElseThrow())
                .max()
                .orElseThrow();
    }

    /** One map for the one section: for each source, how far the events came from it. */
    private void correlations(ByteSink sink) {
        Map<String, List<NewEvent>> sources = new LinkedHashMap<>();
        for (NewEvent event : events) {
            event.correlation()
                    .ifPresent(correlation -> sources.computeIfAbsent(correlation.source(), _ -> new ArrayList<>())
                            .add(event));
        }
        char before = '{';
        for (Map.Entry<String, List<NewEvent>> source : sources.entrySet()) {
            sink.put(before);
            before = ',';
            sink.putString(source.getKey());
            sink.put(':');
            correlation(source.getValue(), sink);
        }
        sink.putUtf8(before == '{' ? "{}" : "}");
    }

    private static void correlation(List<NewEvent> events, ByteSink sink) {
        Correlation first = events.getFirst().correlation().orElseThrow();
        NewEvent lastEvent = events.getLast();
        Correlation last = lastEvent.correlation().orElseThrow();
        sink.putUtf8("{\"source\":");
        sink.putString(first.source());
        sink.putUtf8(",\"start\":");
        sink.putString(first.start());
        sink.putUtf8(",\"end\":");
        sink.putString(last.end().orElse(last.start()));
        sink.putUtf8(",\"records\":" + events.size() + ",\"source_timestamp\":"
                + lastEvent.eventSourceTimestamp().orElseThrow() + ",\"timestamp\":"
                + lastEvent.timestamp().orElseThrow() + "}");
    }
}
