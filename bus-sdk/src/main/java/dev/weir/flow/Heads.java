package dev.weir.flow;

import dev.weir.model.Eid;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Key;
import dev.weir.port.Write;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The heads of shared queues that one commit moves: one write each, whatever happens to it. Not thread-safe. */
final class Heads {
    private final Bus bus;
    private final long nowMillis;
    private final Map<String, Eid> risen = new LinkedHashMap<>();
    private final Map<String, SideHead> side = new LinkedHashMap<>();
    private final Map<String, Condition> conditions = new LinkedHashMap<>();
    private final Map<String, Map<String, Attribute>> attributes = new LinkedHashMap<>();

    Heads(Bus bus, long nowMillis) {
        this.bus = bus;
        this.nowMillis = nowMillis;
    }

    /** Events with ids from the first to the last become visible. */
    void rise(String queue, Eid first, Eid last) {
        conditions.put(queue, new Condition.AbsentOrBelow("max_eid", Attribute.of(first.toString())));
        of(queue).put("max_eid", Attribute.of(last.toString()));
        risen.put(queue, last);
    }

    /** The head of a snapshot or archive: as this commit left it already, or else as it was seen last. */
    SideHead side(String queue, SideHead seen) {
        conditions.putIfAbsent(queue, seen.unchanged());
        return side.computeIfAbsent(queue, _ -> seen);
    }

    /** Something up to this id was written to a snapshot or archive. */
    void riseAside(String queue, String eid, long writtenMillis) {
        SideHead before = side.getOrDefault(queue, SideHead.NONE);
        SideHead head = before.after(eid, Math.max(before.writtenMillis(), writtenMillis));
        side.put(queue, head);
        head.into(of(queue));
    }

    /** Something is said about a queue. */
    void note(String queue, Map<String, Attribute> said) {
        of(queue).putAll(said);
    }

    private Map<String, Attribute> of(String queue) {
        return attributes.computeIfAbsent(queue, _ -> new LinkedHashMap<>());
    }

    void addTo(List<Write> writes) {
        attributes.forEach((queue, set) -> {
            if (set.containsKey("max_eid")) {
                set.put("timestamp", Attribute.of(nowMillis));
            }
            set.put("v", Attribute.of(2));
            writes.add(new Write.Update(
                    new Key(bus.heads(), queue, null), set, conditions.getOrDefault(queue, Condition.ALWAYS)));
        });
    }

    /** New last ids, by queue. */
    Map<String, Eid> risen() {
        return risen;
    }

    /** New heads of snapshots and archives. */
    Map<String, SideHead> side() {
        return side;
    }
}
