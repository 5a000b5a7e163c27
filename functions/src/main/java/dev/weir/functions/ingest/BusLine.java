package dev.weir.functions.ingest;

import dev.weir.graph.Decoded;
import dev.weir.graph.Output;
import dev.weir.model.Eid;
import dev.weir.model.Json;
import dev.weir.port.Attribute;
import java.util.List;
import java.util.Map;

/** What a line of the bus may be. */
public sealed interface BusLine {

    /** What the line writes. */
    List<Output> outputs(long arrivalMillis);

    /** An event. */
    record Event(EventLine line) implements BusLine {
        @Override
        public List<Output> outputs(long arrivalMillis) {
            return List.of(line.output(arrivalMillis));
        }
    }

    /** Where in S3 events are. */
    record Pointer(Output.Stored stored) implements BusLine {
        @Override
        public List<Output> outputs(long arrivalMillis) {
            return List.of(stored);
        }
    }

    /**
     * The news that a queue has a snapshot: readers who begin at the beginning begin there.
     *
     * @param start the minute at which the snapshot begins
     * @param next behind which the queue itself goes on: a minute, or the event that our own writers say in {@code after}
     */
    record SnapshotRegistered(String queue, String start, String next) implements BusLine {
        @Override
        public List<Output> outputs(long arrivalMillis) {
            Attribute snapshot =
                    Attribute.of(Map.of("start", Attribute.of("_snapshot/" + start), "next", Attribute.of(next)));
            return List.of(new Output.Note(queue, Map.of("snapshot", snapshot)));
        }
    }

    /** A command that nobody knows: counted and passed, as RStreams does. */
    record Passed() implements BusLine {
        @Override
        public List<Output> outputs(long arrivalMillis) {
            return List.of();
        }
    }

    /**
     * Reads a line. The rules are those of RStreams' processor, but nothing is dropped: a payload may be anything, or missing; a line
     * without {@code id} gets the writer {@value EventLine#NOBODY}; and what cannot be used at all is refused, and so parked.
     */
    static Decoded<BusLine> decode(Json line) {
        LineFields fields = new LineFields(line);
        if (fields.fault().isPresent()) {
            return Decoded.refused(fields.fault().get());
        }
        try {
            return Decoded.value(read(fields));
        } catch (UnusableException e) {
            return Decoded.refused(e.reason());
        }
    }

    private static BusLine read(LineFields fields) throws UnusableException {
        if (fields.isTruthy("_cmd")) {
            return fields.text("_cmd").filter("registerSnapshot"::equals).isPresent()
                    ? registered(fields)
                    : new Passed();
        }
        return fields.isTruthy("s3") ? new Pointer(PointerLine.read(fields)) : new Event(EventLine.read(fields));
    }

    private static BusLine registered(LineFields fields) throws UnusableException {
        return new SnapshotRegistered(Names.queue(fields).key(), minute(fields.requiredMillis("start")), next(fields));
    }

    private static String next(LineFields fields) throws UnusableException {
        String minute = minute(fields.requiredMillis("next"));
        if (!fields.isTruthy("after")) {
            return minute;
        }
        return fields.text("after")
                .filter(eid -> Eid.parse(eid).isPresent())
                .orElseThrow(() -> new UnusableException("a snapshot goes on behind what is no event id: field=after"));
    }

    /** The beginning of every id of a minute. */
    static String minute(long millis) throws UnusableException {
        if (millis < 0 || millis > Eid.MILLIS_MAX) {
            throw new UnusableException("no moment for an event id: millis=" + millis);
        }
        String eid = new Eid(millis, 0).toString();
        return eid.substring(0, eid.lastIndexOf('/') + 1);
    }
}
