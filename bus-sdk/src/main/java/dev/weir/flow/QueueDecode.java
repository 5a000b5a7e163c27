package dev.weir.flow;

import dev.weir.graph.Graph;
import dev.weir.model.Eid;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import dev.weir.model.Refusal;
import dev.weir.model.SequenceNumber;
import dev.weir.queue.BadLine;
import dev.weir.queue.QueueEntry;
import dev.weir.queue.QueueEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Step 10-decode for queues: from entries to parcels of events, by lane, in the order of each queue.
 *
 * <p>An event belongs to the lane of its key, whatever wrote it; an event without a key, and what is no event, to lane 0. Consecutive
 * events of one lane and of one time are one parcel. Not thread-safe.
 */
final class QueueDecode<T> {
    private static final String SNAPSHOTS = "_snapshot/";

    private final Lanes lanes;
    private final IntPredicate own;
    private final LineDecode<T> lineDecode;
    private final Map<LaneId, List<Parcel<T>>> parcels = new LinkedHashMap<>();
    private final Map<String, SequenceNumber> last = new LinkedHashMap<>();
    private final List<Json> lines = new ArrayList<>();
    private final List<Content<T>> contents = new ArrayList<>();
    private Parcel.Origin origin = new Parcel.Origin("", SequenceNumber.ZERO, 0);
    private int lane;

    /**
     * @param own the lanes of this copy; the others' events are left out
     */
    QueueDecode(Graph<T, ?, ?> graph, Lanes lanes, IntPredicate own) {
        this.lanes = lanes;
        this.own = own;
        this.lineDecode = new LineDecode<>(graph);
    }

    /** Entries of any queues, each queue's in its order. */
    Map<LaneId, List<Parcel<T>>> decode(List<SpineEntry> entries) {
        for (SpineEntry entry : entries) {
            add(entry.shard(), entry.entry());
        }
        close();
        return parcels;
    }

    private void add(QueueShard shard, QueueEntry entry) {
        Eid eid = eid(entry.eid());
        Parcel.Origin here = new Parcel.Origin(shard.id(), QueueShard.number(eid), sourceMillis(entry, eid));
        requireRising(here, entry);
        Json line = Oversize.noted(entry.line());
        Content<T> content = entry instanceof BadLine bad
                ? new Content.Bad<>(new Refusal(bad.reason()))
                : lineDecode.decode(null, here, 0, line);
        int to = content instanceof Content.Fact<T> fact ? lanes.of(fact.key()) : 0;
        if (!own.test(to)) {
            close();
            return;
        }
        if (to != lane || !continues(here)) {
            close();
            origin = here;
            lane = to;
        }
        lines.add(line);
        contents.add(content);
    }

    private boolean continues(Parcel.Origin next) {
        return !lines.isEmpty()
                && next.shardId().equals(origin.shardId())
                && next.arrivalMillis() == origin.arrivalMillis()
                && next.sequenceNumber()
                        .equals(QueueShard.number(QueueShard.eid(origin.sequenceNumber(), lines.size())));
    }

    private void close() {
        if (!lines.isEmpty()) {
            parcels.computeIfAbsent(new LaneId.Slice(lane), _ -> new ArrayList<>())
                    .add(new Parcel<>(origin, null, 0, 0, List.copyOf(lines), List.copyOf(contents)));
        }
        lines.clear();
        contents.clear();
    }

    /** A lane remembers of a queue how far it came, and no more: an event out of order would be taken for a repeated one. */
    private void requireRising(Parcel.Origin here, QueueEntry entry) {
        SequenceNumber before = last.put(here.shardId(), here.sequenceNumber());
        if (before != null && !here.sequenceNumber().isAfter(before)) {
            throw new IllegalStateException("ids of a queue do not rise: queue=" + entry.queue() + " eid=" + entry.eid()
                    + " before=" + QueueShard.eid(before, 0));
        }
    }

    /** When the first event of the chain happened: results carry it on. */
    private static long sourceMillis(QueueEntry entry, Eid eid) {
        return entry instanceof QueueEvent event
                ? event.eventSourceTimestamp().orElse(eid.epochMillis())
                : eid.epochMillis();
    }

    private static Eid eid(String text) {
        String plain = text.startsWith(SNAPSHOTS) ? text.substring(SNAPSHOTS.length()) : text;
        return Eid.parse(plain)
                .orElseThrow(() -> new IllegalStateException(
                        "the id of an event cannot be counted with, set the bot's checkpoint behind it: eid=" + text));
    }
}
