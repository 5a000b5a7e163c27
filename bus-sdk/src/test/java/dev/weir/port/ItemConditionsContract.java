package dev.weir.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of {@link Condition} against every kind of stored item, for each kind of write, alone and in a transaction. */
public abstract class ItemConditionsContract extends ItemsFixture {

    private static final Attribute ABSENT_ATTRIBUTE = new Attribute.Text("no attribute");
    private static final Attribute ABSENT_ITEM = new Attribute.Text("no item");

    /** What is stored in attribute {@code a}, the condition, and whether it holds. */
    static Stream<Arguments> conditions() {
        return Stream.of(
                arguments(ABSENT_ITEM, Condition.ALWAYS, true),
                arguments(number("1"), Condition.ALWAYS, true),
                arguments(ABSENT_ITEM, Condition.ABSENT, true),
                arguments(ABSENT_ATTRIBUTE, Condition.ABSENT, false),
                arguments(number("1"), Condition.ABSENT, false),
                // Equal
                arguments(ABSENT_ITEM, equal(number("1")), false),
                arguments(ABSENT_ATTRIBUTE, equal(number("1")), false),
                arguments(number("1"), equal(number("1")), true),
                arguments(number("1"), equal(number("1.00")), true),
                arguments(number("1E+2"), equal(number("100")), true),
                arguments(number("1"), equal(number("2")), false),
                arguments(Attribute.of("1"), equal(number("1")), false),
                arguments(Attribute.of("1"), equal(Attribute.of("1")), true),
                arguments(Attribute.of("a"), equal(Attribute.of("A")), false),
                arguments(Attribute.of(""), equal(Attribute.of("")), true),
                arguments(Attribute.of(true), equal(Attribute.of(true)), true),
                arguments(Attribute.of(true), equal(Attribute.of(false)), false),
                arguments(bytes(1, 2), equal(bytes(1, 2)), true),
                arguments(bytes(1, 2), equal(bytes(1, 3)), false),
                arguments(new Attribute.Null(), equal(new Attribute.Null()), true),
                arguments(map(number("1.0")), equal(map(number("1"))), true),
                arguments(map(number("1")), equal(map(Attribute.of("1"))), false),
                arguments(list(number("1"), number("2")), equal(list(number("1"), number("2"))), true),
                arguments(list(number("1"), number("2")), equal(list(number("2"), number("1"))), false),
                // AbsentOrBelow
                arguments(ABSENT_ITEM, below(number("1")), true),
                arguments(ABSENT_ATTRIBUTE, below(number("1")), true),
                arguments(number("9"), below(number("10")), true),
                arguments(number("10"), below(number("10")), false),
                arguments(number("10.0"), below(number("10")), false),
                arguments(number("11"), below(number("10")), false),
                arguments(number("-1"), below(number("0")), true),
                arguments(Attribute.of("1"), below(number("10")), false),
                arguments(number("1"), below(Attribute.of("2")), false),
                arguments(Attribute.of("a"), below(Attribute.of("b")), true),
                arguments(Attribute.of("b"), below(Attribute.of("b")), false),
                arguments(Attribute.of("c"), below(Attribute.of("b")), false),
                arguments(Attribute.of("a"), below(Attribute.of("aa")), true),
                arguments(Attribute.of("Z"), below(Attribute.of("a")), true),
                arguments(Attribute.of("\uFFFD"), below(Attribute.of("🐢")), true),
                arguments(Attribute.of("🐢"), below(Attribute.of("\uFFFD")), false),
                arguments(bytes(1), below(bytes(-1)), true),
                arguments(bytes(-1), below(bytes(1)), false),
                arguments(new Attribute.Null(), below(number("1")), false),
                arguments(Attribute.of(false), below(number("1")), false));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void decidesAPut(Attribute stored, Condition condition, boolean holds) {
        Item after = Item.at(key("x")).with("written", 1).build();

        assertDecides(stored, new Write.Put(after, condition), holds, after);
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void decidesAnUpdate(Attribute stored, Condition condition, boolean holds) {
        Item.Builder after = Item.at(key("x")).with("written", 1);
        if (stored != ABSENT_ITEM) {
            after.with("other", 7);
        }
        if (stored != ABSENT_ITEM && stored != ABSENT_ATTRIBUTE) {
            after.with("a", stored);
        }

        Write update = new Write.Update(key("x"), Map.of("written", Attribute.of(1)), condition);
        assertDecides(stored, update, holds, after.build());
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void decidesADelete(Attribute stored, Condition condition, boolean holds) {
        store(stored);

        WriteOutcome outcome = items().write(new Write.Delete(key("x"), condition));

        assertThat(outcome).isEqualTo(holds ? WriteOutcome.WRITTEN : failed());
        assertThat(items().get(key("x")).isPresent()).isEqualTo(!holds && stored != ABSENT_ITEM);
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void decidesATransaction(Attribute stored, Condition condition, boolean holds) {
        store(stored);
        Write conditional = new Write.Put(Item.at(key("x")).with("written", 1).build(), condition);
        Write other = new Write.Put(Item.at(key("y")).build(), Condition.ALWAYS);

        WriteOutcome outcome = items().transact(List.of(conditional, other));

        assertThat(outcome).isEqualTo(holds ? WriteOutcome.WRITTEN : failed());
        assertThat(items().get(key("y")).isPresent()).isEqualTo(holds);
    }

    /** The attributes of the key can be asked for like any other. */
    static Stream<Arguments> conditionsOnTheKey() {
        return Stream.of(
                arguments(new Condition.Equal("sk", Attribute.of("x")), true),
                arguments(new Condition.Equal("sk", Attribute.of("y")), false),
                arguments(new Condition.AbsentOrBelow("sk", Attribute.of("y")), true),
                arguments(new Condition.AbsentOrBelow("pk", Attribute.of("a")), false));
    }

    @ParameterizedTest
    @MethodSource("conditionsOnTheKey")
    void seesTheKeyAsAttributes(Condition condition, boolean holds) {
        store(number("1"));

        WriteOutcome outcome = items().write(new Write.Delete(key("x"), condition));

        assertThat(outcome).isEqualTo(holds ? WriteOutcome.WRITTEN : failed());
    }

    private void assertDecides(Attribute stored, Write write, boolean holds, Item after) {
        store(stored);
        var before = items().get(key("x"));

        WriteOutcome outcome = items().write(write);

        assertThat(outcome).isEqualTo(holds ? WriteOutcome.WRITTEN : failed());
        if (holds) {
            assertThat(items().get(key("x"))).contains(after);
        } else {
            assertThat(items().get(key("x"))).isEqualTo(before);
        }
    }

    private void store(Attribute stored) {
        if (stored == ABSENT_ITEM) {
            return;
        }
        Item.Builder item = Item.at(key("x")).with("other", 7);
        put((stored == ABSENT_ATTRIBUTE ? item : item.with("a", stored)).build());
    }

    private WriteOutcome failed() {
        return new WriteOutcome.ConditionFailed(List.of(key("x")));
    }

    private static Condition equal(Attribute value) {
        return new Condition.Equal("a", value);
    }

    private static Condition below(Attribute value) {
        return new Condition.AbsentOrBelow("a", value);
    }

    private static Attribute number(String value) {
        return Attribute.of(new BigDecimal(value));
    }

    private static Attribute bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Attribute.of(bytes);
    }

    private static Attribute map(Attribute value) {
        return Attribute.of(Map.of("m", value));
    }

    private static Attribute list(Attribute... values) {
        return Attribute.of(List.of(values));
    }
}
