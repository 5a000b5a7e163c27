package dev.weir.local.demo;

import dev.weir.flow.Bus;
import dev.weir.functions.ledger.Ledger;
import dev.weir.model.Chunk;
import dev.weir.model.Json;
import dev.weir.port.PutOutcome;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import dev.weir.wire.ChunkEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Sends transfers as a producer on a bad day does: some records twice, some neighbours in the wrong order. It numbers its events, as every
 * producer of Weir does. Not thread-safe.
 */
final class ClumsyProducer {
    private static final String ID = "clumsy";
    private static final int EVENTS_PER_RECORD = 10;
    private static final double TWICE = 0.10;
    private static final double SWAPPED = 0.10;

    private final Bus bus;
    private final Streams streams;
    private final RandomGenerator random;
    private final ChunkEncoder chunks = new ChunkEncoder();
    private final List<List<Json>> waiting = new ArrayList<>();
    private final long[] next;
    private final List<List<StreamRecord>> ready = new ArrayList<>();
    private int sent;
    private int twice;
    private int swapped;

    ClumsyProducer(Bus bus, Streams streams, RandomGenerator random) {
        this.bus = bus;
        this.streams = streams;
        this.random = random;
        this.next = new long[bus.lanes().count()];
        for (int lane = 0; lane < next.length; lane++) {
            next[lane] = 1;
            waiting.add(new ArrayList<>());
            ready.add(new ArrayList<>());
        }
    }

    /** Takes a transfer; it leaves with the next {@link #flush} at the latest. */
    void put(String source, Json transfer) {
        int lane = bus.lanes().of(source);
        waiting.get(lane).add(transfer);
        sent++;
        if (waiting.get(lane).size() == EVENTS_PER_RECORD) {
            closeRecord(lane);
        }
    }

    /** Sends everything, with the day's mishaps. */
    void flush() {
        for (int lane = 0; lane < next.length; lane++) {
            closeRecord(lane);
            List<StreamRecord> records = ready.get(lane);
            for (int i = 1; i < records.size(); i++) {
                if (random.nextDouble() < SWAPPED) {
                    records.add(i - 1, records.remove(i));
                    swapped++;
                }
            }
            List<StreamRecord> mishaps = new ArrayList<>();
            for (StreamRecord record : records) {
                mishaps.add(record);
                if (random.nextDouble() < TWICE) {
                    mishaps.add(record);
                    twice++;
                }
            }
            send(mishaps);
            records.clear();
        }
    }

    int sent() {
        return sent;
    }

    int sentTwice() {
        return twice;
    }

    int swapped() {
        return swapped;
    }

    /** The producer's id, and for each lane the number that follows its last. */
    String id() {
        return ID;
    }

    long next(int lane) {
        return next[lane];
    }

    private void closeRecord(int lane) {
        List<Json> events = waiting.get(lane);
        if (events.isEmpty()) {
            return;
        }
        chunks.begin(new Chunk(ID, lane, bus.lanes().count(), next[lane]));
        events.forEach(chunks::add);
        next[lane] += events.size();
        events.clear();
        ready.get(lane)
                .add(new StreamRecord(
                        ID + "-" + lane, bus.lanes().firstHash(lane).toString(), chunks.finish()));
    }

    private void send(List<StreamRecord> records) {
        List<StreamRecord> left = records;
        while (!left.isEmpty()) {
            List<StreamRecord> request = left.subList(0, Math.min(left.size(), Streams.PUT_RECORDS_MAX));
            List<PutOutcome> outcomes = streams.put(bus.stream(Ledger.GRAPH.source().stream()), request);
            List<StreamRecord> again = new ArrayList<>();
            for (int i = 0; i < request.size(); i++) {
                if (!(outcomes.get(i) instanceof PutOutcome.Accepted)) {
                    again.add(request.get(i));
                }
            }
            again.addAll(left.subList(request.size(), left.size()));
            left = again;
        }
    }
}
