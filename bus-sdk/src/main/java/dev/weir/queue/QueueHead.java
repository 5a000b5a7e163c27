package dev.weir.queue;

import dev.weir.port.Attribute;
import dev.weir.port.Item;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a bus knows of a queue: the row of the table of heads.
 *
 * @param queue its key
 * @param maxEid id of its last event
 * @param archiveEnd id of the last event that is in its archive
 * @param snapshotStart where its last registered snapshot begins, an id that begins with {@code _snapshot/}
 * @param snapshotNext where the queue goes on behind that snapshot
 * @param skipArchive whether it is never archived
 * @param row the whole row
 */
public record QueueHead(
        String queue,
        Optional<String> maxEid,
        Optional<String> archiveEnd,
        Optional<String> snapshotStart,
        Optional<String> snapshotNext,
        boolean skipArchive,
        Item row) {

    static QueueHead of(Item row) {
        return new QueueHead(
                row.key().partition(),
                text(row.get("max_eid")),
                in(row, "archive", "end"),
                in(row, "snapshot", "start"),
                in(row, "snapshot", "next"),
                row.get("skip_archive") instanceof Attribute.Flag(boolean skip) && skip,
                row);
    }

    /** Others write these rows too: what is not as it should be counts as not there. */
    private static Optional<String> in(Item row, String map, String name) {
        return row.get(map) instanceof Attribute.Struct(Map<String, Attribute> value)
                ? text(value.get(name))
                : Optional.empty();
    }

    private static Optional<String> text(@Nullable Attribute value) {
        return value instanceof Attribute.Text(String text) && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }
}
