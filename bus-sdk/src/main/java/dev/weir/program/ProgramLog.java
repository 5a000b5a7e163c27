package dev.weir.program;

import dev.weir.flow.Bus;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.pipeline.Programs;
import dev.weir.port.StoreUnavailableException;
import dev.weir.queue.Page;
import dev.weir.queue.Position;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueReader;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import dev.weir.wire.JsonCursor;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The lines that programs have read, as the commits of their pipelines put them into queues. Thread-safe. */
final class ProgramLog {
    private static final byte[] KEY = "key".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NUMBER = "n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LINE = "line".getBytes(StandardCharsets.US_ASCII);

    private final Bus bus;
    private final Queues queues;

    ProgramLog(Bus bus, Queues queues) {
        this.bus = bus;
        this.queues = queues;
    }

    /**
     * Gives the first lines that a program has read, in order.
     *
     * @throws StoreUnavailableException if they are not all there: what is not committed is in no log yet
     */
    void read(Programs.Id id, long count, Consumer<Json> lines) {
        if (count == 0) {
            return;
        }
        String queue = bus.queue(id.log(), new LaneId.Slice(bus.lanes().of(id.key())));
        QueueReader reader = queues.reader(QueueName.of(queue), Position.beginning());
        JsonCursor cursor = new JsonCursor();
        long next = 0;
        Page page;
        do {
            page = reader.next(ReadLimits.DEFAULTS).orThrow();
            for (QueueEvent event : page.events()) {
                Entry entry = entry(event.payload(), cursor);
                if (next < count && entry.key.equals(id.key())) {
                    require(entry.number == next, id, next, count);
                    lines.accept(entry.line);
                    next++;
                }
            }
        } while (next < count && !page.isEnd());
        require(next == count, id, next, count);
    }

    private static void require(boolean holds, Programs.Id id, long next, long count) {
        if (!holds) {
            throw new StoreUnavailableException("the log of a program does not hold what it has read: bot=" + id.bot()
                    + " step=" + id.step() + " key=" + id.key() + " lines=" + count + " missing=" + next
                    + "; a new process begins with the next batch, or the log was not kept");
        }
    }

    private record Entry(String key, long number, Json line) {}

    private static Entry entry(Json payload, JsonCursor cursor) {
        cursor.reset(payload);
        String key = null;
        BigDecimal number = null;
        Json line = null;
        if (cursor.enterObject()) {
            while (cursor.nextField()) {
                if (cursor.fieldIs(KEY)) {
                    key = cursor.string();
                } else if (cursor.fieldIs(NUMBER)) {
                    number = cursor.number();
                } else if (cursor.fieldIs(LINE)) {
                    line = cursor.raw();
                }
            }
        }
        if (key == null || number == null || line == null) {
            throw new IllegalStateException("no line of a program's log: payload=" + payload);
        }
        return new Entry(key, number.longValueExact(), line);
    }
}
