package dev.weir.local.simulator;

import dev.weir.port.PutOutcome;
import dev.weir.port.StreamRecord;
import dev.weir.wire.Gzip;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A producer that knows nothing of lanes and numbers: puts what it is given under the event's key, now as plain JSON, now as gzip of a few
 * lines, as leo-sdk does, now as an aggregate of the Kinesis Producer Library. A refused record is put again before the next one; the
 * network is kind, for such a producer has no remedy.
 */
final class Foreign {
    private static final int CHUNK_LINES_MAX = 4;
    private static final int FORMS = 5;
    private static final Duration PAUSE = Duration.ofMillis(600);

    private final Agenda agenda;
    private final Kinesis kinesis;
    private final String stream;
    private final Map<String, List<String>> gathered = new TreeMap<>(); // lines of chunks that are not full, by key

    Foreign(Agenda agenda, Kinesis kinesis, String stream) {
        this.agenda = agenda;
        this.kinesis = kinesis;
        this.stream = stream;
    }

    void put(Submission submission) {
        switch (Math.floorMod(submission.line().hashCode(), FORMS)) {
            case 0, 1, 2 -> gather(submission);
            case 3 -> {
                flush(submission.key());
                put(submission.key(), KplRecord.of(submission.key(), submission.line()));
            }
            default -> {
                flush(submission.key());
                put(submission.key(), submission.line().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void gather(Submission submission) {
        List<String> lines = gathered.computeIfAbsent(submission.key(), _ -> new ArrayList<>());
        lines.add(submission.line());
        if (lines.size() == CHUNK_LINES_MAX) {
            flush(submission.key());
        }
    }

    void flush() {
        List.copyOf(gathered.keySet()).forEach(this::flush);
    }

    boolean isDone() {
        return gathered.isEmpty();
    }

    private void flush(String key) {
        List<String> lines = gathered.remove(key);
        if (lines != null) {
            put(key, gzip(String.join("\n", lines) + "\n"));
        }
    }

    private void put(String key, byte[] data) {
        List<StreamRecord> record = List.of(new StreamRecord(key, null, data));
        while (!(kinesis.put(stream, record).getFirst() instanceof PutOutcome.Accepted)) {
            agenda.pause(PAUSE);
        }
    }

    private static byte[] gzip(String lines) {
        byte[] text = lines.getBytes(StandardCharsets.UTF_8);
        return new Gzip(Gzip.LEVEL_DEFAULT).compress(text, 0, text.length);
    }
}
