package dev.weir.bot;

import dev.weir.graph.Decoded;
import dev.weir.graph.Puller;
import dev.weir.graph.RetryLaterException;
import dev.weir.model.Json;
import dev.weir.pipeline.Outbound;
import dev.weir.port.ObjectOutcome;
import dev.weir.port.ObjectStore;
import dev.weir.queue.Page;
import dev.weir.queue.Position;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueReader;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import dev.weir.wire.ByteSink;
import dev.weir.wire.Envelope;
import dev.weir.wire.Gzip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes what is new in a queue as objects, one with each pull, and tells of it. The cursor says for each part of the queue which event was
 * the last that lies in an object.
 *
 * <p>An object is named by its first event and never replaced. Who finds it there, because an earlier run ended before its commit or another
 * was quicker, goes on behind what it holds. So each event is in one object.
 */
final class FilePuller implements Puller {

    /** Bytes of lines at which an object is closed; the last page may bring a little more. */
    static final int OBJECT_BYTES = 32 * 1024 * 1024;

    private static final int UNPACKED_BYTES_MAX = 2 * OBJECT_BYTES;

    private final Queues queues;
    private final ObjectStore objects;
    private final String queue;

    FilePuller(Queues queues, ObjectStore objects, String queue) {
        this.queues = queues;
        this.objects = objects;
        this.queue = queue;
    }

    /** Where the objects of a queue lie. */
    static String prefix(String queue) {
        return "files/" + queue + "/";
    }

    /** Lines that belong into one object, and the ids of their events. */
    private static final class Content {
        private final ByteSink lines = new ByteSink();
        private final ArrayList<String> eids = new ArrayList<>();
    }

    @Override
    public Optional<Pulled> pull(String cursor, int recordsMax) {
        TreeMap<String, String> seen = ShardCursor.parse(cursor);
        for (QueueName part : queues.parts(QueueName.of(queue))) {
            Content content = read(part, seen.getOrDefault(part.key(), ""));
            if (!content.eids.isEmpty()) {
                String key = prefix(queue) + part.key() + "/"
                        + content.eids.getFirst().replace('/', '-') + ".jsonl.gz";
                int events = store(key, content);
                seen.put(part.key(), content.eids.get(events - 1));
                return Optional.of(new Pulled(List.of(notice(key, events)), ShardCursor.write(seen)));
            }
        }
        return Optional.empty();
    }

    private Content read(QueueName part, String after) {
        Content content = new Content();
        QueueReader reader = queues.reader(part, Position.of(after));
        Page page;
        do {
            page = reader.next(ReadLimits.DEFAULTS).orThrow();
            for (QueueEvent event : page.events()) {
                content.lines.putOnOneLine(value(event));
                content.lines.put('\n');
                content.eids.add(event.eid());
            }
        } while (!page.isEnd() && content.lines.size() < OBJECT_BYTES);
        return content;
    }

    private static Json value(QueueEvent event) {
        return switch (Outbound.read(Envelope.payloadOf(event.line()))) {
            case Decoded.Value<Outbound>(Outbound outbound) -> outbound.value();
            case Decoded.Refused<Outbound> _ -> event.payload(); // somebody else has put it there
        };
    }

    /** Stores the object; answers how many of the events it holds: fewer if it was stored when there were fewer. */
    private int store(String key, Content content) {
        byte[] data = new Gzip(Gzip.LEVEL_DEFAULT).compress(content.lines.array(), 0, content.lines.size());
        return switch (objects.put(key, data, ObjectStore.IfPresent.KEEP)) {
            case ObjectOutcome.Stored _ -> content.eids.size();
            case ObjectOutcome.AlreadyThere _ -> held(key);
            case ObjectOutcome.Refused(String reason) -> throw again(key, reason);
            case ObjectOutcome.Unknown(String reason) -> throw again(key, reason);
        };
    }

    private int held(String key) {
        byte[] lines = Gzip.decompress(
                objects.get(key).orElseThrow(() -> again(key, "it was removed while it was looked at")),
                UNPACKED_BYTES_MAX);
        int count = 0;
        for (byte each : lines) {
            count += each == '\n' ? 1 : 0;
        }
        return count;
    }

    private static RetryLaterException again(String key, String reason) {
        return new RetryLaterException("an object was not stored: key=" + key + " reason=" + reason);
    }

    private static Json notice(String key, int events) {
        return Json.of("{\"object\":" + Json.quoted(key) + ",\"events\":" + events + "}");
    }
}
