package dev.weir.functions.ingest;

import dev.weir.queue.QueueName;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Names as lines have them.
 *
 * <p>A queue is stored under the name under which leo-sdk's readers look for it, by the rules of {@link QueueName#parse}: of
 * {@code queue:orders} it is {@code orders}; of {@code system:shop} it is {@code system.shop}; and of a bare {@code s_orders} the old prefix
 * is left out, once, because readers leave it out too. Behind {@code queue:} and in a reference object nothing is left out.
 */
final class Names {

    /** Most UTF-8 bytes of the name of a queue or a bot: leaves room in DynamoDB's keys for what RStreams hangs on. */
    static final int BYTES_MAX = 1_000;

    private static final Map<String, QueueName.Type> TYPES =
            Map.of("queue", QueueName.Type.QUEUE, "system", QueueName.Type.SYSTEM, "bot", QueueName.Type.BOT);

    private Names() {}

    /** The queue that a line is for. */
    static QueueName queue(LineFields fields) throws UnusableException {
        Optional<String> text = fields.text("event");
        QueueName name = text.isPresent() ? parsed(text.get()) : reference(fields);
        String key = name.key();
        if (bytes(key) > BYTES_MAX) {
            throw new UnusableException("the queue's name is too long: bytes=" + bytes(key) + " max=" + BYTES_MAX);
        }
        if (key.endsWith("/_archive") || key.endsWith("/_snapshot")) {
            throw new UnusableException("a queue's archive and snapshots cannot be written like queues: event=" + key);
        }
        return name;
    }

    private static QueueName parsed(String text) throws UnusableException {
        try {
            return QueueName.parse(text);
        } catch (IllegalArgumentException _) {
            throw new UnusableException("the line names no queue: event=" + text);
        }
    }

    private static QueueName reference(LineFields fields) throws UnusableException {
        Optional<String> id = fields.textIn("event", "id").filter(text -> !text.isEmpty());
        if (id.isEmpty()) {
            throw new UnusableException("the line names no queue; say which one in the field \"event\"");
        }
        Optional<QueueName.Type> type =
                fields.textIn("event", "type").map(text -> TYPES.get(text.toLowerCase(Locale.ROOT)));
        return type.isPresent() ? new QueueName(type.get(), id.get()) : parsed(id.get());
    }

    /** Bytes in UTF-8. */
    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
