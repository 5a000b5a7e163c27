package dev.weir.flow;

import dev.weir.graph.Output;
import dev.weir.model.Eid;
import dev.weir.port.Attribute;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ids of one log in one commit. Not thread-safe. */
sealed interface Ids {

    /** Consecutive ids of a run of events. */
    interface Run {
        String id(long index);
    }

    Run draw(long count);

    /** Tells the heads what was drawn. */
    void close(Heads heads);

    /** Above the head, or at this moment if that is later. */
    final class OfQueue implements Ids {
        private final String queue;
        private final Eid start;
        private final boolean isNew;
        private final long nowMillis;
        private Eid first;
        private Eid last;
        private boolean isFirstRun = true;

        OfQueue(String queue, @Nullable Eid head, long nowMillis) {
            this.queue = queue;
            this.isNew = head == null;
            this.start = head == null ? new Eid(nowMillis, 0) : head;
            this.first = start;
            this.last = start;
            this.nowMillis = nowMillis;
        }

        @Override
        public Run draw(long count) {
            Eid from = isFirstRun && isNew ? start : last.nextRun(nowMillis, count);
            first = isFirstRun ? from : first;
            isFirstRun = false;
            last = from.plus(count - 1);
            return index -> from.plus(index).toString();
        }

        @Override
        public void close(Heads heads) {
            heads.rise(queue, first, last);
        }
    }

    /** The minute of the snapshot, then a moment at which nothing was written to any snapshot of the queue. */
    final class OfSnapshot implements Ids {
        private final Output.Log.Snapshot log;
        private Eid last;
        private boolean isNew = true;

        OfSnapshot(Output.Log.Snapshot log, SideHead head, long nowMillis) {
            this.log = log;
            this.last = new Eid(Math.max(nowMillis, head.writtenMillis() + 1), 0);
        }

        @Override
        public Run draw(long count) {
            Eid from = isNew ? last : last.nextRun(0, count);
            isNew = false;
            last = from.plus(count - 1);
            return index -> id(from.plus(index));
        }

        private String id(Eid eid) {
            String text = eid.toString();
            return log.prefix() + text.substring(text.lastIndexOf('/') + 1);
        }

        @Override
        public void close(Heads heads) {
            heads.riseAside(log.text(), id(last), last.epochMillis());
        }
    }

    /** Those that the events always had. */
    record OfArchive(Output.Log.Archive log, SideHead head) implements Ids {
        @Override
        public Run draw(long count) {
            return index -> index == 0 ? log.start() : log.end();
        }

        @Override
        public void close(Heads heads) {
            if (log.end().compareTo(head.maxEid()) > 0) {
                heads.riseAside(log.text(), log.end(), 0);
                heads.note(log.queue(), Map.of("archive", Attribute.of(Map.of("end", Attribute.of(log.end())))));
            }
        }
    }
}
