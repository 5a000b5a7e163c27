package dev.weir.bot;

import dev.weir.flow.QueueShard;
import dev.weir.graph.Decoded;
import dev.weir.graph.EventDecoder;
import dev.weir.graph.Graph;
import dev.weir.graph.Output;
import dev.weir.graph.Puller;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.graph.StateCodec;
import dev.weir.graph.Table;
import dev.weir.model.Eid;
import dev.weir.model.Json;
import dev.weir.model.SequenceNumber;
import dev.weir.queue.QueueEvent;
import dev.weir.wire.ByteSink;
import dev.weir.wire.Envelope;
import dev.weir.wire.JsonCursor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pull as an event of a bot: the bot's state is the cursor, its results are the records, and so both are one commit. Pulls are numbered;
 * the number is in the state too, so a pull from a cursor that is no longer the last one is dropped like any repeated event.
 */
final class SourceGraph {

    /** The only key of the bot's state. */
    static final String KEY = "cursor";

    /** Where a source stands: how many pulls it has committed, and where the next one goes on. */
    record Place(long pulls, String cursor) {}

    /** What one pull gave, and where the source stands then. */
    record Step(Place next, List<Json> payloads) {}

    static final Place BEGINNING = new Place(0, "");

    private static final EventDecoder<Step> DECODER = SourceGraph::decode;

    private SourceGraph() {}

    static Graph<Step, Place, List<Json>> of(String bot, String out) {
        return Graph.named(bot)
                .readFrom(Source.queue(bot, DECODER))
                .keyBy(_ -> KEY)
                .mapWith(Table.of("cursor", new Codec(), BEGINNING, (_, last) -> last), (step, state) -> {
                    state.put(KEY, step.next);
                    return step.payloads;
                })
                .writeTo(Sink.queues(payloads -> payloads.stream()
                        .<Output>map(payload -> new Output.Payload(out, payload))
                        .toList()));
    }

    static QueueShard shard(String bot) {
        return new QueueShard(QueueShard.PULLS + bot, 0);
    }

    /** The event of a pull. */
    static QueueEvent event(String bot, Place from, Puller.Pulled pulled, long nowMillis) {
        Eid eid = QueueShard.eid(new SequenceNumber(Long.toString(from.pulls)), 1);
        ByteSink payload = new ByteSink();
        payload.putUtf8(
                "{\"pulls\":" + (from.pulls + 1) + ",\"cursor\":" + Json.quoted(pulled.cursor()) + ",\"payloads\":[");
        for (int i = 0; i < pulled.payloads().size(); i++) {
            payload.putUtf8(i == 0 ? "" : ",");
            payload.putOnOneLine(pulled.payloads().get(i));
        }
        payload.putUtf8("]}");
        Json body = Json.of(payload.toBytes());
        ByteSink line = new ByteSink();
        line.putUtf8("{\"id\":" + Json.quoted(bot) + ",\"event\":" + Json.quoted(bot) + ",\"event_source_timestamp\":"
                + nowMillis + ",\"payload\":");
        line.put(body);
        line.put('}');
        return new QueueEvent(shard(bot).queue(), eid.toString(), Json.of(line.toBytes()), body);
    }

    private static Decoded<Step> decode(String queue, String eid, Json line) {
        JsonCursor json = new JsonCursor();
        json.reset(Envelope.payloadOf(line));
        BigDecimal pulls = null;
        String cursor = null;
        List<Json> payloads = new ArrayList<>();
        boolean isObject = json.enterObject();
        while (isObject && json.nextField()) {
            switch (String.valueOf(json.fieldName())) {
                case "pulls" -> pulls = json.number();
                case "cursor" -> cursor = json.string();
                default -> elements(json, payloads);
            }
        }
        return isObject && json.expectEnd() && pulls != null && cursor != null
                ? Decoded.value(new Step(new Place(pulls.longValueExact(), cursor), payloads))
                : Decoded.refused("what was pulled is no JSON: pull=" + eid);
    }

    private static void elements(JsonCursor json, List<Json> to) {
        if (json.enterArray()) {
            while (json.nextElement()) {
                Optional.ofNullable(json.raw()).ifPresent(to::add);
            }
        }
    }

    private static final class Codec implements StateCodec<Place> {
        @Override
        public Json encode(Place value) {
            return Json.of("{\"pulls\":" + value.pulls + ",\"cursor\":" + Json.quoted(value.cursor) + "}");
        }

        @Override
        public Place decode(Json text) {
            return switch (SourceGraph.decode("", "state", text)) {
                case Decoded.Value<Step>(Step step) -> step.next;
                case Decoded.Refused<Step> refused ->
                    throw new IllegalArgumentException("the state of a source is no cursor: state=" + text + " reason="
                            + refused.refusal().reason());
            };
        }

        @Override
        public int encodedBytesMax(Place value) {
            return 64 + 6 * value.cursor.length();
        }
    }
}
