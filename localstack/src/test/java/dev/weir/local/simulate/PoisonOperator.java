package dev.weir.local.simulate;

import dev.weir.flow.ParkedEvent;
import dev.weir.local.simulator.Evidence;
import dev.weir.model.Chunk;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import dev.weir.parking.ParkedEvents;
import dev.weir.port.PutOutcome;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import dev.weir.wire.ChunkEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Who sees to what is parked: drops some of the poison and some of what is no event, corrects some, tries others in vain; then mends the bot
 * and puts everything back, by event or by key, now and then twice, while new events of the same keys come.
 */
final class PoisonOperator {
    private static final String BOT = "taster";
    private static final int LATER_ROUNDS = 3;
    private static final int LATER_EVENTS = 6;
    private static final int KEYS = 20;
    private static final int LATER_FIRST = 10_000;
    private static final int CORRECTED_FIRST = 20_000;
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** What is to become of a parked event. */
    private enum Plan {
        DROP,
        CORRECT,
        PUT_BACK
    }

    private final Map<String, PoisonEvent> known = new HashMap<>();
    private final Map<String, PoisonEvent> corrected = new HashMap<>();
    private final List<PoisonEvent> later = new ArrayList<>();
    private final Map<Integer, Long> numbers = new HashMap<>();
    private Optional<Before> before = Optional.empty();
    private SplittableRandom random = new SplittableRandom(0);
    private boolean hasMended;
    private boolean hasEnded;
    private int rounds;

    /**
     * What there was before he came.
     *
     * @param results of each lane
     * @param parked what was parked
     * @param dropped ids of those that will be dropped
     */
    record Before(Map<LaneId, List<String>> results, List<ParkedEvent> parked, List<String> dropped) {}

    boolean hasMended() {
        return hasMended;
    }

    Before before() {
        return before.orElseThrow();
    }

    /** Events that came meanwhile, in order. */
    List<PoisonEvent> later() {
        return later;
    }

    /** Every event there is, by its line. */
    Map<String, PoisonEvent> known() {
        return known;
    }

    /** What lines became that were no events, or poison. */
    Map<String, PoisonEvent> corrected() {
        return corrected;
    }

    /** Whether there was something to do. */
    boolean operate(Evidence evidence, Streams streams, Time time, Map<String, PoisonEvent> sent) {
        ParkedEvents parked = ParkedEvents.of(
                evidence.bus(),
                BOT,
                "dishes",
                evidence.items(),
                streams,
                (_, _, _) -> Optional.empty(),
                time,
                "round-" + rounds);
        List<ParkedEvent> left = listed(parked);
        if (before.isEmpty()) {
            begin(evidence, left, sent);
        }
        if (left.isEmpty() && rounds >= LATER_ROUNDS) {
            return endsWith(evidence, streams, time);
        }
        if (hasEnded) {
            throw new AssertionError("an event was parked of which no other of its key is: " + left.getFirst());
        }
        hasMended |= left.stream().allMatch(event -> plan(event) == Plan.PUT_BACK);
        left.forEach(event -> act(parked, event));
        for (int i = 0; i < LATER_EVENTS && rounds < LATER_ROUNDS; i++) {
            putLater(anyKey(), evidence, streams, time);
        }
        rounds++;
        return true;
    }

    /** When nothing is left each key gets one event more, which must not wait for anything. */
    private boolean endsWith(Evidence evidence, Streams streams, Time time) {
        for (int i = 0; i < KEYS && !hasEnded; i++) {
            putLater("k" + i, evidence, streams, time);
        }
        boolean ends = !hasEnded;
        hasEnded = true;
        return ends;
    }

    /** Lists are asked for again until they come; a page ends where it must. */
    private static List<ParkedEvent> listed(ParkedEvents parked) {
        List<ParkedEvent> all = new ArrayList<>();
        Optional<ParkedEvent> last = Optional.empty();
        for (boolean more = true; more; ) {
            try {
                List<ParkedEvent> page = parked.list(last.map(ParkedEvent::id), 7);
                all.addAll(page);
                more = !page.isEmpty();
                last = page.isEmpty() ? last : Optional.of(page.getLast());
            } catch (StoreUnavailableException _) {
                // he asks again
            }
        }
        return all;
    }

