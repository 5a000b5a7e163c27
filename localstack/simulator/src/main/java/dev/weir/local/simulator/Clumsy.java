package dev.weir.local.simulator;

import dev.weir.model.Chunk;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.port.StreamRecord;
import dev.weir.wire.ChunkEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A producer that numbers its events and sends the records in the wrong order, twice in other cuts, and much too late. */
final class Clumsy {
    /** In the place of a number that no event has. */
    private static final String NEVER_SENT = "";

    private static final long LATE_MILLIS_MIN = 20_000;
    private static final long LATE_MILLIS_MAX = 90_000;

    private final ChunkEncoder encoder = new ChunkEncoder();
    private final String id;
    private final Lanes lanes;
    private final Agenda agenda;
    private final Faults faults;
    private final Kinesis kinesis;
    private final String stream;
    private final List<List<String>> lines = new ArrayList<>(); // of each lane, from the beginning
    private final int[] sent; // how many of them
    private boolean isFlushing;
    private int late;

    Clumsy(String id, Lanes lanes, Agenda agenda, Faults faults, Kinesis kinesis, String stream) {
        this.id = id;
        this.lanes = lanes;
        this.agenda = agenda;
        this.faults = faults;
        this.kinesis = kinesis;
        this.stream = stream;
        this.sent = new int[lanes.count()];
        for (int i = 0; i < lanes.count(); i++) {
            lines.add(new ArrayList<>());
        }
    }

    void add(Submission submission) {
        List<String> ofLane = lines.get(lanes.of(submission.key()));
        if (faults.strike(Fault.NUMBER_SKIPPED)) {
            ofLane.add(NEVER_SENT);
        }
        ofLane.add(submission.line());
    }

    void flush() {
        isFlushing = true;
    }

    boolean isDone() {
        for (int lane = 0; lane < sent.length; lane++) {
            if (sent[lane] < lines.get(lane).size()) {
                return false;
            }
        }
        return late == 0;
    }

    /** Sends what has gathered in each lane, in records of at most so many events. */
    void step(SplittableRandom random, int recordEventsMax) {
        for (int lane = 0; lane < sent.length; lane++) {
            int ready = lines.get(lane).size() - sent[lane];
            if (ready > recordEventsMax || isFlushing && ready > 0) {
                send(lane, random, recordEventsMax);
            }
        }
    }

    private void send(int lane, SplittableRandom random, int recordEventsMax) {
        List<StreamRecord> records = new ArrayList<>();
        while (sent[lane] < lines.get(lane).size()) {
            int from = sent[lane];
            int to = sendable(lane, from, from + 1 + random.nextInt(recordEventsMax));
            sent[lane] = Math.max(to, from + 1);
            if (to == from) {
                continue;
            }
            StreamRecord record = record(lane, from, to);
            if (faults.strike(Fault.RECORD_LATE)) {
                sendLate(record, LATE_MILLIS_MIN + faults.amount(Fault.RECORD_LATE, LATE_MILLIS_MAX - LATE_MILLIS_MIN));
            } else if (!records.isEmpty() && faults.strike(Fault.RECORD_SWAPPED)) {
                records.add((int) faults.amount(Fault.RECORD_SWAPPED, records.size()), record);
            } else {
                records.add(record);
            }
            if (faults.strike(Fault.RECORD_TWICE)) {
                int again = (int) faults.amount(Fault.RECORD_TWICE, to);
                int end = sendable(lane, again, Math.min(to, again + recordEventsMax));
                if (end > again) {
                    records.add(record(lane, again, end));
                }
            }
        }
        records.forEach(record -> kinesis.put(stream, List.of(record)));
    }

    /** Up to where a record can go that begins here: it cannot leave a number out. */
    private int sendable(int lane, int from, int to) {
        List<String> ofLane = lines.get(lane);
        int end = from;
        while (end < Math.min(to, ofLane.size()) && !ofLane.get(end).equals(NEVER_SENT)) {
            end++;
        }
        return end;
    }

    private void sendLate(StreamRecord record, long millis) {
        late++;
        agenda.after(millis, () -> {
            late--;
            kinesis.put(stream, List.of(record));
        });
    }

    private StreamRecord record(int lane, int from, int to) {
        encoder.begin(new Chunk(id, lane, lanes.count(), from + 1L));
        lines.get(lane).subList(from, to).forEach(line -> encoder.add(Json.of(line)));
        return new StreamRecord(id, lanes.firstHash(lane).toString(), encoder.finish());
    }
}
