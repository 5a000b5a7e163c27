package dev.weir.writer;

import dev.weir.port.PutOutcome;
import dev.weir.port.Shard;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import dev.weir.wire.RecordDecoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One shard that does with each record what a script says, keeps what arrived, and refuses requests that the port forbids. Thread-safe. */
final class ScriptedStreams implements Streams {

    /** What becomes of one record. */
    enum Fate {
        ACCEPT,
        REFUSE,
        STORE_WITHOUT_ANSWER,
        LOSE_WITHOUT_ANSWER;

        boolean stores() {
            return this == ACCEPT || this == STORE_WITHOUT_ANSWER;
        }
    }

    /** Says what becomes of a record. Called by one thread at a time, before anything of the request is stored. */
    interface Script {
        Fate fate(int lane, long firstNumber);
    }

    /** Something to do in every put before it is answered, without any lock. */
    interface Gate {
        void pass(int request);
    }

    /** One event that arrived. */
    record Arrival(int lane, long number, String event) {}

    private final Script script;
    private final Gate gate;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final List<StreamRecord> stored = new ArrayList<>();
    private final List<List<StreamRecord>> requests = new ArrayList<>();
    private final Set<String> keysInFlight = new HashSet<>();

    ScriptedStreams(Script script, Gate gate) {
        this.script = script;
        this.gate = gate;
    }

    ScriptedStreams(Script script) {
        this(script, _ -> {});
    }

    static ScriptedStreams reliable() {
        return new ScriptedStreams((_, _) -> Fate.ACCEPT);
    }

    @Override
    public List<PutOutcome> put(String stream, List<StreamRecord> records) {
        int request = begin(records);
        gate.pass(request);
        return end(records);
    }

    private synchronized int begin(List<StreamRecord> records) {
        requireLimits(records);
        for (var record : records) {
            if (!keysInFlight.add(record.partitionKey())) {
                throw new IllegalArgumentException("a lane is in flight twice: partitionKey=" + record.partitionKey());
            }
        }
        requests.add(List.copyOf(records));
        return requests.size() - 1;
    }

    private synchronized List<PutOutcome> end(List<StreamRecord> records) {
        return records.stream().map(this::take).toList();
    }

    private PutOutcome take(StreamRecord record) {
        keysInFlight.remove(record.partitionKey());
        var events = arrivals(record);
        var fate = script.fate(events.getFirst().lane(), events.getFirst().number());
        if (fate.stores()) {
            arrivals.addAll(events);
            stored.add(record);
        }
        return switch (fate) {
            case ACCEPT -> new PutOutcome.Accepted("shardId-000000000000", Integer.toString(stored.size()));
            case REFUSE -> new PutOutcome.Refused("throttled");
            case STORE_WITHOUT_ANSWER, LOSE_WITHOUT_ANSWER -> new PutOutcome.Unknown("time-out");
        };
    }

    /** The events of one record, as a reader sees them. */
    static List<Arrival> arrivals(StreamRecord record) {
        var part = new RecordDecoder().decode(record.data()).getFirst();
        var chunk = part.chunk();
        if (chunk == null) {
            throw new IllegalArgumentException("record without a header: " + part);
        }
        var events = new ArrayList<Arrival>();
        for (var line : part.lines()) {
            events.add(new Arrival(chunk.lane(), chunk.seq() + events.size(), line.toString()));
        }
        return events;
    }

    private static void requireLimits(List<StreamRecord> records) {
        long bytes = 0;
        for (var record : records) {
            int size = record.data().length + record.partitionKey().length();
            if (size > RECORD_BYTES_MAX) {
                throw new IllegalArgumentException("record too large: bytes=" + size);
            }
            bytes += size;
        }
        if (records.isEmpty() || records.size() > PUT_RECORDS_MAX || bytes > PUT_BYTES_MAX) {
            throw new IllegalArgumentException("put breaks a limit: records=" + records.size() + " bytes=" + bytes);
        }
    }

    /** Everything that arrived, second copies included, in the order of the stream. */
    synchronized List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    synchronized List<StreamRecord> stored() {
        return List.copyOf(stored);
    }

    synchronized List<List<StreamRecord>> requests() {
        return List.copyOf(requests);
    }

    @Override
    public List<Shard> shards(String stream) {
        throw new UnsupportedOperationException("a writer needs no shards");
    }
}
