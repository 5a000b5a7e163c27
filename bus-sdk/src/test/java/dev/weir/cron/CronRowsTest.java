package dev.weir.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Edit;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Path;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CronRowsTest extends CronFixture {
    private static final Key KEY = new Key(CRON, BOT, null);

    /** L8: RStreams looks whether there is a row and then puts one, over whatever came to be there in between. */
    @Test
    void ofTwoThatMakeARowAtOnceNoneWipesWhatTheOtherStored() {
        items.before(() -> {
            new CronRows(CRON, items.memory, time).ensure(BOT);
            move(ORDERS, Optional.empty(), eid(7));
        });

        CronRow row = rows.ensure(BOT);

        assertThat(row.read(ORDERS)).contains(at(eid(7)));
    }

    /** L8, the same while a map is added to a row that another client made without it. */
    @Test
    void ofTwoThatAddAMapAtOnceNoneWipesWhatTheOtherStored() {
        items.memory.write(new Write.Put(Item.at(KEY).with("name", "x").build(), Condition.ALWAYS));
        items.before(() -> {
            new CronRows(CRON, items.memory, time).ensure(BOT);
            move(ORDERS, Optional.empty(), eid(7));
        });

        CronRow row = rows.ensure(BOT);

        assertThat(row.read(ORDERS)).contains(at(eid(7)));
        assertThat(row.item().text("name")).isEqualTo("x");
    }

    @Test
    void aNewRowIsAsLeoSdkMakesIt() {
        assertThat(rows.ensure("off").item().attributes())
                .isEqualTo(Map.of(
                        "checkpoints", Attribute.of(Map.of("read", map(), "write", map())),
                        "requested_kinesis", map(),
                        "lambda", map(),
                        "time", new Attribute.Null(),
                        "instances", map(),
                        "lambdaName", new Attribute.Null(),
                        "paused", Attribute.of(false),
                        "name", Attribute.of("off"),
                        "description", new Attribute.Null()));
    }

    @Test
    void mapsThatAreMissingOrNullAreAddedAndAllElseStays() {
        Attribute read = Attribute.of(Map.of("queue:orders", at(eid(1)).toAttribute()));
        items.memory.write(new Write.Put(
                Item.at(KEY)
                        .with("checkpoints", Attribute.of(Map.of("read", read, "other", Attribute.of(1))))
                        .with("requested_kinesis", new Attribute.Null())
                        .with("name", "x")
                        .build(),
                Condition.ALWAYS));

        CronRow row = rows.ensure(BOT);

        assertThat(row.item().attributes())
                .isEqualTo(Map.of(
                        "checkpoints",
                        Attribute.of(Map.of("read", read, "write", map(), "other", Attribute.of(1))),
                        "requested_kinesis",
                        map(),
                        "instances",
                        map(),
                        "name",
                        Attribute.of("x")));
    }

    @Test
    void aWholeRowIsNotWritten() {
        rows.ensure(BOT);
        int before = items.writes;

        rows.ensure(BOT);

        assertThat(items.writes).isEqualTo(before);
    }

    @Test
    void somethingElseInPlaceOfAMapIsNotTouched() {
        rows.ensure(BOT);
        set("instances", Attribute.of("many"));

        assertThatIllegalStateException()
                .isThrownBy(() -> rows.ensure(BOT))
                .withMessageContaining("bot=shipper path=instances");

        assertThat(row().item().text("instances")).isEqualTo("many");
    }

    /** S7: what passes is repeated, whatever the error is called. */
    @Test
    void throttlingAndLostAnswersAreSatOut() {
        items.throttle();
        items.loseRequest();
        items.loseAnswer();

        assertThat(rows.ensure(BOT).bot()).isEqualTo(BOT);
        assertThat(time.epochMillis()).isGreaterThan(START);
    }

    @Test
    void aStoreThatNeverAnswersIsNotAskedForEver() {
        for (int i = 0; i < Insistence.ATTEMPTS_MAX; i++) {
            items.throttle();
        }

        assertThatThrownBy(() -> rows.ensure(BOT))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("bot=shipper")
                .hasMessageContaining("ThrottlingException");
    }

    /** D4: leo-sdk saves only the last of several checkpoints. */
    @Test
    void allCheckpointsOfACommitAreSaved() {
        rows.ensure(BOT);
        Write write = CronWrite.of(CRON, BOT)
                .read(ORDERS, Optional.empty(), at(eid(1)))
                .read(BILLS, Optional.empty(), at(eid(2)))
                .write(ORDERS, at(eid(3)))
                .write(BILLS, at(eid(4)))
                .build();

        assertThat(items.write(write)).isEqualTo(WriteOutcome.WRITTEN);

        CronRow row = row();
        assertThat(row.read(ORDERS)).contains(at(eid(1)));
        assertThat(row.read(BILLS)).contains(at(eid(2)));
        assertThat(row.write(ORDERS)).contains(at(eid(3)));
        assertThat(row.write(BILLS)).contains(at(eid(4)));
    }

    @Test
    void aCheckpointThatSomebodyElseMovedIsRefused() {
        rows.ensure(BOT);
        assertThat(move(ORDERS, Optional.empty(), eid(1))).isEqualTo(WriteOutcome.WRITTEN);
        assertThat(move(ORDERS, Optional.of(eid(1)), eid(2))).isEqualTo(WriteOutcome.WRITTEN);

        assertThat(move(ORDERS, Optional.empty(), eid(3))).isInstanceOf(WriteOutcome.ConditionFailed.class);
        assertThat(move(ORDERS, Optional.of(eid(1)), eid(3))).isInstanceOf(WriteOutcome.ConditionFailed.class);
        controls.checkpoint(BOT, ORDERS, "z/2026/11");
        assertThat(move(ORDERS, Optional.of(eid(2)), eid(3))).isInstanceOf(WriteOutcome.ConditionFailed.class);

        assertThat(row().read(ORDERS).orElseThrow().eid()).isEqualTo("z/2026/11");
    }

    @Test
    void anEntryWithoutAnIdAsLeoSdkRegistersItIsNoCheckpoint() {
        rows.ensure(BOT);
        edit(new Edit.Set(Path.of("checkpoints", "read", "queue:orders"), map()));

        assertThat(row().read(ORDERS)).isEmpty();
        assertThat(move(ORDERS, Optional.empty(), eid(1))).isEqualTo(WriteOutcome.WRITTEN);
    }

    @Test
    void aCheckpointOfABotWithoutARowFailsItsConditionAndMakesNoHalfRow() {
        assertThat(move(ORDERS, Optional.empty(), eid(1))).isInstanceOf(WriteOutcome.ConditionFailed.class);
        assertThat(controls.pause(BOT)).isFalse();

        assertThat(rows.find(BOT)).isEmpty();
    }

    private static Attribute map() {
        return Attribute.of(Map.of());
    }
}
