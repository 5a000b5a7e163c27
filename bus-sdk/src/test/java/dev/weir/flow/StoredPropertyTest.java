package dev.weir.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Json;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.wire.ByteSink;
import dev.weir.wire.JsonCursor;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;

/** What a lane stores, it reads back the same. */
class StoredPropertyTest {

    private static final Key CHECKPOINT = new Key(new Table("t", "lane", "item"), "bot/lane-0", "checkpoint");

    @Property(tries = 500)
    void heldEvents(@ForAll("entries") List<Held.Entry<String>> entries) {
        var sink = new ByteSink();
        entries.forEach(entry -> HeldFormat.write(entry, sink));
        assertThat(HeldFormat.read(sink.toBytes(), StoredSamples.decode()).stream()
                        .map(StoredSamples::shown)
                        .toList())
                .isEqualTo(entries.stream().map(StoredSamples::shown).toList());
    }

    @Provide
    Arbitrary<List<Held.Entry<String>>> entries() {
        return Combinators.combine(
                        texts(),
                        numbers(),
                        lines(),
                        texts(),
                        Arbitraries.integers().greaterOrEqual(0))
                .as(StoredPropertyTest::entry)
                .list()
                .ofMaxSize(5);
    }

    private static Held.Entry<String> entry(String name, long number, List<String> texts, String shard, int index) {
        Scope scope = number % 2 == 0 ? new Scope.Producer(name) : new Scope.OfKey(name);
        var origin = new Parcel.Origin(shard, new SequenceNumber("" + number), number / 3);
        List<Json> lines = texts.stream().map(Json::of).toList();
        List<Content<String>> contents = new ArrayList<>();
        lines.forEach(_ -> contents.add(new Content.NotOurs<>()));
        String producer = number % 3 == 0 ? null : name;
        return new Held.Entry<>(
                scope, number, new Parcel<>(origin, producer, number, index, lines, contents), number / 5);
    }

    @Property(tries = 500)
    void theJournal(
            @ForAll("texts") String key,
            @ForAll("lines") List<String> values,
            @ForAll("marks") Mark mark,
            @ForAll("parked") int parked) {
        Slots<Json> slots = StoredSamples.slots();
        for (String value : values) {
            slots.replay(key + value, Json.of(value), !value.equals("0"), mark, parked, 3);
        }
        slots.replay("k", StoredSamples.ZERO, false, mark, parked, 3);
        var sink = new ByteSink();
        slots.changedSince(3).forEach(slot -> JournalFormat.write(slot, StoredSamples.RAW, sink));
        Slots<Json> again = StoredSamples.replayed(sink.toBytes());
        again.changedSince(1).forEach(slot -> {
            Slot<Json> before = slots.loaded(slot.key);
            assertThat(slot.present).isEqualTo(before.present);
            assertThat(slot.value).isEqualTo(before.present ? before.value : StoredSamples.ZERO);
            assertThat(slot.sequence).isEqualTo(before.sequence);
            assertThat(slot.parked).isEqualTo(before.parked);
        });
        assertThat(again.changedSince(1)).hasSameSizeAs(slots.changedSince(3));
    }

    @Property
    void marks(@ForAll("marks") Mark mark, @ForAll @NotEmpty String producer, @ForAll @LongRange(min = 0) long millis) {
        assertThat(Mark.parse(mark.text())).isEqualTo(mark);
        Marks marks = new Marks();
        marks.put(producer, mark, millis);
        Item stored = Item.at(CHECKPOINT).with("marks", marks.toAttribute()).build();
        assertThat(Marks.from(stored).of(producer)).isEqualTo(mark);
        assertThat(Marks.from(stored).toAttribute()).isEqualTo(marks.toAttribute());
    }

    @Property
    void commands(@ForAll("texts") String key, @ForAll("values") String value) {
        var cursor = new JsonCursor();
        assertThat(Command.parse(Command.add("bot", key, Json.of(value)), cursor))
                .isEqualTo(new Command.Add(key, Json.of(value)));
        assertThat(Command.parse(Command.forward("bot", Json.of(value)), cursor))
                .isEqualTo(new Command.Forward(Json.of(value)));
    }

    @Property
    void idsOfEvents(@ForAll List<Long> halves) {
        List<IdWindow.Id> ids =
                halves.stream().map(half -> new IdWindow.Id(half, ~half)).toList();
        var window = new IdWindow();
        window.restore(IdWindow.toBytes(ids), 1);
        assertThat(ids).allMatch(window::contains);
        assertThat(window.contains(new IdWindow.Id(5, 5))).isFalse();
    }

    @Provide
    Arbitrary<Mark> marks() {
        return Arbitraries.longs().between(1, 1_000).list().ofMaxSize(40).map(steps -> {
            Mark mark = Mark.FIRST;
            for (long step : steps) {
                mark = step % 3 == 0
                        ? mark.withoutLate(mark.next() - step % 50)
                        : step % 3 == 1 ? mark.advancedTo(mark.next() + 1) : mark.passing(mark.next() + step);
            }
            return mark;
        });
    }

    @Provide
    Arbitrary<Integer> parked() {
        return Arbitraries.integers().between(0, 100);
    }

    /** Unicode, without halves of surrogates, which UTF-8 cannot hold. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("ab\"\\\n\r\t\u0000/:é✓{}")
                .ofMinLength(1)
                .ofMaxLength(20)
                .map(text -> text + "😀");
    }

    @Provide
    Arbitrary<Long> numbers() {
        return Arbitraries.longs().between(1, Long.MAX_VALUE / 2);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.bigDecimals().map(Object::toString),
                Arbitraries.of("0", "null", "{\"a\":[1,{}]}", "[ ]", "\"\\u0000\\n\""),
                texts().map(Json::quoted));
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return values().list().ofMinSize(1).ofMaxSize(6);
    }
}
