package dev.weir.local.cli;

import dev.weir.local.up.Connection;
import dev.weir.queue.EventReader;
import dev.weir.queue.Page;
import dev.weir.queue.Position;
import dev.weir.queue.QueueName;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import java.time.Duration;
import java.util.List;

/** A queue with its sub-queues, also those that come into being while it is followed. Not thread-safe. */
final class Tail {
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Connection connection;
    private final Queues queues;
    private final QueueName name;
    private List<QueueName> parts;
    private EventReader reader;
    private long lookAtMillis;

    Tail(Connection connection, QueueName name, Position from) {
        this.connection = connection;
        this.queues = connection.queues();
        this.name = name;
        this.parts = queues.parts(name);
        this.reader = queues.readerOfAll(name, from);
        this.lookAtMillis = nowMillis() + LOOK.toMillis();
    }

    /** The next page; throws if the queue cannot be read on. */
    Page next(int events) {
        Page page = reader.next(ReadLimits.DEFAULTS.withEvents(events)).orThrow();
        if (page.isEnd() && nowMillis() >= lookAtMillis) {
            lookForParts();
            lookAtMillis = nowMillis() + LOOK.toMillis();
        }
        return page;
    }

    /** A part that is new began after this reader: all of it is to be read. */
    private void lookForParts() {
        List<QueueName> now = queues.parts(name);
        if (!now.equals(parts)) {
            reader = queues.merged(now, reader.positions(), Position.beginning());
            parts = now;
        }
    }

    private long nowMillis() {
        return connection.wiring().time().epochMillis();
    }
}
