package dev.weir.queue;

import dev.weir.model.Json;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.wire.ByteSink;
import dev.weir.wire.Gzip;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** An object of an archive while it is filled: sections of lines that say their full ids. Not thread-safe. */
final class ArchiveFile {

    /** Bytes of lines after which a section is closed: 10 MiB. Source: RStreams. */
    static final int SECTION_BYTES = 10 * 1024 * 1024;

    /** Most sections in an object. Source: RStreams. */
    static final int SECTIONS_MAX = 10;

    /** Compressed bytes after which an object is closed: 24 MiB, so that with one more section it is within what is stored at once. */
    static final int OBJECT_BYTES = 24 * 1024 * 1024;

    private static final int HASH_BYTES = 16;

    private final String queue;
    private final int sectionBytes;
    private final ByteSink text = new ByteSink();
    private final ByteSink object = new ByteSink();
    private final Gzip gzip = new Gzip(Gzip.LEVEL_DEFAULT);
    private final List<Attribute> offsets = new ArrayList<>();
    private String first = "";
    private String last = "";
    private String sectionFirst = "";
    private long sectionEvents;
    private long events;
    private long bytes;

    ArchiveFile(String queue, int sectionBytes) {
        this.queue = queue;
        this.sectionBytes = sectionBytes;
    }

    boolean isEmpty() {
        return events == 0;
    }

    boolean isFull() {
        return offsets.size() >= SECTIONS_MAX || object.size() >= OBJECT_BYTES;
    }

    long events() {
        return events;
    }

    /** Id of the last entry. */
    String last() {
        return last;
    }

    void add(QueueEntry entry) {
        first = first.isEmpty() ? entry.eid() : first;
        sectionFirst = sectionEvents == 0 ? entry.eid() : sectionFirst;
        last = entry.eid();
        switch (entry) {
            case QueueEvent event -> text.put(event.resolved());
            case BadLine bad -> wrap(bad);
        }
        text.put('\n');
        events++;
        sectionEvents++;
        if (text.size() >= sectionBytes) {
            closeSection();
        }
    }

    /** Readers of RStreams stop at a line that is no event, so it goes into one; ours take it out again. */
    private void wrap(BadLine bad) {
        text.putUtf8("{\"id\":\"archive\",\"event\":");
        text.putString(queue);
        text.putUtf8(",\"payload\":{\"reason\":");
        text.putString(bad.reason());
        text.putUtf8("},\"" + SectionLines.BAD_LINE + "\":\"");
        text.putUtf8(Base64.getEncoder().encodeToString(bad.line().toBytes()));
        text.putUtf8("\",\"eid\":");
        text.put(Json.of(Json.quoted(bad.eid())));
        text.put('}');
    }

    private void closeSection() {
        byte[] section = gzip.compress(text.array(), 0, text.size());
        offsets.add(Attribute.of(Map.of(
                "event", Attribute.of(queue),
                "start", Attribute.of(sectionFirst),
                "end", Attribute.of(last),
                "records", Attribute.of(sectionEvents),
                "gzipSize", Attribute.of(section.length),
                "size", Attribute.of(text.size()),
                "offset", Attribute.of(bytes),
                "gzipOffset", Attribute.of(object.size()))));
        object.put(section);
        bytes += text.size();
        text.clear();
        sectionEvents = 0;
    }

    /** The bytes of the object; nothing is added after that. */
    byte[] close() {
        if (sectionEvents > 0) {
            closeSection();
        }
        return object.toBytes();
    }

    /**
     * The name of the object says what is in it, so whoever stores under it stores the same: {@code bus/_archive/q=orders/dt=2026-11-20/...}.
     */
    String key(byte[] content) {
        String day = first.length() < 12 ? "unknown" : first.substring(2, 12).replace('/', '-');
        String place = first.substring(first.lastIndexOf('/') + 1);
        return "bus/_archive/q=" + queue + "/dt=" + day + "/" + place + "-" + hash(content) + ".gz";
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The chunk of the archive that points to the object. */
    Item chunk(QueueTables tables, QueueName name, String key, int objectBytes, long nowMillis) {
        return Item.at(new Key(tables.chunks(), name.archiveKey(), last))
                .with("start", first)
                .with("s3", Attribute.of(Map.of("bucket", Attribute.of(tables.bucket()), "key", Attribute.of(key))))
                .with("offsets", Attribute.of(List.copyOf(offsets)))
                .with("gzipSize", objectBytes)
                .with("size", bytes)
                .with("records", events)
                .with("v", 2)
                .with("timestamp", nowMillis)
                .with("event_source_timestamp", nowMillis)
                .with("archive", Attribute.of(true))
                .build();
    }
}
