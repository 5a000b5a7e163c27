package dev.weir.local.cli;

import dev.weir.bot.Bot;
import dev.weir.graph.Decoded;
import dev.weir.graph.Graph;
import dev.weir.local.up.LocalBots;
import dev.weir.model.Json;
import dev.weir.wire.Envelope;
import dev.weir.wire.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** By which key a line goes to its lane of a stream. Not thread-safe. */
interface EventKey {

    /** The key of a JSON value; empty if it has none. */
    Optional<String> of(Json line);

    /** A text or a number in a field of an object. */
    static EventKey field(String name) {
        JsonCursor json = new JsonCursor();
        return line -> {
            json.reset(line);
            Optional<String> key = Optional.empty();
            boolean isObject = json.enterObject();
            while (isObject && json.nextField()) {
                if (name.equals(json.fieldName())) {
                    key = value(json);
                } else {
                    json.skip();
                }
            }
            return key.filter(text -> !text.isEmpty());
        };
    }

    private static Optional<String> value(JsonCursor json) {
        return switch (json.kind()) {
            case STRING -> Optional.ofNullable(json.string());
            case NUMBER -> Optional.ofNullable(json.raw()).map(EventKey::text);
            default -> {
                json.skip();
                yield Optional.empty();
            }
        };
    }

    private static String text(Json json) {
        return new String(json.array(), json.from(), json.length(), StandardCharsets.UTF_8);
    }

    /** The key that the bot on a stream gives its events, if it is one of those on the class path. Events that it gives none go to one lane. */
    static Optional<EventKey> ofBotOn(String stream) {
        return LocalBots.found().stream()
                .filter(Bot.Reader.class::isInstance)
                .<Graph<?, ?, ?>>map(bot -> ((Bot.Reader) bot).graph())
                .filter(graph -> graph.isKeyed()
                        && graph.source().queues().isEmpty()
                        && graph.source().stream().equals(stream))
                .findFirst()
                .map(EventKey::ofGraph);
    }

    /** What the bot cannot read goes to any lane, to be parked there. */
    private static <T> EventKey ofGraph(Graph<T, ?, ?> graph) {
        Function<T, String> key = graph.key();
        return line -> switch (graph.source().decoder().decode(Envelope.payloadOf(line))) {
            case Decoded.Value<T>(T value) -> Optional.of(key.apply(value));
            case Decoded.Refused<T> _ -> Optional.of("");
        };
    }
}
