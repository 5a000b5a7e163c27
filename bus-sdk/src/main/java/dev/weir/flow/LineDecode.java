package dev.weir.flow;

import dev.weir.graph.Decoded;
import dev.weir.graph.Decoder;
import dev.weir.graph.EventDecoder;
import dev.weir.graph.Graph;
import dev.weir.graph.LineDecoder;
import dev.weir.model.Eid;
import dev.weir.model.Json;
import dev.weir.model.Refusal;
import dev.weir.wire.Envelope;
import dev.weir.wire.JsonCursor;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From a line to what it holds: a command of the bot, or an event in the bot's own type. Not thread-safe. */
final class LineDecode<T> {
    private final Graph<T, ?, ?> graph;
    private final String ownProducers;
    private final JsonCursor cursor = new JsonCursor();

    LineDecode(Graph<T, ?, ?> graph) {
        this.graph = graph;
        this.ownProducers = graph.name() + "/";
    }

    /**
     * @param producer who numbered the line, or null
     * @param origin the record, or the run of a queue's events, that it came in
     * @param index its place in there
     */
    Content<T> decode(@Nullable String producer, Parcel.Origin origin, int index, Json line) {
        if (Oversize.is(line) && !ParkingCommand.mayBeLong(graph.name(), producer, line)) {
            return bad("event is too large for any item and was parked by reference: bytes=" + Oversize.bytes(line)
                    + " max=" + Limits.EVENT_BYTES_MAX + "; put the payload into S3 and send its address");
        }
        return producer != null && producer.indexOf('/') >= 0 && Command.suspects(line)
                ? command(producer, origin, index, line)
                : event(origin, index, line);
    }

    private Content<T> command(String producer, Parcel.Origin origin, int index, Json line) {
        if (!producer.startsWith(ownProducers)) {
            return new Content.NotOurs<>();
        }
        return switch (Command.parse(line, cursor)) {
            case Command.Add add -> new Content.Addition<>(add.key(), add.value());
            case Command.Forward forward -> event(origin, index, forward.line());
            case Command.Hop hop -> hop(hop.line());
            case Command.Parking parking -> new Content.Operation<>(parking);
            case null -> bad("command is not understood; a newer version of the bot may have written it");
        };
    }

    /** Reads an event, however large. */
    Content<T> event(Parcel.Origin origin, int index, Json line) {
        return content(() -> decoded(origin, index, line));
    }

    private Content<T> hop(Json line) {
        return graph.steps().isEmpty()
                ? bad("the bot has one step alone; a newer version of it may have sent this to another step")
                : content(() -> graph.steps().get().arrived(line));
    }

    private Content<T> content(Supplier<Decoded<T>> decoded) {
        try {
            return switch (decoded.get()) {
                case Decoded.Value<T>(T value) -> graph.isKeyed(value) ? keyed(value) : new Content.Keyless<>(value);
                case Decoded.Refused<T>(Refusal refusal) -> new Content.Bad<>(refusal);
            };
        } catch (RuntimeException e) {
            return bad("the bot's decoder, key, id or sequence function failed: " + e);
        }
    }

    private Decoded<T> decoded(Parcel.Origin origin, int index, Json line) {
        return switch (graph.source().decoder()) {
            case EventDecoder<T> decoder
            when QueueShard.is(origin.shardId()) -> {
                String queue = QueueShard.parse(origin.shardId()).queue();
                Eid eid = QueueShard.eid(origin.sequenceNumber(), index);
                yield decoder.decode(queue, eid.toString(), line);
            }
            case LineDecoder<T> decoder -> decoder.decode(line);
            case Decoder<T> decoder -> decoder.decode(Envelope.payloadOf(line));
        };
    }

    private Content<T> keyed(T event) {
        String key = graph.key().apply(event);
        if (key.isEmpty()) {
            return bad("the event's key is empty");
        }
        if (!Limits.fitsKey(key)) {
            return bad("the event's key is too long: characters=" + key.length() + " maxBytes=" + Limits.KEY_BYTES_MAX);
        }
        OptionalLong sequence = graph.sequences().isEmpty()
                ? OptionalLong.empty()
                : graph.sequences().get().sequence().apply(event);
        if (sequence.isPresent() && sequence.getAsLong() < 1) {
            return bad("sequence numbers begin with 1: sequence=" + sequence.getAsLong() + " key=" + key);
        }
        return new Content.Fact<>(event, key, sequence, id(event, key));
    }

    private IdWindow.@Nullable Id id(T event, String key) {
        return graph.ids().isEmpty()
                ? null
                : graph.ids()
                        .get()
                        .id()
                        .apply(event)
                        .map(id -> IdWindow.Id.of(key, id))
                        .orElse(null);
    }

    private static <T> Content<T> bad(String reason) {
        return new Content.Bad<>(new Refusal(reason));
    }
}
