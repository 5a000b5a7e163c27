package dev.weir.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of {@link Items} at their edges: the last that fits is written, the first that does not is refused and changes nothing. */
public abstract class ItemLimitsContract extends ItemsFixture {

    @Test
    void aTransactionHasAHundredWritesAndNoMore() {
        assertWritten(items().transact(puts(Items.TRANSACTION_WRITES_MAX)));
        assertThat(items().query(LOG, own, "k", "l", Integer.MAX_VALUE)).hasSize(Items.TRANSACTION_WRITES_MAX);

        assertRefused(puts(Items.TRANSACTION_WRITES_MAX + 1), "writes=101");
    }

    @Test
    void anEmptyTransactionIsRefused() {
        assertRefused(List.of(), "writes=0");
    }

    @Test
    void aTransactionWritesAKeyOnce() {
        assertRefused(
                List.of(
                        new Write.Put(Item.at(key("a")).build(), Condition.ALWAYS),
                        new Write.Delete(key("a"), Condition.ALWAYS)),
                "once");
        assertThat(items().get(key("a"))).isEmpty();
    }

    @Test
    void aTransactionHasFourMegabytesAndNoMore() {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            writes.add(sized(key("k" + i), Items.ITEM_BYTES_MAX));
        }
        int rest = Items.TRANSACTION_BYTES_MAX - 10 * Items.ITEM_BYTES_MAX;
        writes.add(sized(key("rest"), rest));
        assertWritten(items().transact(writes));

        writes.set(10, sized(key("rest"), rest + 1));
        assertRefused(writes, "bytes=" + (Items.TRANSACTION_BYTES_MAX + 1));
        items().deleteAll(writes.stream().map(Write::key).toList());
    }

    @Test
    void anItemHasFourHundredKilobytesAndNoMore() {
        assertWritten(items().write(sized(key("a"), Items.ITEM_BYTES_MAX)));
        assertWritten(items().transact(List.of(sized(row("a"), Items.ITEM_BYTES_MAX))));

        assertRefused(sized(key("b"), Items.ITEM_BYTES_MAX + 1));
        assertThat(items().get(key("b"))).isEmpty();
    }

    @Test
    void anUpdateCannotMakeAnItemTooLarge() {
        put(Item.at(key("a")).with("filler", new byte[300 * 1024]).build());
        Write update = new Write.Update(key("a"), Map.of("more", Attribute.of(new byte[200 * 1024])), Condition.ALWAYS);

        assertThatIllegalArgumentException().isThrownBy(() -> items().write(update));
        assertThatIllegalArgumentException().isThrownBy(() -> items().transact(
                        List.of(new Write.Put(Item.at(row("a")).build(), Condition.ALWAYS), update)));

        assertThat(items().get(row("a"))).isEmpty();
        assertThat(items().get(key("a")).orElseThrow().attributes()).containsOnlyKeys("filler");
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                arguments("", "s", false),
                arguments("p", "", false),
                arguments("p".repeat(2048), "s".repeat(1024), true),
                arguments("p".repeat(2049), "s", false),
                arguments("p", "s".repeat(1025), false),
                arguments("ż".repeat(1024), "ż".repeat(512), true),
                arguments("ż".repeat(1025), "s", false),
                arguments("p", "ż".repeat(513), false));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeyHasBoundsInBytes(String partition, String sort, boolean fits) {
        Key key = new Key(LOG, partition, sort);
        Item item = Item.at(key).with("n", 1).build();

        if (fits) {
            put(item);
            assertThat(items().get(key)).contains(item);
            assertThat(items().getAll(List.of(key))).containsExactly(item);
            items().deleteAll(List.of(key));
        } else {
            assertRefused(new Write.Put(item, Condition.ALWAYS));
            assertRefused(new Write.Delete(key, Condition.ALWAYS));
            assertThatIllegalArgumentException().isThrownBy(() -> items().get(key));
            assertThatIllegalArgumentException().isThrownBy(() -> items().getAll(List.of(key)));
            assertThatIllegalArgumentException().isThrownBy(() -> items().deleteAll(List.of(key)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+126", "1E-131", "123456789012345678901234567890123456789"})
    void aNumberHasBounds(String number) {
        assertRefused(new Write.Put(
                Item.at(key("a"))
                        .with("n", Attribute.of(new BigDecimal(number)))
                        .build(),
                Condition.ALWAYS));
        assertRefused(new Write.Put(
                Item.at(key("a")).build(), new Condition.Equal("n", Attribute.of(new BigDecimal(number)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pk", "sk"})
    void anAttributeHasANameThatIsNotAKeys(String name) {
        assertRefused(new Write.Put(Item.at(key("a")).with(name, "x").build(), Condition.ALWAYS));
        assertRefused(new Write.Update(key("a"), Map.of(name, Attribute.of("x")), Condition.ALWAYS));
    }

    @Test
    void anUpdateSetsSomething() {
        assertRefused(new Write.Update(key("a"), Map.of(), Condition.ALWAYS));
    }

    static Stream<Attribute> unordered() {
        return Stream.of(Attribute.of(true), new Attribute.Null(), Attribute.of(Map.of()), Attribute.of(List.of()));
    }

    @ParameterizedTest
    @MethodSource("unordered")
    void onlyTextNumbersAndBytesCanBeABound(Attribute value) {
        assertRefused(new Write.Put(Item.at(key("a")).build(), new Condition.AbsentOrBelow("n", value)));
    }

    private void assertRefused(Write write) {
        assertThatIllegalArgumentException().isThrownBy(() -> items().write(write));
        assertThatIllegalArgumentException().isThrownBy(() -> items().transact(List.of(write)));
    }

    private void assertRefused(List<Write> writes, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> items().transact(writes))
                .withMessageContaining(message);
    }

    private List<Write> puts(int count) {
        return IntStream.range(0, count)
                .<Write>mapToObj(i -> new Write.Put(Item.at(key("k" + i)).build(), Condition.ALWAYS))
                .toList();
    }

    private static Write sized(Key key, int bytes) {
        int rest =
                bytes - ItemSize.bytes(Item.at(key).with("filler", new byte[0]).build());
        return new Write.Put(Item.at(key).with("filler", new byte[rest]).build(), Condition.ALWAYS);
    }
}
