package dev.weir.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.wire.JsonCursor;
import dev.weir.wire.RecordDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What commits write, netted, is what their events did one by one: in the journal for keys of the lane, in the outbox for others. */
class NettingPropertyTest {

    /** One thing that an event does; {@code key} is one of twelve, about a third of them of this lane. */
    record Touch(int key, long value, boolean put) {}

    /**
     * One event.
     *
     * @param taken whether it is accepted, or taken back
     * @param last whether a commit follows
     */
    record Event(List<Touch> touches, boolean taken, boolean last) {}

    private static final Bus BUS = new Bus("weir", new Lanes(3));

    @Property
    void whatIsCommittedIsWhatEventsDidOneByOne(@ForAll("events") List<Event> events) {
        new Run().run(events);
    }

    /** A lane, what its commits say, and what they should. */
    private static final class Run {
        private final Pack<String, Long, String> pack = new Pack<>(Sums.GRAPH, BUS, "run");
        private final Map<String, Long> own = new HashMap<>();
        private final Map<String, Long> others = new HashMap<>();
        private final Map<String, Long> expectedOwn = new HashMap<>();
        private final Map<String, Long> expectedOthers = new HashMap<>();

        void run(List<Event> events) {
            Slots<Long> slots = Sums.slots(BUS.lanes());
            var lane = new Lane<String, Long>(
                    new LaneId.Slice(0),
                    slots,
                    new Positions(),
                    new Marks(),
                    new Counts(),
                    new StateTypes(Map.of()),
                    new TreeMap<>(),
                    0,
                    1);
            for (Event event : events) {
                event.touches.forEach(touch -> touch(slots, touch, event.taken));
                if (event.taken) {
                    slots.accept();
                } else {
                    slots.undo();
                }
                if (event.last) {
                    commit(lane);
                }
            }
            commit(lane);
            assertThat(own).isEqualTo(expectedOwn);
            assertThat(others).isEqualTo(expectedOthers);
        }

        private void touch(Slots<Long> slots, Touch touch, boolean taken) {
            String key = "k" + touch.key;
            boolean ours = slots.owns(key);
            boolean put = ours && touch.put;
            if (put) {
                slots.put(key, touch.value);
            } else {
                slots.add(key, touch.value);
            }
            if (taken) {
                (ours ? expectedOwn : expectedOthers).merge(key, touch.value, put ? (_, now) -> now : Long::sum);
            }
        }

        private void commit(Lane<String, Long> lane) {
            Packed packed = pack.pack(lane, 1_795_194_307_123L, 0);
            own.putAll(Sums.journal(packed, BUS.lanes()));
            packed.outbox().forEach(this::deliver);
            lane.emitted.putAll(packed.emitted());
            lane.fence++;
            lane.slots.committed(lane.fence);
        }

        private void deliver(Item item) {
            var cursor = new JsonCursor();
            for (Attribute record : ((Attribute.Sequence) item.attributes().get("records")).value()) {
                byte[] data =
                        ((Attribute.Bytes) ((Attribute.Struct) record).value().get("data")).value();
                new RecordDecoder().decode(data).getFirst().lines().forEach(line -> {
                    var add = (Command.Add) Command.parse(line, cursor);
                    others.merge(add.key(), Long.valueOf(add.value().toString()), Long::sum);
                });
            }
        }
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Touch> touch = Combinators.combine(
                        Arbitraries.integers().between(0, 11),
                        Arbitraries.longs().between(-1_000_000_000L, 1_000_000_000L),
                        Arbitraries.of(true, false))
                .as(Touch::new);
        return Combinators.combine(
                        touch.list().ofMaxSize(4),
                        Arbitraries.frequency(Tuple.of(3, true), Tuple.of(1, false)),
                        Arbitraries.frequency(Tuple.of(1, true), Tuple.of(6, false)))
                .as(Event::new)
                .list()
                .ofMaxSize(40);
    }
}
