package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.model.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStateCodecTest {
    private static final KeyStateCodec CODEC =
            new KeyStateCodec(List.of("count", "name"), List.of(cast(Codec.integer()), cast(Codec.text())));

    private static Codec<Object> cast(Codec<?> codec) {
        return Stage.cast(codec);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"count\":3}",
                "{\"count\":3,\"name\":\"a\\\"b\",\"gone\":[1,{\"x\":2}]}",
                "{\"$timers\":[]}",
                "{\"$timers\":[[-5,\"w\",\"alice\"],[7,\"w\",\"\\u0001\"]]}",
                "{\"$timers\":[[7,\"w\",\"k\"]],\"$wakes\":[[-5,\"b\",\"alice\"],[7,\"b\",\"\\u0001\"]]}",
                "{\"$clock\":{\"floor\":1,\"next\":2,\"wake\":3,\"feeds\":{}}}",
                "{\"$clock\":{\"floor\":-9223372036854775808,\"next\":9223372036854775807,\"feeds\":{}}}",
                "{\"$clock\":{\"floor\":1,\"next\":2,\"feeds\":{\"a\":[1,2,3],\"b\":[4,5,6]}}}"
            })
    void aRowComesBackAsItWas(String text) {
        KeyState state = CODEC.decode(Json.of(text));
        Json again = CODEC.encode(state);
        assertThat(CODEC.encode(CODEC.decode(again))).isEqualTo(again);
        assertThat(again).hasToString(text);
        assertThat(CODEC.encodedBytesMax(state)).isGreaterThanOrEqualTo(again.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"count\":\"x\"}",
                "{\"count\":1",
                "{\"$timers\":[[1,\"w\"]]}",
                "{\"$timers\":[[1,\"w\",\"k\",2]]}",
                "{\"$timers\":[],\"$wakes\":[[1,\"w\"]]}",
                "{\"$timers\":[],\"$wakes\":3}",
                "{\"$clock\":{\"wake\":\"x\"}}",
                "{\"$clock\":{\"feeds\":{\"a\":[1,2]}}}",
                "{\"$clock\":{\"floor\":\"x\"}}"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> CODEC.decode(Json.of(text)));
    }

    @Test
    void theStateOfAStepThatIsNotThereAnyMoreIsKept() {
        StepStates states = (StepStates) CODEC.decode(Json.of("{\"gone\":5,\"count\":3}"));
        assertThat(CODEC.encode(states.with(0, 4L, Json.of("4")))).hasToString("{\"count\":4,\"gone\":5}");
        assertThat(CODEC.encode(states.with(0, null, null))).hasToString("{\"gone\":5}");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void aNumberIsWrittenLateAndIsNoLongerThanIsCountedForIt(long number) {
        StepStates states = StepStates.none(1).with(0, number, null);
        assertThat(CODEC.encode(states)).hasToString("{\"count\":" + number + "}");
        assertThat(CODEC.encodedBytesMax(states))
                .isGreaterThanOrEqualTo(CODEC.encode(states).length());
    }

    @Test
    void whatAProgramHasReadIsWrittenLateAndIsNoLongerThanIsCountedForIt() {
        KeyStateCodec codec =
                new KeyStateCodec(List.of("program"), List.of(Stage.<Codec<Object>>cast(new ProgressCodec())));
        Programs.Kept kept = new Programs.Kept(Long.MIN_VALUE, "z/\u0001\u0002\"\\");
        Programs.Progress progress = new Programs.Progress(
                Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, kept, List.of(Json.of("{\"a\":1}"), Json.of("2")));
        StepStates states = StepStates.none(1).with(0, progress, null);
        Json text = codec.encode(states);
        assertThat(codec.encodedBytesMax(states)).isGreaterThanOrEqualTo(text.length());
        StepStates read = (StepStates) codec.decode(text);
        assertThat(read.values).containsExactly(progress);
        assertThat(codec.encodedBytesMax(read)).isGreaterThanOrEqualTo(text.length());
    }
}
