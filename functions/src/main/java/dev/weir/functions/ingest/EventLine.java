package dev.weir.functions.ingest;

import dev.weir.graph.Output;
import dev.weir.model.Json;
import dev.weir.queue.QueueName;
import dev.weir.wire.ByteSink;
import dev.weir.wire.JsonCursor;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A line that carries an event: its envelope as it will stand in the queue, but for times that it did not say.
 *
 * @param log where it goes
 * @param queue the same, as checkpoints name it
 * @param bot who wrote it
 * @param units how many events it counts for
 * @param text an object without its closing brace, and without the times that are missing
 * @param sourceMillis when what it tells of happened, if it says so
 * @param writtenMillis when it was written, if it says so
 */
record EventLine(
        Output.Log log,
        QueueName queue,
        String bot,
        long units,
        Json text,
        OptionalLong sourceMillis,
        OptionalLong writtenMillis) {

    /** The writer of lines that do not say who wrote them. */
    static final String NOBODY = "nobody";

    /** A time that is no time is kept under this name. */
    private static final String AS_SENT = "event_source_timestamp_as_sent";

    private static final String SOURCE = "event_source_timestamp";
    private static final String WRITTEN = "timestamp";
    private static final long UNITS_MAX = 1_000_000_000_000L;

    /** Fields that are written anew. */
    private static final Set<String> OWN = Set.of("id", "event", "payload", SOURCE, WRITTEN, "eid");

    /** A line that is no pointer and no command. */
    static EventLine read(LineFields fields) throws UnusableException {
        if (fields.isTruthy("archive")) {
            throw new UnusableException("what goes to an archive must be in S3: field=s3");
        }
        QueueName queue = Names.queue(fields);
        String bot = bot(fields);
        OptionalLong source = fields.millis(SOURCE);
        OptionalLong written = fields.millis(WRITTEN);
        Output.Log log = fields.isTruthy("snapshot")
                ? new Output.Log.Snapshot(queue.key(), BusLine.minute(fields.requiredMillis("snapshot")))
                : new Output.Log.Live(queue.key());
        long units = Math.clamp(fields.number("units").orElse(1), 0, UNITS_MAX);
        QueueName checkpointed = log instanceof Output.Log.Live ? queue : QueueName.of(log.text());
        return new EventLine(log, checkpointed, bot, units, text(fields, queue, bot, source, written), source, written);
    }

    private static String bot(LineFields fields) throws UnusableException {
        Json id = fields.raw("id");
        if (id == null || !fields.isTruthy("id")) {
            return NOBODY;
        }
        Optional<String> text = fields.text("id");
        String bot = text.isPresent() ? text.get() : id.toString();
        boolean isName = text.isPresent() || fields.kind(id) == JsonCursor.Kind.NUMBER;
        if (!isName || Names.bytes(bot) > Names.BYTES_MAX) {
            throw new UnusableException(
                    "the writer's id must be a text of at most " + Names.BYTES_MAX + " bytes: bytes=" + id.length());
        }
        return bot;
    }

    private static Json text(
            LineFields fields, QueueName queue, String bot, OptionalLong source, OptionalLong written) {
        ByteSink text = new ByteSink();
        text.put('{');
        for (Map.Entry<String, Json> field : fields.all().entrySet()) {
            if (!OWN.contains(field.getKey())) {
                put(text, field.getKey(), field.getValue());
                text.put(',');
            }
        }
        Json sent = fields.raw(SOURCE);
        if (sent != null && source.isEmpty() && fields.isTruthy(SOURCE)) {
            put(text, AS_SENT, sent);
            text.put(',');
        }
        text.putUtf8("\"id\":");
        text.putString(bot);
        text.putUtf8(",\"event\":");
        text.putString(queue.key());
        Json payload = fields.raw("payload");
        if (payload != null) {
            text.put(',');
            put(text, "payload", payload);
        }
        source.ifPresent(millis -> time(text, SOURCE, millis));
        written.ifPresent(millis -> time(text, WRITTEN, millis));
        return new Json(text.array(), 0, text.size());
    }

    private static void put(ByteSink text, String name, Json value) {
        text.putString(name);
        text.put(':');
        text.put(value);
    }

    private static void time(ByteSink text, String name, long millis) {
        text.put(',');
        text.putString(name);
        text.put(':');
        text.putLong(millis);
    }

    /** The line with all times: what is missing is the time at which it arrived, which is the same each time that it is delivered. */
    Output.Line output(long arrivalMillis) {
        long written = writtenMillis.orElse(arrivalMillis);
        long source = sourceMillis.orElse(written);
        ByteSink whole = new ByteSink(text.length() + 80);
        whole.put(text);
        if (sourceMillis.isEmpty()) {
            time(whole, SOURCE, source);
        }
        if (writtenMillis.isEmpty()) {
            time(whole, WRITTEN, written);
        }
        whole.put('}');
        return new Output.Line(
                log,
                new Json(whole.array(), 0, whole.size()),
                new Output.Author(bot, queue, 0, units, source, written));
    }
}
