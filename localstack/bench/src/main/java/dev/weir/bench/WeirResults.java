package dev.weir.bench;

import dev.weir.bench.race.Tally;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.model.Json;
import dev.weir.port.Items;
import dev.weir.queue.Page;
import dev.weir.queue.Position;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueReader;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;

/** Reads what the bots of {@link WeirBot} wrote. */
final class WeirResults {
    private static final long NOW_MILLIS = 1_900_000_000_000L;

    private WeirResults() {}

    /** All results, from the beginning of the queue. */
    static Tally of(Items items) {
        Queues queues =
                new Queues(BotInMemory.BUS.queueTables(), items, new MemoryObjectStore(), new ManualTime(NOW_MILLIS));
        QueueReader reader = queues.reader(QueueName.of(WeirBot.QUEUE), Position.beginning());
        Tally tally = new Tally();
        Page page;
        do {
            page = reader.next(ReadLimits.DEFAULTS).orThrow();
            for (QueueEvent event : page.events()) {
                Json payload = event.payload();
                tally.add(payload.array(), payload.from(), payload.to());
            }
        } while (!page.isEnd());
        return tally;
    }
}