    private void begin(Evidence evidence, List<ParkedEvent> left, Map<String, PoisonEvent> sent) {
        known.putAll(sent);
        random = new SplittableRandom(sent.keySet().hashCode());
        Map<LaneId, List<String>> results = new HashMap<>();
        evidence.lanes().forEach(lane -> results.put(lane, evidence.queue("dishes.tasted", lane)));
        List<String> dropped = left.stream()
                .filter(event -> plan(event) == Plan.DROP)
                .map(event -> event.id().text())
                .toList();
        before = Optional.of(new Before(results, left, dropped));
    }

    /** The same each time that it is asked. */
    private Plan plan(ParkedEvent parked) {
        PoisonEvent event = known.get(line(parked));
        int dice = Math.floorMod(line(parked).hashCode(), 4);
        if (event == null) {
            return dice < 2 ? Plan.DROP : Plan.CORRECT;
        }
        return !event.isPoison() || dice > 1 ? Plan.PUT_BACK : dice == 0 ? Plan.DROP : Plan.CORRECT;
    }

    private static String line(ParkedEvent parked) {
        return String.valueOf(parked.payload());
    }

    private void act(ParkedEvents parked, ParkedEvent event) {
        boolean twice = random.nextInt(8) == 0;
        for (int i = twice ? 0 : 1; i < 2; i++) {
            switch (plan(event)) {
                case DROP -> parked.drop(event.id(), "the operator", "no use");
                case CORRECT ->
                    parked.putBack(event.id(), Json.of(correction(event).line()));
                case PUT_BACK -> {
                    if (hasMended || random.nextInt(4) == 0) {
                        putBack(parked, event);
                    }
                }
            }
        }
    }

    private void putBack(ParkedEvents parked, ParkedEvent event) {
        if (event.key() != null && random.nextBoolean()) {
            parked.putBack(event.key());
        } else {
            parked.putBack(event.id());
        }
    }

    /** Poison becomes sound; what is no event becomes one of a key that no other has. */
    private PoisonEvent correction(ParkedEvent parked) {
        return corrected.computeIfAbsent(line(parked), line -> {
            PoisonEvent poison = known.get(line);
            int n = CORRECTED_FIRST + corrected.size();
            PoisonEvent sound = poison == null
                    ? new PoisonEvent("c" + n, n, anyKey(), Optional.empty(), OptionalLong.empty(), false)
                    : new PoisonEvent(poison.key(), poison.n(), poison.to(), poison.id(), poison.sequence(), false);
            known.put(sound.line(), sound);
            return sound;
        });
    }

    private String anyKey() {
        return "k" + random.nextInt(KEYS);
    }

    /** An event without a number in its key, through a producer of his own that puts it again until it is accepted. */
    private void putLater(String key, Evidence evidence, Streams streams, Time time) {
        PoisonEvent event = new PoisonEvent(
                key, LATER_FIRST + later.size(), anyKey(), Optional.empty(), OptionalLong.empty(), false);
        known.put(event.line(), event);
        later.add(event);
        Lanes lanes = evidence.bus().lanes();
        int lane = lanes.of(key);
        ChunkEncoder chunk = new ChunkEncoder();
        chunk.begin(new Chunk("later", lane, lanes.count(), numbers.merge(lane, 1L, Long::sum)));
        chunk.add(Json.of(event.line()));
        List<StreamRecord> record =
                List.of(new StreamRecord("later", lanes.firstHash(lane).toString(), chunk.finish()));
        while (!(streams.put(evidence.bus().stream("dishes"), record).getFirst() instanceof PutOutcome.Accepted)) {
            time.pause(PAUSE);
        }
    }
}
