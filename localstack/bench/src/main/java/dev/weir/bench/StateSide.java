package dev.weir.bench;

import dev.weir.model.Json;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The bot of {@link StateBench} in a JVM with a small heap; its items are in the JVM that started it. */
final class StateSide {
    private static final int EVENTS_PER_RECORD = 1_000;
    private static final int BUFFER_BYTES = 64 * 1024;

    /** What it says at the end. Public like all that is sent. */
    public record Done(long peakBytes, long liveBytes, long nanos) {}

    private StateSide() {}

    /** Arguments: accounts, rounds, events of a batch. */
    public static void main(String[] args) throws IOException {
        HeapPeak heap = new HeapPeak();
        DataOutputStream calls = new DataOutputStream(new BufferedOutputStream(System.out, BUFFER_BYTES));
        DataInputStream answers = new DataInputStream(new BufferedInputStream(System.in, BUFFER_BYTES));
        System.setOut(System.err);
        int perBatch = Integer.parseInt(args[2]);
        StateEvents events = new StateEvents(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        Batches batches = new Batches();
        long start = System.nanoTime();
        try (BotInMemory bot = new BotInMemory(WeirBot.SOURCES.graph(), new RemoteItems(answers, calls))) {
            for (long from = 0; from < events.count(); from += perBatch) {
                Json[] part = events.from(from, (int) Math.min(perBatch, events.count() - from));
                batches.beginningAt(1 + from);
                bot.invoke(batches.ofWriter("bench", part, perBatch, EVENTS_PER_RECORD)
                        .getFirst());
            }
        }
        new RecordStream().write(new Done(heap.bytes(), heap.liveBytes(), System.nanoTime() - start), calls);
        calls.flush();
    }
}
