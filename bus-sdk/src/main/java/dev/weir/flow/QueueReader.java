package dev.weir.flow;

import dev.weir.model.Eid;
import dev.weir.model.Json;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.wire.Envelope;
import dev.weir.wire.Gzip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a queue from a position on, in order. Each call reads what is there; it does not wait. Not thread-safe. */
public final class QueueReader {
    private static final int INFLATED_BYTES_MAX = 64 * 1024 * 1024;
    private static final int CHUNKS_AT_ONCE = 50;

    private final Bus bus;
    private final String queue;
    private final Items items;
    private String after;

    /**
     * @param queue physical name, see {@link Bus#queue}
     * @param after id of the last event that was read, or an empty text to begin at the beginning
     */
    public QueueReader(Bus bus, String queue, Items items, String after) {
        this.bus = bus;
        this.queue = queue;
        this.items = items;
        this.after = after;
    }

    /** The payloads of the next events, from as many chunks as one look-up gives; empty if there are none yet. */
    public List<Json> read() {
        // A space sorts after the id itself and before every later id: "after this event", as RStreams writes it.
        String from = after.isEmpty() ? "z/" : after + " ";
        List<Item> chunks = items.query(bus.queues(), queue, from, "z0", CHUNKS_AT_ONCE);
        List<Json> payloads = new ArrayList<>();
        for (Item chunk : chunks) {
            append(chunk, payloads);
            after = String.valueOf(chunk.key().sort());
        }
        return payloads;
    }

    /** Id of the last event that was read. */
    public String position() {
        return after;
    }

    private void append(Item chunk, List<Json> payloads) {
        byte[] lines = Gzip.decompress(chunk.bytes("gzip"), INFLATED_BYTES_MAX);
        long skip = seen(chunk);
        int from = 0;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i] == '\n') {
                if (skip-- <= 0) {
                    payloads.add(Envelope.payloadOf(new Json(lines, from, i)));
                }
                from = i + 1;
            }
        }
    }

    /** How many events at the beginning of a chunk are not after the position. */
    private long seen(Item chunk) {
        Optional<Eid> position = Eid.parse(after);
        Optional<Eid> start = Eid.parse(chunk.text("start"));
        return position.isPresent()
                        && start.isPresent()
                        && position.get().epochMillis() == start.get().epochMillis()
                ? Math.max(0, position.get().index() - start.get().index() + 1)
                : 0;
    }
}
