package dev.weir.flow;

import dev.weir.graph.State;
import dev.weir.graph.Table;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keyed state of one lane, as the bot's function sees it and as the next commit will write it. Every change of one event can be taken
 * back until the event is accepted. Not thread-safe.
 *
 * @param <V> type of a value
 */
final class Slots<V> implements State<V> {

    private record Undo<V>(Slot<V> slot, V value, boolean present, Mark sequence, int parked, long draft) {}

    private record RemoteUndo<V>(Map<String, V> additions, String key, boolean had, V value) {}

    /** A place in what was done and not yet accepted. */
    record Point(int own, int remote) {}

    private static final Point BEGINNING = new Point(0, 0);

    private final Table<V> table;
    private final dev.weir.port.Table rows;
    private final int lane;
    private final Lanes lanes;
    private final Items items;
    private final Map<String, Slot<V>> slots = new HashMap<>();

    /** Was asked for last: an event asks for the slot of its key again and again. */
    private @Nullable Slot<V> last;

    /** Whether every key that this lane ever wrote is in memory: then a key that is not, was never written. */
    private boolean complete;

    private long draft = 1;
    private final List<Slot<V>> changed = new ArrayList<>();
    private long changedBytes;
    private final TreeMap<Integer, Map<String, V>> remote = new TreeMap<>();
    private long remoteBytes;

    private final List<Undo<V>> undos = new ArrayList<>();
    private final List<RemoteUndo<V>> remoteUndos = new ArrayList<>();

    Slots(Table<V> table, dev.weir.port.Table rows, int lane, Lanes lanes, Items items, boolean complete) {
        this.table = table;
        this.rows = rows;
        this.lane = lane;
        this.lanes = lanes;
        this.items = items;
        this.complete = complete;
    }

    // ------------------------------------------------------------------ the bot's view

    @Override
    public V get(String key) {
        return own(key).value;
    }

    @Override
    public void put(String key, V value) {
        set(own(key), value);
    }

    @Override
    public void add(String key, V value) {
        Slot<V> slot = slot(key);
        if (slot.lane != lane) {
            addRemote(slot, value);
            return;
        }
        load(slot);
        set(slot, table.merge().apply(slot.value, value));
    }

    private Slot<V> own(String key) {
        Slot<V> slot = slot(key);
        if (slot.lane != lane) {
            throw new IllegalStateException("state of another lane can be added to but not read: key=" + key
                    + " keyLane=" + slot.lane + " lane=" + lane + " table=" + table.name());
        }
        load(slot);
        return slot;
    }

    private void set(Slot<V> slot, V value) {
        int bytes = table.codec().encodedBytesMax(value);
        if (bytes > Limits.STATE_BYTES_MAX) {
            throw new IllegalStateException("state of one key is too large: key=" + slot.key + " bytes=" + bytes
                    + " max=" + Limits.STATE_BYTES_MAX + " table=" + table.name());
        }
        change(slot, bytes);
        slot.value = value;
        slot.present = true;
    }

    private void addRemote(Slot<V> slot, V value) {
        Map<String, V> additions = remote.computeIfAbsent(slot.lane, _ -> new LinkedHashMap<>());
        V before = additions.get(slot.key);
        V after = before == null ? value : table.merge().apply(before, value);
        remoteUndos.add(new RemoteUndo<>(additions, slot.key, before != null, before == null ? value : before));
        if (before == null) {
            remoteBytes += 96 + slot.key.length() + table.codec().encodedBytesMax(after);
        }
        additions.put(slot.key, after);
    }

    // ------------------------------------------------------------------ the spine's view

    /** Whether the key belongs to this lane, or has a part in it. */
    boolean owns(String key) {
        return slot(key).lane == lane;
    }

    /** The slot of a key of this lane, with its row read. */
    Slot<V> loaded(String key) {
        Slot<V> slot = slot(key);
        load(slot);
        return slot;
    }

    /** Sets a key's sequence mark and parked count. */
    void setOrder(Slot<V> slot, Mark sequence, int parked) {
        change(slot, 64);
        slot.sequence = sequence;
        slot.parked = parked;
    }

    /** Whether every key that this lane ever wrote is in memory, so that nothing has to be read. */
    boolean isComplete() {
        return complete;
    }

    /** Whether the row of a key is in memory. */
    boolean isLoaded(String key) {
        Slot<V> slot = slots.get(key);
        return slot != null && slot.loaded;
    }

    /** Reads the rows of those keys that belong to this lane and are not in memory, in batches. */
    void prefetch(Collection<String> keys) {
        if (complete) {
            return;
        }
        Collection<Slot<V>> cold = new LinkedHashSet<>();
        for (String key : keys) {
            if (key.isEmpty() || !Limits.fitsKey(key)) {
                continue; // the bot's code will meet it, and fail for this event alone
            }
            Slot<V> slot = slot(key);
            if (!slot.loaded && slot.lane == lane) {
                cold.add(slot);
            }
        }
        if (!cold.isEmpty()) {
            items.getAll(cold.stream().map(slot -> row(slot.key)).toList()).forEach(this::fill);
            cold.forEach(slot -> slot.loaded = true);
        }
    }

