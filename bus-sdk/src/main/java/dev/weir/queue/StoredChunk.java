package dev.weir.queue;

import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.queue.Section.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chunk of a queue as its item says it.
 *
 * @param end id of its last event, as it stands in the partition
 * @param sections its lines, in order; at least one
 */
record StoredChunk(String end, List<Section> sections) {

    static StoredChunk of(Item item) {
        String end = String.valueOf(item.key().sort());
        String start = item.get("start") instanceof Attribute.Text(String text) ? text : end;
        if (item.get("gzip") instanceof Attribute.Bytes(byte[] gzip)) {
            return one(start, end, new Source.Inline(gzip));
        }
        String bucket = in(item, "bucket");
        String key = in(item, "key");
        if (key == null) {
            return one(start, end, new Source.Nowhere("the chunk has neither lines nor an object"));
        }
        if (!(item.get("offsets") instanceof Attribute.Sequence(List<Attribute> offsets)) || offsets.isEmpty()) {
            return one(start, end, new Source.Whole(String.valueOf(bucket), key));
        }
        List<Section> sections = new ArrayList<>(offsets.size());
        for (Attribute offset : offsets) {
            sections.add(section(start, end, String.valueOf(bucket), key, offset));
        }
        return new StoredChunk(end, List.copyOf(sections));
    }

    /** Bytes of the lines, compressed, that lie in the item. */
    long inlineBytes() {
        return sections.getFirst().source() instanceof Source.Inline(byte[] gzip) ? gzip.length : 0;
    }

    private static StoredChunk one(String start, String end, Source source) {
        return new StoredChunk(end, List.of(new Section(start, end, source)));
    }

    /** Bounds of a section are places in the chunk; in archives they are ids. */
    private static Section section(String start, String end, String bucket, String key, Attribute offset) {
        Map<String, Attribute> fields = offset instanceof Attribute.Struct(var value) ? value : Map.of();
        Optional<Long> from = number(fields.get("gzipOffset"));
        Optional<Long> bytes = number(fields.get("gzipSize")).filter(size -> size > 0 && size <= Integer.MAX_VALUE);
        Source source = from.isPresent() && bytes.isPresent()
                ? new Source.Part(bucket, key, from.get(), (int) (long) bytes.get())
                : new Source.Nowhere("a section of the chunk says no bytes: key=" + key);
        return new Section(bound(start, fields.get("start"), start), bound(start, fields.get("end"), end), source);
    }

    private static String bound(String start, @Nullable Attribute bound, String fallback) {
        return switch (bound) {
            case Attribute.Text(String eid) -> eid;
            case Attribute.Number place -> Eids.plus(start, place.value().longValue());
            case null, default -> fallback;
        };
    }

    private static @Nullable String in(Item item, String name) {
        return item.get("s3") instanceof Attribute.Struct(var s3) && s3.get(name) instanceof Attribute.Text(String text)
                ? text
                : null;
    }

    private static Optional<Long> number(@Nullable Attribute value) {
        return value instanceof Attribute.Number number && number.value().signum() >= 0
                ? Optional.of(number.value().longValue())
                : Optional.empty();
    }
}
