package dev.weir.local.simulate;

import dev.weir.flow.Bus;
import dev.weir.local.simulator.Stage;
import dev.weir.model.Eid;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import dev.weir.wire.Gzip;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The processor of RStreams, which writes a queue of its own on the same bus: the chunks of a batch one by one and in any order, and then
 * the head. What is above the head may still get something below it.
 */
final class BusStranger {
    static final String QUEUE = "strange";

    private static final int BATCHES = 6;
    private static final int CHUNKS_MAX = 4;
    private static final int EVENTS_MAX = 4;
    private static final int BATCH_MILLIS_MAX = 6_000;
    private static final int CHUNK_MILLIS_MAX = 1_500;
    private static final int KEYS = 9;

    private final Bus bus;
    private final Stage stage;
    private final Gzip gzip = new Gzip(Gzip.LEVEL_DEFAULT);
    private int batches;
    private int events;
    private Eid next;

    BusStranger(Bus bus, Stage stage) {
        this.bus = bus;
        this.stage = stage;
        this.next = new Eid(stage.time().epochMillis(), 0);
        plan();
    }

    private void plan() {
        stage.after(1 + stage.random(BATCH_MILLIS_MAX), this::batch);
    }

    private void batch() {
        List<Write> chunks = new ArrayList<>();
        Eid last = next;
        for (int i = stage.random(CHUNKS_MAX); i >= 0; i--) {
            int count = 1 + stage.random(EVENTS_MAX);
            last = next.plus(count - 1);
            chunks.add(new Write.Put(chunk(next, last, count), Condition.ALWAYS));
            next = new Eid(Math.max(next.epochMillis(), stage.time().epochMillis()) + 1, 0);
        }
        Collections.shuffle(chunks, new Random(stage.random(Integer.MAX_VALUE)));
        chunks.add(new Write.Update(
                new Key(bus.heads(), QUEUE, null),
                Map.of("max_eid", Attribute.of(last.toString()), "v", Attribute.of(2)),
                Condition.ALWAYS));
        write(chunks);
    }

    private void write(List<Write> left) {
        WriteOutcome _ = stage.items().write(left.getFirst());
        if (left.size() > 1) {
            stage.after(stage.random(CHUNK_MILLIS_MAX), () -> write(left.subList(1, left.size())));
        } else if (++batches < BATCHES) {
            plan();
        }
    }

    private Item chunk(Eid first, Eid last, int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String payload = "{\"id\":\"s" + events++ + "\",\"key\":\"k" + stage.random(KEYS) + "\"}";
            lines.append("{\"id\":\"stranger\",\"event\":\"" + QUEUE + "\",\"payload\":" + payload + ",\"eid\":" + i
                    + "}\n");
        }
        byte[] text = lines.toString().getBytes(StandardCharsets.UTF_8);
        return Item.at(new Key(bus.queues(), QUEUE, last.toString()))
                .with("start", first.toString())
                .with("gzip", gzip.compress(text, 0, text.length))
                .with("size", text.length)
                .with("records", count)
                .with("v", 2)
                .build();
    }
}
