package dev.weir.bench;

import dev.weir.bench.race.Contestant;
import dev.weir.bench.race.Input;
import dev.weir.bench.race.Round;
import dev.weir.bench.race.Starter;
import dev.weir.bench.race.Stopwatch;
import dev.weir.graph.Graph;
import dev.weir.memory.MemoryItems;
import dev.weir.model.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A bot of Weir in a JVM of its own: batches as Lambda gives them, commits as requests of the AWS SDK into a store in memory. What the bot
 * sends to itself comes back in the next batch.
 */
final class WeirSide implements Contestant {
    private static final int EVENTS_PER_BATCH = 10_000;
    private static final int EVENTS_PER_RECORD = 100;
    private static final long RECORDS_PER_BATCH_MAX = 1_000_000;

    private final Graph<?, ?, ?> graph;
    private final Json[] events;

    private WeirSide(WeirBot bot, Input input) throws IOException {
        this.graph = bot.graph();
        this.events = input.lines().stream()
                .map(line -> bot == WeirBot.WORDS ? Json.of(Json.quoted(Input.text(line))) : Json.of(line))
                .toArray(Json[]::new);
    }

    /** Arguments: those of {@link Input}, and the name of a bot. */
    public static void main(String[] args) {
        Starter.run(args, input -> new WeirSide(WeirBot.valueOf(args[3]), input));
    }

    @Override
    public Round round() {
        Batches made = new Batches();
        List<byte[]> batches = batches(made);
        MemoryItems items = new MemoryItems();
        Stopwatch watch = new Stopwatch();
        try (BotInMemory bot = new BotInMemory(graph, new ReadyRequests(items))) {
            watch.start();
            for (int i = 0; i < batches.size(); i++) {
                List<byte[]> sent = bot.invoke(batches.get(i));
                made.afterRecords(i * RECORDS_PER_BATCH_MAX + RECORDS_PER_BATCH_MAX / 2);
                while (!sent.isEmpty()) {
                    sent = bot.invoke(made.event("lane-0", sent));
                }
            }
            watch.stop();
        }
        return watch.round(WeirResults.of(items));
    }

    /** Between two batches there is room in the shard for what the bot sends to itself. */
    private List<byte[]> batches(Batches made) {
        List<byte[]> batches = new ArrayList<>();
        for (int from = 0; from < events.length; from += EVENTS_PER_BATCH) {
            Json[] part = Arrays.copyOfRange(events, from, Math.min(events.length, from + EVENTS_PER_BATCH));
            made.afterRecords(batches.size() * RECORDS_PER_BATCH_MAX).beginningAt(1 + (long) from);
            batches.addAll(made.ofWriter("bench", part, EVENTS_PER_BATCH, EVENTS_PER_RECORD));
        }
        return batches;
    }

    @Override
    public void close() {}
}
