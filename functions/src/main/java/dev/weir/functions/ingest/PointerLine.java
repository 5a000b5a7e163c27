package dev.weir.functions.ingest;

import dev.weir.graph.Output;
import dev.weir.model.Eid;
import dev.weir.model.Json;
import dev.weir.port.Attribute;
import dev.weir.queue.QueueName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line that says where in S3 events are: of a bulk load, a large event, an archive or a snapshot. What it says of its sections must fit
 * together, since readers find events by it.
 */
final class PointerLine {

    /** Most bots of one object whose write checkpoints are kept. */
    private static final int AUTHORS_MAX = 20;

    private static final long RECORDS_MAX = Eid.INDEX_MAX + 1;

    private static final List<String> SIZES = List.of("records", "gzipSize", "size", "offset", "gzipOffset");

    private final LineFields fields;
    private final boolean isArchive;
    private final long records;

    private PointerLine(LineFields fields) throws UnusableException {
        this.fields = fields;
        this.isArchive = fields.isTruthy("archive");
        this.records = fields.required("records");
        if (records < 1 || records > RECORDS_MAX) {
            throw new UnusableException("an object holds 1 to " + RECORDS_MAX + " events: records=" + records);
        }
    }

    static Output.Stored read(LineFields fields) throws UnusableException {
        return new PointerLine(fields).stored();
    }

    private Output.Stored stored() throws UnusableException {
        QueueName queue = Names.queue(fields);
        Output.Log log = log(queue);
        QueueName written = log instanceof Output.Log.Live ? queue : QueueName.of(log.text());
        int bytes = 0;
        for (Json value : fields.all().values()) {
            bytes += value.length();
        }
        return new Output.Stored(log, records, attributes(), isArchive ? List.of() : authors(written), bytes);
    }

    private Output.Log log(QueueName queue) throws UnusableException {
        if (isArchive) {
            String start = eid("start");
            String end = eid("end");
            if (start.compareTo(end) > 0) {
                throw new UnusableException(
                        "a range of an archive ends before it starts: start=" + start + " end=" + end);
            }
            return new Output.Log.Archive(queue.key(), start, end);
        }
        return fields.isTruthy("snapshot")
                ? new Output.Log.Snapshot(queue.key(), BusLine.minute(fields.requiredMillis("snapshot")))
                : new Output.Log.Live(queue.key());
    }

    private String eid(String name) throws UnusableException {
        return fields.text(name)
                .filter(text -> text.startsWith("z/") && Names.bytes(text) <= Names.BYTES_MAX)
                .orElseThrow(() -> new UnusableException("a range of an archive has no event id: field=" + name));
    }

    private Map<String, Attribute> attributes() throws UnusableException {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        attributes.put("s3", Attribute.of(Map.of("bucket", place("bucket"), "key", place("key"))));
        attributes.put("gzipSize", Attribute.of(fields.required("gzipSize")));
        attributes.put("size", Attribute.of(fields.required("size")));
        List<Attribute> sections = sections();
        if (!sections.isEmpty()) {
            attributes.put("offsets", Attribute.of(sections));
        }
        fields.millis("timestamp").ifPresent(millis -> attributes.put("timestamp", Attribute.of(millis)));
        fields.millis("event_source_timestamp")
                .ifPresent(millis -> attributes.put("event_source_timestamp", Attribute.of(millis)));
        fields.text("creator").ifPresent(creator -> attributes.put("creator", Attribute.of(creator)));
        if (isArchive) {
            attributes.put("archive", Attribute.of(true));
        } else if (fields.isTruthy("snapshot")) {
            attributes.put("snapshot", Attribute.of(fields.requiredMillis("snapshot")));
        }
        return attributes;
    }

    private Attribute place(String name) throws UnusableException {
        Optional<String> text = fields.textIn("s3", name).filter(value -> !value.isEmpty());
        return Attribute.of(
                text.orElseThrow(() -> new UnusableException("an S3 address is not whole: missing=" + name)));
    }

    private List<Attribute> sections() throws UnusableException {
        List<Attribute> sections = new ArrayList<>();
        long next = 0;
        for (LineFields section : fields.objects("offsets")) {
            Map<String, Attribute> attributes = new LinkedHashMap<>();
            attributes.put("event", Attribute.of(section.text("event").orElse("")));
            for (String name : SIZES) {
                attributes.put(name, Attribute.of(section.required(name)));
            }
            attributes.put("start", bound(section, "start"));
            attributes.put("end", bound(section, "end"));
            if (!isArchive && section.required("start") != next) {
                throw new UnusableException("a section does not begin where the one before ends: start="
                        + section.required("start") + " expected=" + next);
            }
            next = isArchive ? records : section.required("end") + 1;
            sections.add(Attribute.of(attributes));
        }
        if (!sections.isEmpty() && next != records) {
            throw new UnusableException("sections do not make up the object: events=" + next + " records=" + records);
        }
        return sections;
    }

    private Attribute bound(LineFields section, String name) throws UnusableException {
        return isArchive
                ? Attribute.of(section.text(name).orElseThrow(() -> new UnusableException("a section has no bounds")))
                : Attribute.of(section.required(name));
    }

    /** Who wrote the events, as leo-sdk counts them. */
    private List<Output.Author> authors(QueueName queue) {
        List<Output.Author> authors = new ArrayList<>();
        @Nullable Json stats = fields.raw("stats");
        LineFields bots = new LineFields(stats == null ? Json.of("{}") : stats);
        for (Map.Entry<String, Json> bot : bots.all().entrySet()) {
            LineFields said = new LineFields(bot.getValue());
            long last = said.number("checkpoint").orElse(-1);
            boolean isUsable = last >= 0 && last < records && !bot.getKey().isEmpty();
            if (isUsable && authors.size() < AUTHORS_MAX && Names.bytes(bot.getKey()) <= Names.BYTES_MAX) {
                authors.add(new Output.Author(
                        bot.getKey(),
                        queue,
                        last,
                        Math.max(0, said.number("units").orElse(0)),
                        Math.max(0, said.millis("start").orElse(0)),
                        Math.max(0, said.millis("end").orElse(0))));
            }
        }
        return authors;
    }
}
