package dev.weir.infra.cost;

import dev.weir.model.Json;
import dev.weir.queue.NewEvent;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueWriter;
import dev.weir.writer.Producer;
import dev.weir.writer.SteppedWriter;
import dev.weir.writer.WriterLimits;
import java.util.SplittableRandom;

/** A producer of sample events for one stream, or through the bus's stream for one queue. One thread. */
final class Feeder {
    private final World world;
    private final Sample sample;
    private final Load load;
    private final String who;
    private final SteppedWriter writer;
    private final Put put;
    private long next;

    /** Where an event goes. */
    interface Put {
        void put(SteppedWriter writer, long number, Json event);
    }

    Feeder(World world, String stream, String who, Sample sample, Load load, Put put) {
        this.world = world;
        this.sample = sample;
        this.load = load;
        this.who = who;
        this.put = put;
        this.writer = new SteppedWriter(
                world.streams,
                Producer.fresh("cost-" + who.replace(' ', '-'), world.bus.stream(stream), world.bus.lanes()),
                world.time,
                new SplittableRandom(1),
                WriterLimits.DEFAULTS);
    }

    /** Puts events into a queue, as programs do. */
    static Put intoQueue(World world, String queue) {
        return (writer, _, event) -> new QueueWriter(
                        world.bus.queueTables(), "cost", writer::put, world.objects, world.time)
                .put(NewEvent.of("cost", QueueName.of(queue), event));
    }

    /** How many events come first that only prepare. */
    long preparing() {
        return sample.preparing(load);
    }

    /** Puts so many events, and sends them. */
    void feed(long events) {
        world.meter.turnOf(who).events += events;
        for (long i = 0; i < events; i++) {
            Json event = sample.event(next, load);
            while (!writer.hasRoom(2 * event.length() + 1_000)) {
                send();
            }
            put.put(writer, next, event);
            next++;
        }
        send();
    }

    private void send() {
        world.meter.turnOf(who);
        writer.flush();
        while (!writer.isDrained()) {
            writer.step();
        }
    }
}
