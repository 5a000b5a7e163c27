package dev.weir.flow;

import dev.weir.model.Json;
import dev.weir.model.Refusal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What one line of a record turned out to be. */
sealed interface Content<T> {

    /**
     * An event for the bot.
     *
     * @param key its key
     * @param sequence its number among the events of the key, if it has one
     * @param id its business id, if it has one
     */
    record Fact<T>(T event, String key, OptionalLong sequence, IdWindow.@Nullable Id id) implements Content<T> {}

    /** An event for a bot whose events have no keys. */
    record Keyless<T>(T event) implements Content<T> {}

    /** A value that another lane of this bot adds to a key of this lane. */
    record Addition<T>(String key, Json value) implements Content<T> {}

    /** What an operator says about parked events. */
    record Operation<T>(Command.Parking command) implements Content<T> {}

    /** No event: it will be parked. */
    record Bad<T>(Refusal refusal) implements Content<T> {}

    /** A command of another bot to itself: it takes its number and nothing else. */
    record NotOurs<T>() implements Content<T> {}
}
