/**
 * Queues for bots, tools and people, in the wire format of RStreams: reading from any position, writing, search, trace and archive.
 *
 * <p>{@link dev.weir.queue.Queues} is where to begin. A reader gives pages of entries, each with its id; how a page ended, and what could
 * not be read, are values. A position is the id of the last entry that was read, and may be kept by anybody.
 *
 * <pre>{@code
 * Queues queues = new Queues(bus.queueTables(), items, objects, time);
 * EventReader reader = queues.reader(QueueName.parse("orders"), Position.beginning());
 * Page page = reader.next(ReadLimits.DEFAULTS);
 * page.events().forEach(event -> System.out.println(event.eid() + " " + event.payload()));
 * }</pre>
 */
@NullMarked
package dev.weir.queue;

import org.jspecify.annotations.NullMarked;
