package dev.weir.flow;

import dev.weir.model.LaneId;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Time;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Gives the lanes of a bot to a version that somebody chose, most times to the one before. A higher version than ever served a lane needs no
 * takeover: its first commit is one.
 *
 * <p>Lane by lane, and under the fence, which it raises: whoever had the lane can commit nothing from then on, and is refused when he looks
 * again. What was committed before stays, and is where the chosen version goes on. Before the lanes it notes what was chosen, for lanes that
 * have no checkpoint yet. Everything that any version of the bot left stays: state, held and parked events, what waits to be sent.
 *
 * <p>May be ended anywhere and done again. Two at once for one bot end as one of them, or with {@link IllegalStateException}. Thread-safe.
 */
public final class Takeover {
    private static final int ROUNDS_MAX = 20;
    private static final String BY_HAND = "takeover:";

    private final Bus bus;
    private final String bot;
    private final Items items;
    private final Time time;

    /** Of this bot's lanes. */
    public Takeover(Bus bus, String bot, Items items, Time time) {
        this.bus = bus;
        this.bot = bot;
        this.items = items;
        this.time = time;
    }

    /**
     * A lane as a takeover found or left it.
     *
     * @param lane which
     * @param version who serves it
     * @param barred the highest version that ever served it, or was barred with a takeover
     * @param fence the number of its commits and takeovers
     * @param positions how far it is: by id of a shard the sequence number of the last record, by reference of a queue the id of the last
     *     event
     */
    public record State(LaneId lane, Version version, Version barred, long fence, TreeMap<String, String> positions) {}

    /** All lanes that have a checkpoint, of the given ones. */
    public List<State> lanes(List<LaneId> lanes) {
        List<State> states = new ArrayList<>();
        read(lanes).forEach((lane, item) -> states.add(state(lane, item)));
        return states;
    }

    /** The highest version that ever served one of the lanes, or was barred. */
    public Version highest(List<LaneId> lanes) {
        Version highest = chosen().map(item -> Serving.from(item).barred()).orElse(Version.NONE);
        for (Item item : read(lanes).values()) {
            highest = highest.orHigher(Serving.from(item).barred());
        }
        return highest;
    }

    /**
     * Gives the lanes to a version. Throws {@link StoreUnavailableException} if the store does not take it, {@link IllegalStateException} if
     * somebody else changes the lanes all the time; what was done then stays, and it can be done again.
     *
     * @param version who is to serve them
     * @param barred no version up to this one can take a lane by itself any more; at least {@code version}
     * @param lanes asked for again and again, when what was chosen is noted: all slices and the pass-through lanes of all shards
     * @return the lanes that changed hands, each as it was at that moment
     */
    public List<State> to(Version version, Version barred, Supplier<List<LaneId>> lanes) {
        if (version.isNone() || barred.number() < version.number()) {
            throw new IllegalArgumentException("a takeover is by a version, and bars it or a higher one: version="
                    + version + " barred=" + barred);
        }
        Serving next = new Serving(version, barred);
        note(next);
        Map<LaneId, State> moved = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS_MAX; round++) {
            int left = 0;
            for (Map.Entry<LaneId, Item> each : read(lanes.get()).entrySet()) {
                Serving serving = Serving.from(each.getValue());
                if (!serving.equals(next)) {
                    left++;
                    move(each.getKey(), each.getValue(), serving, next)
                            .ifPresent(state -> moved.put(each.getKey(), state));
                }
            }
            if (left == 0) {
                return List.copyOf(moved.values());
            }
        }
        throw new IllegalStateException(
                "lanes changed each time that they were read, run it again: bot=" + bot + " rounds=" + ROUNDS_MAX);
    }

    private void note(Serving next) {
        WriteOutcome last = WriteOutcome.WRITTEN;
        for (int round = 0; round < ROUNDS_MAX; round++) {
            last = items.write(new Write.Update(bus.serving(bot), next.toAttributes(), Condition.ALWAYS));
            if (last instanceof WriteOutcome.Written) {
                return;
            }
        }
        throw new StoreUnavailableException("what was chosen was not noted: bot=" + bot + " last=" + last);
    }

    /** Empty if somebody else was faster, or it is not known what came of it: the next round tells. */
    private Optional<State> move(LaneId lane, Item item, Serving before, Serving next) {
        long fence = item.integer("fence");
        long now = time.epochMillis();
        Map<String, Attribute> set = new LinkedHashMap<>(next.toAttributes());
        set.put("fence", Attribute.of(fence + 1));
        set.put("commit", Attribute.of(BY_HAND + next.version() + ":" + (fence + 1)));
        set.put("updated", Attribute.of(now));
        Key key = bus.checkpoint(bot, lane);
        Positions positions = Positions.from(item);
        List<Write> writes = List.of(
                new Write.Update(key, set, new Condition.Equal("fence", Attribute.of(fence))),
                new Handover(before, positions.toAttribute(), false).note(bus, bot, lane, next, fence + 1, now));
        return items.transact(writes) instanceof WriteOutcome.Written
                ? Optional.of(new State(lane, next.version(), next.barred(), fence + 1, positions.told()))
                : Optional.empty();
    }

    private Optional<Item> chosen() {
        return items.get(bus.serving(bot));
    }

    private Map<LaneId, Item> read(List<LaneId> lanes) {
        Map<String, Item> stored = new TreeMap<>();
        items.getAll(lanes.stream().map(lane -> bus.checkpoint(bot, lane)).toList())
                .forEach(item -> stored.put(item.key().partition(), item));
        Map<LaneId, Item> found = new LinkedHashMap<>();
        lanes.forEach(lane ->
                Optional.ofNullable(stored.get(bus.partition(bot, lane))).ifPresent(item -> found.put(lane, item)));
        return found;
    }

    private static State state(LaneId lane, Item item) {
        Serving serving = Serving.from(item);
        return new State(
                lane,
                serving.version(),
                serving.barred(),
                item.integer("fence"),
                Positions.from(item).told());
    }
}
