package dev.weir.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Edits of values within items, and conditions on them. */
public abstract class ItemEditsContract extends ItemsFixture {
    private static final Attribute ONE = Attribute.of(1);
    private static final Attribute TWO = Attribute.of(2);
    private static final Path N = Path.of("n");
    private static final Path DEEP = Path.of("map", "queue:a.b", "n");

    /** Whether a write goes alone or with another. */
    enum Way {
        ALONE,
        IN_A_TRANSACTION
    }

    @Test
    void editsChangeWhatTheyNameAndNothingElse() {
        put(Item.at(row("a"))
                .with("n", 5)
                .with("gone", "x")
                .with("left", "l")
                .with("map", map("queue:a.b", map("n", ONE, "left", ONE), "left", TWO))
                .build());

        assertWritten(edit(
                "a",
                new Edit.Set(DEEP, TWO),
                new Edit.SetIfAbsent(Path.of("map", "left"), ONE),
                new Edit.SetIfAbsent(Path.of("map", "fresh"), ONE),
                new Edit.Add(N, -2),
                new Edit.Add(Path.of("map", "count"), 7),
                new Edit.Remove(Path.of("gone")),
                new Edit.Remove(Path.of("map", "never"))));

        assertThat(stored("a"))
                .isEqualTo(Map.of(
                        "n",
                        Attribute.of(3),
                        "left",
                        Attribute.of("l"),
                        "map",
                        map(
                                "queue:a.b",
                                map("n", TWO, "left", ONE),
                                "left",
                                TWO,
                                "fresh",
                                ONE,
                                "count",
                                Attribute.of(7))));
    }

