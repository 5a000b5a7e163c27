package dev.weir.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.KeyedStage;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.To;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a lane of a bot of several steps had before, and what the bot has now. */
class StateTypesTest {
    private static final KeyedStage<String> LINES =
            Pipeline.from(Feed.stream("lines", Codec.text())).keyBy(line -> line);
    private static final Pipeline COUNTS =
            Pipeline.of("bot", LINES.count("count").to(To.nothing()));

    private static Item checkpoint(Map<String, Attribute> steps) {
        return Item.at(new Bus("weir", new Lanes(1)).checkpoint("bot", new LaneId.Slice(0)))
                .with("steps", Attribute.of(steps))
                .build();
    }

    @Test
    void aStepThatIsAddedIsNoted() {
        assertThat(StateTypes.restored(checkpoint(Map.of()), COUNTS.graph()).byStep())
                .isEqualTo(Map.of("count", "process of integer"));
    }

    @Test
    void aStepThatIsGoneIsRemembered() {
        assertThat(StateTypes.restored(checkpoint(Map.of("gone", Attribute.of("process of text"))), COUNTS.graph())
                        .byStep())
                .isEqualTo(Map.of("count", "process of integer", "gone", "process of text"));
    }

    @Test
    void aStepThatCannotReadItsStateIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> StateTypes.restored(
                        checkpoint(Map.of("count", Attribute.of("process of text"))), COUNTS.graph()))
                .withMessage("a step cannot read the state that it kept before: bot=bot step=count"
                        + " before=process of text now=process of integer"
                        + "; give the new step another name, and the old state stays as it is");
    }
}
