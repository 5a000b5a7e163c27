package dev.weir.flow;

import dev.weir.graph.Output;
import dev.weir.model.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the next commit of a lane writes to queues that others write too, in order; and how many items that takes, so that a commit is
 * closed before it has too many. What one event added can be taken back. Not thread-safe.
 */
final class Outputs {
    /** Something that is written. */
    sealed interface Entry permits Result, Given {

        /** Bytes that it counts for. */
        int bytes();
    }

    /** An output that says itself what is written. */
    record Given(Output output) implements Entry {
        private static final int ITEM_BYTES = 200;

        @Override
        public int bytes() {
            return switch (output) {
                case Output.Payload(var _, Json payload) -> payload.length() + ITEM_BYTES;
                case Output.Line line -> line.line().length() + ITEM_BYTES / 4;
                case Output.Stored item -> item.bytes() + 2 * ITEM_BYTES;
                case Output.Note _ -> ITEM_BYTES;
            };
        }
    }

    private final Map<Output.Log, List<Entry>> logs = new LinkedHashMap<>();
    private final List<Entry> notes = new ArrayList<>();
    private final List<List<Entry>> addedTo = new ArrayList<>(); // where what came since an event began went
    private final Tally<String> heads = new Tally<>();
    private final Tally<String> authors = new Tally<>();
    private int stored;
    private long bytes;

    /** The queue that came last, which mostly comes next, and what goes there. */
    private String lastQueue = "";

    private List<Entry> lastEntries = notes;

    /** An event begins: {@link #undo} takes back what comes from now on. */
    void begin() {
        addedTo.clear();
    }

    void add(Output output, Cause cause) {
        switch (output) {
            case Output.Payload(String queue, Json payload) -> add(queue, payload, cause);
            case Output.Line line -> add(new Given(line), of(line.log()));
            case Output.Stored item -> add(new Given(item), of(item.log()));
            case Output.Note note -> add(new Given(note), notes);
        }
    }

    /** An event for a queue. */
    void add(String queue, Json payload, Cause cause) {
        add(Result.of(payload, cause), ofQueue(queue));
    }

    private void add(Entry entry, List<Entry> entries) {
        entries.add(entry);
        addedTo.add(entries);
        count(entry, 1);
    }

    private List<Entry> ofQueue(String queue) {
        if (!queue.equals(lastQueue)) {
            lastEntries = of(new Output.Log.Live(queue));
            lastQueue = queue;
        }
        return lastEntries;
    }

    private List<Entry> of(Output.Log log) {
        return logs.computeIfAbsent(log, fresh -> {
            heads.add(fresh.text(), 1);
            return new ArrayList<>();
        });
    }

    void undo() {
        while (!addedTo.isEmpty()) {
            count(addedTo.removeLast().removeLast(), -1);
        }
        forgetEmpty();
    }

    private void forgetEmpty() {
        logs.entrySet().removeIf(log -> {
            boolean isEmpty = log.getValue().isEmpty();
            if (isEmpty) {
                heads.add(log.getKey().text(), -1);
            }
            return isEmpty;
        });
        lastQueue = "";
    }

    private void count(Entry entry, int n) {
        bytes += n * (long) entry.bytes();
        if (entry instanceof Given(Output output)) {
            count(output, n);
        }
    }

    private void count(Output output, int n) {
        switch (output) {
            case Output.Payload _ -> {}
            case Output.Line line -> authors.add(line.author().bot(), n);
            case Output.Stored item -> {
                stored += n;
                heads.add(item.log().queue(), n);
                item.authors().forEach(author -> authors.add(author.bot(), n));
            }
            case Output.Note note -> heads.add(note.queue(), n);
        }
    }

    /** What goes into each log, in order; into some perhaps nothing. */
    Map<Output.Log, List<Entry>> logs() {
        return logs;
    }

    /** What is said of queues, in order. */
    List<Entry> notes() {
        return notes;
    }

    long bytes() {
        return bytes;
    }

    /**
     * Most items that this takes in a commit, not counting that long logs take more than one: a head and a chunk each queue, a row each
     * author, and each stored item one, which may also cut a chunk in two.
     */
    int items() {
        return heads.size() + logs.size() + authors.size() + 2 * stored;
    }

    /** Whether there are items among them that say where events lie. */
    boolean hasStored() {
        return stored > 0;
    }

    /** Drops ranges that go into an archive for the second time, and answers how many. */
    int dropRepeatedRanges() {
        if (stored == 0) {
            return 0;
        }
        Set<List<String>> ranges = new HashSet<>();
        return drop(range -> !ranges.add(List.of(range.queue(), range.end())));
    }

    /** Drops ranges with this end, which the archive has, and answers how many. */
    int dropRange(String archive, String end) {
        return drop(range -> range.text().equals(archive) && range.end().equals(end));
    }

    private int drop(Predicate<Output.Log.Archive> which) {
        int before = stored;
        logs.values()
                .forEach(entries -> entries.removeIf(entry -> {
                    boolean drops = entry instanceof Given(Output.Stored item)
                            && item.log() instanceof Output.Log.Archive range
                            && which.test(range);
                    if (drops) {
                        count(entry, -1);
                    }
                    return drops;
                }));
        forgetEmpty();
        return before - stored;
    }

    /** Forgets everything. */
    void clear() {
        logs.clear();
        notes.clear();
        addedTo.clear();
        heads.clear();
        authors.clear();
        stored = 0;
        bytes = 0;
        lastQueue = "";
    }

    /** How often each of some values occurs. The last one is looked at first: lines of one queue and author mostly follow each other. */
    private static final class Tally<K> {
        private final Map<K, int[]> counts = new HashMap<>();
        private @Nullable K last;
        private int[] lastCount = {};

        void add(K value, int n) {
            if (!value.equals(last)) {
                last = value;
                lastCount = counts.computeIfAbsent(value, _ -> new int[1]);
            }
            lastCount[0] += n;
            if (lastCount[0] == 0) {
                counts.remove(value);
                last = null;
            }
        }

        int size() {
            return counts.size();
        }

        void clear() {
            counts.clear();
            last = null;
        }
    }
}