    @Test
    void anEditMakesAnItemThatIsNotThere() {
        assertWritten(edit("a", new Edit.Add(N, 1), new Edit.SetIfAbsent(Path.of("m"), map())));
        assertWritten(edit("b", new Edit.Remove(N)));

        assertThat(stored("a")).isEqualTo(Map.of("n", ONE, "m", map()));
        assertThat(stored("b")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anItemOfAnotherShapeIsLeftAsItIs(Way way) {
        put(Item.at(row("a"))
                .with("text", "x")
                .with("list", Attribute.of(List.of(ONE)))
                .build());
        Map<String, Attribute> before = stored("a");

        for (Edit edit : List.of(
                new Edit.Set(DEEP, ONE),
                new Edit.SetIfAbsent(DEEP, ONE),
                new Edit.Add(DEEP, 1),
                new Edit.Remove(DEEP),
                new Edit.Set(Path.of("text", "n"), ONE),
                new Edit.Set(Path.of("list", "0"), ONE),
                new Edit.Add(Path.of("text"), 1))) {
            Write.Edits write = new Write.Edits(row("a"), List.of(new Edit.Set(N, ONE), edit), Condition.ALWAYS);
            assertThat(write(way, write)).as("%s", edit).isEqualTo(failed(row("a")));
            assertThat(stored("a")).as("%s", edit).isEqualTo(before);
        }
        assertThat(items().get(row("other"))).isEmpty();
    }

    @Test
    void ofATransactionAllEditsAreNamedWhenOneItemHasAnotherShape() {
        put(Item.at(row("a")).with("n", 1).build());

        WriteOutcome outcome = items().transact(List.of(
                new Write.Put(Item.at(row("put")).build(), Condition.equal(N, ONE)),
                new Write.Edits(row("a"), List.of(new Edit.Set(N, TWO)), Condition.ALWAYS),
                new Write.Edits(row("b"), List.of(new Edit.Set(DEEP, TWO)), Condition.ALWAYS)));

        assertThat(outcome).isEqualTo(new WriteOutcome.ConditionFailed(List.of(row("a"), row("b"))));
        assertThat(stored("a")).isEqualTo(Map.of("n", ONE));
    }

    @ParameterizedTest
    @EnumSource
    void conditionsAreOnPaths(Way way) {
        put(Item.at(row("a"))
                .with("n", 1)
                .with("map", map("queue:a.b", map("n", TWO)))
                .build());

        for (Condition holds : List.of(
                Condition.equal(DEEP, TWO),
                Condition.atMost(DEEP, TWO),
                Condition.below(N, TWO),
                Condition.absent(Path.of("map", "none", "n")),
                Condition.absent(Path.of("n", "n")),
                Condition.equal(Path.of(ROWS.partition()), Attribute.of(row("a").partition())),
                Condition.allOf(Condition.equal(N, ONE), Condition.equal(DEEP, TWO)),
                Condition.anyOf(Condition.ABSENT, Condition.absent(N), Condition.equal(DEEP, TWO)),
                Condition.allOf(
                        Condition.anyOf(Condition.absent(N), Condition.below(N, TWO)),
                        Condition.anyOf(Condition.allOf(Condition.equal(DEEP, TWO)))))) {
            assertWritten(write(way, touch(holds)));
        }
        for (Condition fails : List.of(
                Condition.equal(DEEP, ONE),
                Condition.equal(Path.of("map", "none", "n"), TWO),
                Condition.below(DEEP, TWO),
                Condition.atMost(DEEP, ONE),
                Condition.atMost(N, Attribute.of("2")),
                Condition.below(Path.of("none"), TWO),
                Condition.absent(N),
                Condition.absent(DEEP),
                Condition.allOf(Condition.equal(N, ONE), Condition.equal(DEEP, ONE)),
                Condition.anyOf(Condition.ABSENT, Condition.absent(N)),
                Condition.allOf(
                        Condition.anyOf(Condition.absent(N), Condition.below(N, ONE)), Condition.equal(DEEP, TWO)))) {
            assertThat(write(way, touch(fails))).as("%s", fails).isEqualTo(failed(row("a")));
        }
    }

    @Test
    void asManyEditsAndConditionsAsThereMayBeAreTaken() {
        Attribute filler = map("x".repeat(60), map("y".repeat(60), map()));
        put(Item.at(row("a")).with("m".repeat(60), filler).build());
        Path inner = Path.of("m".repeat(60), "x".repeat(60), "y".repeat(60));
        List<Edit> edits = new ArrayList<>();
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < ItemLimits.EDITS_MAX; i++) {
            edits.add(new Edit.Add(inner.then("queue:a.b-" + i), i));
        }
        for (int i = 0; i < ItemLimits.CONDITIONS_MAX; i++) {
            conditions.add(Condition.absent(inner.then("queue:a.b-" + i)));
        }
        Condition all = new Condition.AllOf(conditions);

        assertWritten(items().write(new Write.Edits(row("a"), edits, all)));

        edits.add(new Edit.Remove(N));
        conditions.add(Condition.absent(N));
        assertRefused(new Write.Edits(row("a"), edits, Condition.ALWAYS), "edits=51");
        assertRefused(new Write.Delete(row("a"), new Condition.AllOf(conditions)), "conditions=26");
    }

    @Test
    void editsThatMakeNoSenseAreRefused() {
        assertRefused(new Write.Edits(row("a"), List.of(), Condition.ALWAYS), "edits=0");
        assertRefused(edits(new Edit.Set(N, ONE), new Edit.Remove(N)), "overlap");
        assertRefused(edits(new Edit.Set(DEEP, ONE), new Edit.Set(Path.of("map"), map())), "overlap");
        assertRefused(edits(new Edit.Set(Path.of(ROWS.partition()), ONE)), "key is never edited");
        assertRefused(
                new Write.Delete(row("a"), Condition.absent(Path.of(ROWS.partition(), "n"))), "attribute of the key");
        assertRefused(new Write.Delete(row("a"), Condition.below(N, map())), "order");
        assertRefused(new Write.Delete(row("a"), Condition.allOf()), "not empty");
        assertRefused(new Write.Delete(row("a"), Condition.anyOf(Condition.ALWAYS)), "condition among others");
        assertThatIllegalArgumentException().isThrownBy(() -> Path.of("a", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> Path.of("a", "b", "c", "d", "e"));
    }

    @Test
    void anEditCannotMakeAnItemTooLarge() {
        put(Item.at(row("a")).with("filler", new byte[300 * 1024]).build());

        assertRefused(edits(new Edit.Set(Path.of("more"), Attribute.of(new byte[200 * 1024]))), "");

        assertThat(stored("a")).containsOnlyKeys("filler");
    }

    private Write.Edits touch(Condition condition) {
        return new Write.Edits(row("a"), List.of(new Edit.Add(Path.of("touched"), 1)), condition);
    }

    private Write.Edits edits(Edit... edits) {
        return new Write.Edits(row("a"), List.of(edits), Condition.ALWAYS);
    }

    private WriteOutcome edit(String id, Edit... edits) {
        return items().write(new Write.Edits(row(id), List.of(edits), Condition.ALWAYS));
    }

    private WriteOutcome write(Way way, Write write) {
        return switch (way) {
            case ALONE -> items().write(write);
            case IN_A_TRANSACTION ->
                items().transact(List.of(
                        write, new Write.Put(Item.at(row("other")).build(), Condition.ALWAYS)));
        };
    }

    private Map<String, Attribute> stored(String id) {
        return items().get(row(id)).orElseThrow().attributes();
    }

    private static WriteOutcome failed(Key key) {
        return new WriteOutcome.ConditionFailed(List.of(key));
    }

    private void assertRefused(Write write, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> items().write(write))
                .withMessageContaining(message);
        assertThatIllegalArgumentException().isThrownBy(() -> items().transact(List.of(write)));
    }

    private static Attribute map(Object... namesAndValues) {
        Map<String, Attribute> map = new java.util.HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], (Attribute) namesAndValues[i + 1]);
        }
        return Attribute.of(map);
    }
}
