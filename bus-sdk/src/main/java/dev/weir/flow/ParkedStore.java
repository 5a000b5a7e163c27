package dev.weir.flow;

import dev.weir.flow.ParkedEvent.Place;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Write;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the parked events of a bot. Thread-safe. */
public final class ParkedStore {
    private final Bus bus;
    private final String bot;
    private final Items items;

    public ParkedStore(Bus bus, String bot, Items items) {
        this.bus = bus;
        this.bot = bot;
        this.items = items;
    }

    /** The parked event with this id; empty if it never was, or is no longer parked. */
    public Optional<ParkedEvent> get(ParkedId id) {
        return items.get(key(id)).map(ParkedStore::event);
    }

    /** The first parked events of a lane, in the order in which they were parked. */
    public List<ParkedEvent> first(LaneId lane, int limit) {
        return page(lane, SortKeys.PARKED, limit);
    }

    /** Those that were parked after this one, by the same lane. */
    public List<ParkedEvent> after(ParkedId id, int limit) {
        return page(id.lane(), id.sort() + " ", limit);
    }

    private List<ParkedEvent> page(LaneId lane, String from, int limit) {
        return items
                .query(bus.checkpoints(), bus.partition(bot, lane), from, SortKeys.end(SortKeys.PARKED), limit)
                .stream()
                .map(ParkedStore::event)
                .toList();
    }

    Key key(ParkedId id) {
        return new Key(bus.checkpoints(), bus.partition(bot, id.lane()), id.sort());
    }

    /** On condition that nobody else removed it: an event that is not there any more was not put back. */
    Write removal(ParkedEvent event) {
        return new Write.Delete(key(event.id()), isThere(event));
    }

    private static Condition isThere(ParkedEvent event) {
        return new Condition.Equal("parkedAt", Attribute.of(event.parkedAtMillis()));
    }

    /** Of the event as it is now: what may have changed. */
    Write change(ParkedEvent event) {
        Map<String, Attribute> changed = new LinkedHashMap<>();
        changed.put("step", Attribute.of(event.step()));
        changed.put("reason", Attribute.of(event.reason()));
        changed.put("tries", Attribute.of(event.tries()));
        if (event.blocks()) {
            changed.put("place", Attribute.of(text(event.place())));
        }
        if (event.payload() != null) {
            changed.put("payload", Attribute.of(event.payload().toBytes()));
            changed.put("command", Attribute.of(event.isCommand() ? 1 : 0));
        }
        return new Write.Update(key(event.id()), changed, isThere(event));
    }

    static String text(Place place) {
        return place.name().toLowerCase(Locale.ROOT);
    }

    private static ParkedEvent event(Item item) {
        long parkedAt = item.integer("parkedAt");
        return new ParkedEvent(
                id(item.key()),
                item.attributes().containsKey("key") ? item.text("key") : null,
                place(item.textOr("place", text(Place.APART))),
                item.text("step"),
                item.text("reason"),
                item.attributes().containsKey("payload") ? Json.of(item.bytes("payload")) : null,
                item.integerOr("command", 0) == 1,
                item.text("shard"),
                new SequenceNumber(item.text("sequence")),
                item.integerOr("arrival", parkedAt),
                (int) item.integer("index"),
                item.attributes().containsKey("producer") ? item.text("producer") : null,
                item.integerOr("number", 0),
                parkedAt,
                item.integerOr("tries", 0));
    }

    private static Place place(String text) {
        for (Place place : Place.values()) {
            if (text(place).equals(text)) {
                return place;
            }
        }
        throw new IllegalStateException("parked event has no known place: place=" + text);
    }

    /** The id is in the key: lane behind the bot's name, fence and index in the sort key. */
    private static ParkedId id(Key key) {
        String lane = key.partition().substring(key.partition().indexOf('/') + 1);
        String sort = String.valueOf(key.sort());
        int hash = sort.lastIndexOf('#');
        return ParkedId.parse(lane + "." + SortKeys.fence(sort) + "." + Integer.parseInt(sort.substring(hash + 1)))
                .orElseThrow(() -> new IllegalStateException("parked event has no readable key: key=" + key));
    }
}
