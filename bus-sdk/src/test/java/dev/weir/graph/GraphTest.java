package dev.weir.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphTest {
    private static final StateCodec<String> CODEC = new StateCodec<>() {
        @Override
        public Json encode(String value) {
            return Json.of(Json.quoted(value));
        }

        @Override
        public String decode(Json text) {
            return text.toString();
        }

        @Override
        public int encodedBytesMax(String value) {
            return 6 * value.length() + 2;
        }
    };

    @Test
    void holdsWhatItsVerbsSay() {
        Graph<Json, String, Json> graph = Graph.named("bot")
                .readFrom(Source.stream("in", Decoded::value))
                .keyBy(Json::toString)
                .dedupeBy(_ -> Optional.of("id"), Duration.ofHours(2))
                .orderBy(_ -> OptionalLong.of(7), Duration.ofSeconds(5))
                .mapWith(Table.of("table", CODEC, "", String::concat).spreading("hot"), (event, _) -> event)
                .touching(_ -> "other")
                .writeTo(Sink.queue("out", event -> event));

        Json event = Json.of("1");
        assertThat(graph.name()).isEqualTo("bot");
        assertThat(graph.source().stream()).isEqualTo("in");
        assertThat(graph.sink()).isInstanceOfSatisfying(Sink.OwnQueue.class, own -> assertThat(own.queue())
                .isEqualTo("out"));
        assertThat(graph.isKeyed()).isTrue();
        assertThat(graph.key().apply(event)).isEqualTo("1");
        assertThat(graph.touching().apply(event)).containsExactly("other");
        assertThat(graph.table().spread()).containsExactly("hot");
        assertThat(graph.ids().orElseThrow().horizon()).isEqualTo(Duration.ofHours(2));
        assertThat(graph.sequences().orElseThrow().deadline()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a#b", "-a", ".a", "\u00e9", "a\n"})
    void namesThatNoResourceCanHaveAreRefused(String name) {
        assertThatThrownBy(() -> Graph.named(name)).hasMessageContaining("name=" + name);
        assertThatThrownBy(() -> Source.stream(name, Decoded::value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sink.queue(name, (Json json) -> json)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Table.of(name, CODEC, "", String::concat))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHorizonOrDeadlineThatIsNotPositiveIsRefused() {
        Graph.Keyed<Json> keyed =
                Graph.named("bot").readFrom(Source.stream("in", Decoded::value)).keyBy(Json::toString);
        assertThatThrownBy(() -> keyed.dedupeBy(_ -> Optional.empty(), Duration.ZERO))
                .hasMessageContaining("horizon=PT0S");
        assertThatThrownBy(() -> keyed.orderBy(_ -> OptionalLong.empty(), Duration.ofSeconds(-1)))
                .hasMessageContaining("deadline=PT-1S");
    }

    @Test
    void aGraphWithoutKeysHasAStepAndASinkAndNothingElse() {
        Graph<Json, NoState, String> graph = Graph.named("bot")
                .readFrom(Source.stream("in", Decoded::value))
                .forEach((Json event, long arrivalMillis) -> event + "@" + arrivalMillis)
                .writeTo(Sink.<String>queues(text -> List.of(new Output.Payload("out", Json.of(text))))
                        .keeping(Duration.ofDays(2)));

        assertThat(graph.isKeyed()).isFalse();
        assertThat(graph.each().orElseThrow().apply(Json.of("1"), 5)).isEqualTo("1@5");
        assertThat(graph.ids()).isEmpty();
        assertThat(graph.sequences()).isEmpty();
        assertThatThrownBy(() -> graph.key().apply(Json.of("1"))).hasMessageContaining("no keys");
        assertThat(graph.sink()).isInstanceOfSatisfying(Sink.SharedQueues.class, sink -> assertThat(sink.retention())
                .isEqualTo(Duration.ofDays(2)));
        assertThatThrownBy(() -> Sink.queues(_ -> List.of()).keeping(Duration.ZERO))
                .hasMessageContaining("retention=PT0S");
    }

    @Test
    void theLogsOfAQueueHaveTheNamesOfRStreams() {
        assertThat(new Output.Log.Live("orders").text()).isEqualTo("orders");
        assertThat(new Output.Log.Snapshot("orders", "z/2026/11/20/17/05/").text())
                .isEqualTo("orders/_snapshot");
        assertThat(new Output.Log.Archive("orders", "z/1", "z/2").text()).isEqualTo("orders/_archive");
    }
}
