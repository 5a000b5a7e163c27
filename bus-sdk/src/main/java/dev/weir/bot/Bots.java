package dev.weir.bot;

import dev.weir.graph.Decoded;
import dev.weir.graph.EventDecoder;
import dev.weir.graph.Graph;
import dev.weir.graph.NoState;
import dev.weir.graph.Output;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.model.Json;
import dev.weir.queue.QueueEvent;
import dev.weir.wire.Envelope;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Graphs for what bots on queues mostly do, under the names that RStreams gave them. What needs keys, state or several lanes is written with
 * {@link Graph} itself.
 *
 * <p>These graphs take events in the order of their queue, all in one lane. An event for which the function throws is parked, and the next
 * one is taken; if it throws for many, the bot is paused.
 */
public final class Bots {
    private static final Json NOTHING = Json.of("null");

    /** Reads an event of a queue with everything that is known of it. */
    public static final EventDecoder<QueueEvent> EVENTS = Bots::event;

    private Bots() {}

    /**
     * From each event of a queue any number of events of another, exactly once: what is written and how far was read are one commit.
     *
     * <pre>{@code
     * Bots.enrich("with-weather", "orders", "orders.with-weather", event -> List.of(withWeather(event.payload())))
     * }</pre>
     *
     * <p>Each result carries the id of the event it came from ({@code correlation_id}) and the time of the first event of its chain.
     *
     * @param in logical name of the queue that is read
     * @param out name of the queue that is written; others may write it too
     * @param function the payloads, in order; none to pass over the event. Pure: it may be called again for the same event
     */
    public static Graph<QueueEvent, NoState, List<Json>> enrich(
            String bot, String in, String out, Function<QueueEvent, List<Json>> function) {
        return Graph.named(bot)
                .readFrom(Source.queue(in, EVENTS))
                .forEach((event, _) -> function.apply(event))
                .writeTo(Sink.queues(payloads -> payloads.stream()
                        .<Output>map(payload -> new Output.Payload(out, payload))
                        .toList()));
    }

    /**
     * Does something outside of the bus for each event of a queue: calls a service, sends a mail, writes a file.
     *
     * <p><b>At least once</b>, which is as good as it gets where two systems are concerned: a run that is killed after the effect and before
     * its commit does it again. {@link Delivery#key} is the same each time and is no other event's, so a service that is given it as its
     * idempotency key does it once. How far was read is committed after the effect, never before it.
     *
     * <pre>{@code
     * Bots.offload("mails", "orders.paid", delivery -> mailer.send(delivery.key(), delivery.event().payload()))
     * }</pre>
     *
     * @param consumer returns when the effect is done; throws if it cannot be done, which parks the event
     */
    public static Graph<QueueEvent, NoState, Boolean> offload(String bot, String in, Consumer<Delivery> consumer) {
        return Graph.named(bot)
                .readFrom(Source.queue(in, EVENTS))
                .forEach((event, _) -> {
                    consumer.accept(new Delivery(bot + "/" + event.queue() + "/" + event.eid(), event));
                    return true;
                })
                .writeTo(Sink.queues(_ -> List.of()));
    }

    /**
     * An event on its way out of the bus.
     *
     * @param key of this event and this bot: for services that know an idempotency key. The same when it is delivered again, and also when
     *     somebody sets the bot's checkpoint back to have it delivered again on purpose
     * @param event the event
     */
    public record Delivery(String key, QueueEvent event) {}

    private static Decoded<QueueEvent> event(String queue, String eid, Json line) {
        Envelope envelope = Envelope.parse(line);
        if (envelope == null) {
            return Decoded.refused("the line is no event: it is no JSON object with a queue's name in it");
        }
        Json payload = envelope.payload();
        return Decoded.value(new QueueEvent(queue, eid, line, payload == null ? NOTHING : payload));
    }
}
