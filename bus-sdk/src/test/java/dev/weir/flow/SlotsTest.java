package dev.weir.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.graph.StateCodec;
import dev.weir.graph.Table;
import dev.weir.memory.MemoryItems;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The state of a lane while events are processed. */
class SlotsTest {
    private static final Lanes LANES = new Lanes(2);
    private static final List<String> OWN = keys(0);
    private static final List<String> OTHER = keys(1);

    private static final StateCodec<Long> CODEC = new StateCodec<>() {
        @Override
        public Json encode(Long value) {
            return Json.of(Long.toString(value));
        }

        @Override
        public Long decode(Json text) {
            return Long.valueOf(text.toString());
        }

        @Override
        public int encodedBytesMax(Long value) {
            return 20;
        }
    };

    private final Slots<Long> slots = new Slots<>(
            Table.of("t", CODEC, 0L, Long::sum).spreading("hot"),
            new dev.weir.port.Table("rows", "key", "lane"),
            0,
            LANES,
            new MemoryItems(),
            true);

    private static List<String> keys(int lane) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "k" + i)
                .filter(key -> LANES.of(key) == lane)
                .limit(5)
                .toList();
    }

    @Test
    void whatAnEventDidIsTakenBackWholly() {
        Random random = new Random(1);
        Map<String, Long> accepted = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            Map<String, Long> tried = new HashMap<>(accepted);
            for (int n = random.nextInt(4); n >= 0; n--) {
                touch(random, tried);
            }
            if (random.nextBoolean()) {
                slots.accept();
                accepted = tried;
            } else {
                slots.undo();
            }
            if (random.nextInt(50) == 0) {
                slots.committed(i + 1L);
                OTHER.forEach(accepted::remove);
            }
            assertThat(seen()).isEqualTo(accepted);
        }
    }

    private void touch(Random random, Map<String, Long> expected) {
        String own = OWN.get(random.nextInt(5));
        String other = OTHER.get(random.nextInt(5));
        long value = random.nextInt(100);
        switch (random.nextInt(3)) {
            case 0 -> {
                slots.put(own, value);
                expected.put(own, value);
            }
            case 1 -> {
                slots.add(own, value);
                expected.merge(own, value, Long::sum);
            }
            default -> {
                slots.add(other, value);
                expected.merge(other, value, Long::sum);
            }
        }
    }

    private Map<String, Long> seen() {
        Map<String, Long> seen = new HashMap<>();
        OWN.stream().map(slots::loaded).filter(slot -> slot.present).forEach(slot -> seen.put(slot.key, slot.value));
        slots.remote().values().forEach(seen::putAll);
        return seen;
    }

    @Test
    void stateOfAnotherLaneCanBeAddedToAndNotRead() {
        slots.add(OTHER.getFirst(), 1L);
        assertThatThrownBy(() -> slots.get(OTHER.getFirst()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another lane")
                .hasMessageContaining("key=" + OTHER.getFirst());
        assertThatThrownBy(() -> slots.put(OTHER.getFirst(), 1L)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSpreadKeyHasAPartInEveryLane() {
        slots.add("hot", 5L);
        assertThat(slots.get("hot")).isEqualTo(5);
        assertThat(slots.remote()).isEmpty();
    }

    @Test
    void aDraftHoldsEachChangedKeyOnce() {
        slots.add(OWN.getFirst(), 1L);
        slots.accept();
        slots.add(OWN.getFirst(), 1L);
        slots.accept();
        slots.add(OWN.get(1), 1L);
        slots.undo();
        assertThat(slots.changed()).singleElement().satisfies(slot -> assertThat(slot.value)
                .isEqualTo(2));
        slots.committed(7);
        assertThat(slots.changed()).isEmpty();
        assertThat(slots.changedSince(7)).hasSize(1);
        assertThat(slots.changedSince(8)).isEmpty();
    }
}
