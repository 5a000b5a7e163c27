package dev.weir.local.cli;

import dev.weir.flow.Bus;
import dev.weir.flow.LaneStatus;
import dev.weir.functions.ledger.Ledger;
import dev.weir.functions.ledger.Transfer;
import dev.weir.graph.Decoded;
import dev.weir.local.bus.LocalBus;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.model.Json;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Time;
import dev.weir.queue.Position;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueReader;
import dev.weir.queue.Queues;
import dev.weir.writer.Producer;
import dev.weir.writer.StreamWriter;
import dev.weir.writer.WriterLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/** One run of the ledger command: sends the input, waits until every line has its outcome, prints the outcomes. */
final class LedgerRun {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int LOOK_EVERY_POLLS = 4;
    private static final String BOT = Ledger.GRAPH.name();

    private final LocalBus local;
    private final Bus bus;
    private final Items items;
    private final Time time;
    private final RunRecord record;
    private final Progress progress;
    private final OddLines odd;
    private long lines;

    LedgerRun(LocalBus local, RunRecord record, Progress progress) {
        this.local = local;
        this.bus = local.bus();
        this.items = local.wiring().items();
        this.time = local.wiring().time();
        this.record = record;
        this.progress = progress;
        this.odd = new OddLines(bus, items);
    }

    LedgerSummary run(InputStream in, OutputStream out) throws IOException {
        long start = System.nanoTime();
        InputLines input = new InputLines(in);
        LedgerState before = LedgerState.of(bus, items);
        RunRecord.Stored stored =
                record.begin(input.fingerprint(), heads(), before.counts().byName(), before.commits());
        Outcomes outcomes = new Outcomes(readers(stored), out);
        Map<Integer, Long> accepted = send(stored, input, outcomes);
        LedgerState after = awaitRest(stored, accepted, outcomes);
        outcomes.printAll();
        return new LedgerSummary(
                lines,
                odd.refused(),
                after.counts().since(stored.counts()),
                odd.examples(stored, after),
                outcomes.approved(),
                (System.nanoTime() - start) / 1e9);
    }

    // ------------------------------------------------------------------ sending

    private Map<Integer, Long> send(RunRecord.Stored stored, InputLines input, Outcomes outcomes) throws IOException {
        Producer producer = Producer.fresh(stored.run(), bus.stream(Ledger.GRAPH.source().stream()), bus.lanes());
        StreamWriter writer = StreamWriter.open(
                local.wiring().streams(),
                producer,
                time,
                RandomGenerator.getDefault(),
                Thread.ofVirtual().factory(),
                WriterLimits.DEFAULTS);
        try (writer) {
            long nextLook = 0;
            for (InputLines.Line line = input.next(); line != null; line = input.next()) {
                put(writer, line);
                if (time.epochMillis() >= nextLook) {
                    look(outcomes);
                    nextLook = time.epochMillis() + LOOK_EVERY_POLLS * POLL.toMillis();
                }
            }
        }
        return writer.closed().accepted();
    }

    /** A transfer goes to the lane of its source; what is none goes to any lane, to be parked there. */
    private void put(StreamWriter writer, InputLines.Line line) {
        lines++;
        Json text = line.text();
        if (text.length() > WriterLimits.DEFAULTS.eventBytesMax()) {
            odd.refuse(line.number(), text.length());
            return;
        }
        String key =
                switch (Transfer.decode(text)) {
                    case Decoded.Value<Transfer>(Transfer transfer) -> transfer.source();
                    case Decoded.Refused<Transfer> _ -> "";
                };
        writer.put(key, text);
        odd.sent(line, bus.lanes().of(key), key.isEmpty());
    }

    // ------------------------------------------------------------------ waiting

    private LedgerState awaitRest(RunRecord.Stored stored, Map<Integer, Long> accepted, Outcomes outcomes)
            throws IOException {
        for (; ; ) {
            LedgerState state = LedgerState.of(bus, items);
            if (state.tookAll(stored.run(), accepted) && state.isAtRest()) {
                return state;
            }
            look(outcomes);
            requireRunning();
            time.pause(POLL);
        }
    }

    private void look(Outcomes outcomes) throws IOException {
        outcomes.printSome();
        progress.show(String.format(Locale.ROOT, "%,d sent, %,d decided", lines, outcomes.printed()));
    }

    private void requireRunning() {
        LaneStatus.paused(bus, BOT, items).ifPresent(reason -> {
            throw new IllegalStateException("the ledger stopped itself: " + reason);
        });
    }

    // ------------------------------------------------------------------ outcomes

    private List<String> queues() {
        return LaneStatus.slices(bus).stream()
                .map(lane -> bus.queue(Ledger.DECIDED, lane))
                .toList();
    }

    private Map<String, String> heads() {
        Map<String, String> heads = new LinkedHashMap<>();
        for (Item head : items.getAll(queues().stream()
                .map(queue -> new Key(bus.heads(), queue, null))
                .toList())) {
            heads.put(head.key().partition(), head.text("max_eid"));
        }
        return heads;
    }

    private List<QueueReader> readers(RunRecord.Stored stored) {
        Queues all = new Queues(bus.queueTables(), items, new MemoryObjectStore(), time); // outcomes lie in no objects
        return queues().stream()
                .map(queue -> all.reader(
                        QueueName.of(queue), Position.of(stored.positions().getOrDefault(queue, ""))))
                .toList();
    }
}
