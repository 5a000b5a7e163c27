package dev.weir.local.simulator;

import dev.weir.flow.Bus;
import dev.weir.model.LaneId;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Shard;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What can be found out about a run from outside: what producers were given, and what is stored. Read without the code under test. */
public final class Evidence {
    private static final String PAYLOAD = "\"payload\":";

    private static final int HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;

    private final Map<String, List<String>> queues = new HashMap<>();
    private final Inflater inflater;
    private final Setup setup;
    private final List<Submission> given;
    private final Store store;
    private final Kinesis kinesis;

    Evidence(Setup setup, List<Submission> given, Store store, Kinesis kinesis, Inflater inflater) {
        this.inflater = inflater;
        this.setup = setup;
        this.given = List.copyOf(given);
        this.store = store;
        this.kinesis = kinesis;
    }

    /** What was given to producers so far, in order. */
    public List<Submission> given() {
        return given;
    }

    /** The store, as it is. */
    public Items items() {
        return store.items();
    }

    public Bus bus() {
        return setup.bus();
    }

    /** Every lane there is: the slices, and the pass-through lane of each shard. */
    public List<LaneId> lanes() {
        List<LaneId> lanes = new ArrayList<>();
        for (int i = 0; i < bus().lanes().count(); i++) {
            lanes.add(new LaneId.Slice(i));
        }
        for (Shard shard : kinesis.shards()) {
            lanes.add(new LaneId.PassThrough(shard.id()));
        }
        return lanes;
    }

    /** The payloads of a queue that a lane wrote, in the order of their ids. */
    public List<String> queue(String logical, LaneId lane) {
        return queues.computeIfAbsent(bus().queue(logical, lane), this::payloads);
    }

    private List<String> payloads(String queue) {
        List<String> payloads = new ArrayList<>();
        for (Item chunk : items().query(bus().queues(), queue, "z/", "z0", Integer.MAX_VALUE)) {
            for (String line : gunzip(chunk.bytes("gzip")).split("\n")) {
                payloads.add(payload(line));
            }
        }
        return payloads;
    }

    /** What a lane keeps in the table of checkpoints under sort keys that begin so, for example {@code parked#}. */
    public List<Item> kept(LaneId lane, String kind) {
        String end = kind.substring(0, kind.length() - 1) + (char) (kind.charAt(kind.length() - 1) + 1);
        return items().query(bus().checkpoints(), setup.bot() + "/" + lane.text(), kind, end, Integer.MAX_VALUE);
    }

    /** When each chunk of a queue came to be seen, in the order of their ids. */
    List<Long> chunksSeenSince(String logical, LaneId lane) {
        return items().query(bus().queues(), bus().queue(logical, lane), "z/", "z0", Integer.MAX_VALUE).stream()
                .map(item -> store.seenSince(item.key()))
                .toList();
    }

    /** A gzip member without a name or a comment: ten bytes, deflated data, eight bytes. */
    private String gunzip(byte[] gzip) {
        try {
            inflater.reset();
            inflater.setInput(gzip, HEADER_BYTES, gzip.length - HEADER_BYTES - TRAILER_BYTES);
            byte[] text = new byte
                    [ByteBuffer.wrap(gzip, gzip.length - 4, 4)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getInt()];
            int size = inflater.inflate(text);
            if (size == text.length) {
                return new String(text, StandardCharsets.UTF_8);
            }
        } catch (DataFormatException _) {
            // said below
        }
        throw new AssertionError("a chunk of a queue is not gzip: bytes=" + gzip.length);
    }

    /** The value of {@code payload} in an RStreams line: up to the brace that closes it. */
    private static String payload(String line) {
        int from = line.indexOf(PAYLOAD) + PAYLOAD.length();
        int depth = 0;
        boolean isText = false;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                isText = !isText;
            } else if (!isText && (c == '{' || c == '[')) {
                depth++;
            } else if (!isText && (c == '}' || c == ']') && --depth == 0) {
                return line.substring(from, i + 1);
            }
        }
        throw new AssertionError("a line of a queue has no payload: line=" + line);
    }
}