    /** Takes a change from the journal, at start. */
    void replay(String key, V value, boolean present, Mark sequence, int parked, long version) {
        Slot<V> slot = slot(key);
        slot.value = value;
        slot.present = present;
        slot.sequence = sequence;
        slot.parked = parked;
        slot.version = version;
        slot.loaded = true;
    }

    /** Accepts what the current event did. */
    void accept() {
        undos.clear();
        remoteUndos.clear();
    }

    /** How much was done since the last {@link #accept}. */
    Point point() {
        return new Point(undos.size(), remoteUndos.size());
    }

    /** Takes back what was not accepted. */
    void undo() {
        undoTo(BEGINNING);
    }

    /** Takes back what was done since a point. */
    void undoTo(Point point) {
        while (undos.size() > point.own) {
            Undo<V> undo = undos.removeLast();
            Slot<V> slot = undo.slot;
            slot.value = undo.value;
            slot.present = undo.present;
            slot.sequence = undo.sequence;
            slot.parked = undo.parked;
            if (slot.draft != undo.draft) {
                slot.draft = undo.draft;
                changed.removeLast();
            }
        }
        while (remoteUndos.size() > point.remote) {
            RemoteUndo<V> undo = remoteUndos.removeLast();
            if (undo.had) {
                undo.additions.put(undo.key, undo.value);
            } else {
                undo.additions.remove(undo.key);
            }
        }
    }

    /** An upper bound of the bytes that the draft's changes take in journal and outbox. */
    long draftBytes() {
        return changedBytes + remoteBytes;
    }

    /** The slots that the draft changes. */
    List<Slot<V>> changed() {
        return changed;
    }

    /** What the draft adds to keys of other lanes, netted, by lane. */
    Map<Integer, Map<String, V>> remote() {
        return remote;
    }

    /** The draft was committed with this fence. */
    void committed(long fence) {
        changed.forEach(slot -> slot.version = fence);
        changed.clear();
        remote.clear();
        changedBytes = 0;
        remoteBytes = 0;
        draft++;
    }

    /** Slots that changed after a version and not after another: what a fold must write. */
    List<Slot<V>> changedSince(long from) {
        return slots.values().stream().filter(slot -> slot.version >= from).toList();
    }

    /** Forgets slots whose rows are up to date, when there are more than the bound. */
    void shrink(long journalFrom) {
        if (slots.size() <= Limits.SLOTS_MAX) {
            return;
        }
        int surplus = slots.size() - Limits.SLOTS_MAX * 3 / 4;
        var all = slots.values().iterator();
        while (surplus > 0 && all.hasNext()) {
            Slot<V> slot = all.next();
            if (slot.version < journalFrom && slot.draft != draft) {
                complete &= slot.lane != lane || slot.version == 0;
                all.remove();
                last = null;
                surplus--;
            }
        }
    }

    Key row(String key) {
        return new Key(rows, key, new LaneId.Slice(lane).text());
    }

    private Slot<V> slot(String key) {
        Slot<V> known = last;
        if (known == null || !known.key.equals(key)) {
            known = slots.get(key);
            if (known == null) {
                known = fresh(key);
            }
            last = known;
        }
        return known;
    }

    private Slot<V> fresh(String key) {
        requireKey(key);
        int owner = table.spread().contains(key) ? lane : lanes.of(key);
        Slot<V> slot = new Slot<>(key, owner, table.zero());
        slots.put(key, slot);
        return slot;
    }

    private void requireKey(String key) {
        if (key.isEmpty() || !Limits.fitsKey(key)) {
            throw new IllegalArgumentException("key of state must have 1 to " + Limits.KEY_BYTES_MAX
                    + " bytes: characters=" + key.length() + " table=" + table.name());
        }
    }

    private void load(Slot<V> slot) {
        if (slot.loaded) {
            return;
        }
        if (!complete) {
            items.get(row(slot.key)).ifPresent(this::fill);
        }
        slot.loaded = true;
    }

    private void fill(Item row) {
        Slot<V> slot = slot(row.key().partition());
        slot.sequence = Mark.parse(row.textOr("sequence", "1"));
        slot.parked = (int) row.integerOr("parked", 0);
        slot.version = row.integer("version");
        if (row.get("value") != null) {
            slot.value = table.codec().decode(Json.of(row.text("value").getBytes(StandardCharsets.UTF_8)));
            slot.present = true;
        }
        slot.loaded = true;
    }

    private void change(Slot<V> slot, int bytes) {
        undos.add(new Undo<>(slot, slot.value, slot.present, slot.sequence, slot.parked, slot.draft));
        if (slot.draft != draft) {
            slot.draft = draft;
            changed.add(slot);
            changedBytes += 64 + 3L * slot.key.length() + bytes;
        }
    }
}
