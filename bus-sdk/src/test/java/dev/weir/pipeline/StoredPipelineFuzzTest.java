package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fuzz.Fuzz;
import dev.weir.fuzz.FuzzTests;
import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import dev.weir.wire.JsonCursor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Any bytes as a row of a pipeline's table, and as an event on its way to another lane: read in the documented way, or refused. */
class StoredPipelineFuzzTest implements FuzzTests {
    private static final KeyedStage<String> LINES =
            Pipeline.from(Feed.queue("lines", Codec.text())).keyBy("line", line -> line, Codec.text());
    private static final Plan PLAN =
            Plan.of("fuzzed", List.of(LINES.count("count").to(To.nothing())));

    private static final KeyStateCodec ROWS = new KeyStateCodec(
            List.of("count", "windows", "join", "program", "batch"),
            List.of(
                    Stage.cast(Codec.integer()),
                    new ListCodec("windows", Stage.cast(Codec.integer())),
                    new JoinWithin<>(
                                    Duration.ofMinutes(1).toMillis(),
                                    Codec.integer(),
                                    Codec.text(),
                                    (left, right) -> left + right)
                            .codec(),
                    new ProgramOperator(Program.of("true")).codec(),
                    Stage.cast(new GatheredCodec("batch of json"))));

    @Fuzz
    void aRowComesBackOrIsRefused(byte[] input) {
        read(Json.of(input)).ifPresent(state -> {
            Json written = ROWS.encode(state);
            assertThat(written.length()).isLessThanOrEqualTo(ROWS.encodedBytesMax(state));
            assertThat(ROWS.encode(read(written).orElseThrow())).isEqualTo(written);
        });
    }

    private static Optional<KeyState> read(Json text) {
        try {
            return Optional.of(ROWS.decode(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Fuzz
    void anEventThatTravelsComesBackOrIsRefused(byte[] input) {
        Json line = Json.of(input);
        if (Hop.read(line, PLAN) instanceof Decoded.Value<Work>(Work work)) {
            Json written = Hop.write(
                    "line", work.key, work.feed, work.millis, Codec.text().encode((String) work.value));
            assertThat(Hop.read(written, PLAN))
                    .isInstanceOfSatisfying(Decoded.Value.class, again -> assertThat(((Work) again.value()).value)
                            .isEqualTo(work.value));
            JsonCursor cursor = new JsonCursor();
            cursor.reset(line);
            assertThat(cursor.expectEnd()).isTrue();
        }
    }
}
