package dev.weir.bot;

import dev.weir.graph.Decoded;
import dev.weir.graph.EventDecoder;
import dev.weir.graph.Graph;
import dev.weir.graph.NoState;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.graph.State;
import dev.weir.graph.Steps;
import dev.weir.graph.Table;
import dev.weir.model.Json;
import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Outbound;
import dev.weir.wire.Envelope;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bot that takes the results of an end out of the bus: reads the queue of the end, and hands each result to a function before its
 * checkpoint passes it. So a result is handed over once, or again if a run ends between the two; those of one key come in order, each in the
 * lane of its key. What the function refuses is parked, and so are the later results of its key.
 */
final class Relay<T> implements Steps<Relay.Result<T>, NoState, Boolean> {

    /** A result, and its place in the queue. */
    record Result<T>(String queue, String eid, Optional<String> key, T value) {}

    /** Takes results out. Thread-safe. */
    interface Exit<T> {

        /** Whatever can be done about results at once, ahead of {@link #take}, in no order; they come again there. May do nothing. */
        default void ahead(List<Result<T>> results) {}

        /** Takes a result; may get one twice. */
        void take(Result<T> result);
    }

    private final Exit<T> exit;

    private Relay(Exit<T> exit) {
        this.exit = exit;
    }

    /**
     * The graph of the bot.
     *
     * @param name of the bot and of the queue that it reads
     */
    static <T> Graph<Result<T>, NoState, Boolean> graph(String name, Codec<T> codec, Exit<T> exit) {
        return Graph.ofSteps(
                name,
                Source.queue(name, new Results<>(codec)),
                result -> result.key().orElseThrow(),
                Optional.empty(),
                Optional.empty(),
                Table.none(),
                new Relay<>(exit),
                new Sink.Effects<>(_ -> List.of(), List.of(), List.of(), Sink.RETENTION));
    }

    private record Results<T>(Codec<T> codec) implements EventDecoder<Result<T>> {
        @Override
        public Decoded<Result<T>> decode(String queue, String eid, Json line) {
            return switch (Outbound.read(Envelope.payloadOf(line))) {
                case Decoded.Refused<Outbound>(var refusal) -> new Decoded.Refused<>(refusal);
                case Decoded.Value<Outbound>(Outbound outbound) ->
                    switch (codec.decode(outbound.value())) {
                        case Decoded.Refused<T>(var refusal) -> new Decoded.Refused<>(refusal);
                        case Decoded.Value<T>(T value) ->
                            Decoded.value(new Result<>(queue, eid, outbound.key(), value));
                    };
            };
        }
    }

    @Override
    public boolean isKeyed(Result<T> event) {
        return event.key().isPresent();
    }

    @Override
    public Decoded<Result<T>> arrived(Json line) {
        return Decoded.refused("results on their way out do not travel between lanes: line=" + line);
    }

    @Override
    public Steps<Result<T>, NoState, Boolean> prepare(List<Result<T>> events) {
        exit.ahead(events);
        return this;
    }

    @Override
    public Boolean withoutKey(Result<T> event, long arrivalMillis) {
        exit.take(event);
        return true;
    }

    @Override
    public Boolean withKey(Result<T> event, long arrivalMillis, State<NoState> state) {
        exit.take(event);
        return true;
    }

    @Override
    public boolean actsOutside() {
        return true;
    }

    @Override
    public Map<String, String> stateTypes() {
        return Map.of();
    }

    @Override
    public boolean isTimed() {
        return false;
    }

    @Override
    public Optional<Boolean> due(long nowMillis, boolean isIdle, State<NoState> state) {
        return Optional.empty();
    }
}
