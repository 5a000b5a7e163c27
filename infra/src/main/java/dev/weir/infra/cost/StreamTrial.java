package dev.weir.infra.cost;

import dev.weir.flow.LaneStatus;
import dev.weir.flow.Spine;
import dev.weir.graph.Decoded;
import dev.weir.graph.Graph;
import dev.weir.infra.BotConfig;
import dev.weir.model.Json;
import dev.weir.model.Record;
import dev.weir.port.Shard;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A bot on a stream, as the event source mapping runs it: each shard's new records in batches. One thread. */
final class StreamTrial<T, V, R> {

    /** Nothing waits in memory, so any time is enough. */
    private static final Duration TIMEOUT = Duration.ofHours(1);

    private final World world;
    private final Graph<T, V, R> graph;
    private final BotConfig config;
    private final Pace pace;
    private final String stream;
    private final Spine<T, V, R> spine;
    private final Map<String, Integer> taken = new HashMap<>();

    StreamTrial(World world, Graph<T, V, R> graph, BotConfig config, Pace pace) {
        this.world = world;
        this.graph = graph;
        this.config = config;
        this.pace = pace;
        this.stream = world.bus.stream(graph.source().stream());
        this.spine = world.spine(graph);
    }

    String bot() {
        return graph.name();
    }

    /** Logical name of the stream. */
    String stream() {
        return graph.source().stream();
    }

    /** The key under which a producer puts an event; one without a key may be put under any, so they are spread. */
    String key(Json event, long number) {
        return graph.source().decoder().decode(event) instanceof Decoded.Value<T>(T value) && graph.isKeyed(value)
                ? graph.key().apply(value)
                : Long.toString(number);
    }

    /** Takes what is new of all shards. */
    void take(long events) {
        Meter.Count count = world.meter.turnOf(graph.name());
        count.events += events;
        for (Shard shard : world.records.shards(stream)) {
            List<Record> all = world.records.records(stream, shard.id());
            int from = taken.getOrDefault(shard.id(), 0);
            taken.put(shard.id(), all.size());
            while (from < all.size()) {
                int to = Math.min(all.size(), from + config.batchSize());
                invoke(count, all.subList(from, to), events * (to - from) / Math.max(1, all.size() - from));
                from = to;
            }
        }
    }

    private void invoke(Meter.Count count, List<Record> batch, long events) {
        long commits = count.transactions;
        long deadline = world.time.epochMillis() + TIMEOUT.toMillis();
        spine.process(batch, deadline).ifPresent(number -> {
            throw new IllegalStateException("the bot cannot do its sample: bot=" + graph.name() + " reason="
                    + LaneStatus.paused(world.bus, graph.name(), world.plain)
                            .orElse("a batch was not finished: sequenceNumber=" + number));
        });
        bill(count, events, count.transactions - commits);
    }

    /** What the clock alone has it do, once. */
    void tick(Meter.Count count) {
        spine.tick(world.time.epochMillis() + TIMEOUT.toMillis());
        bill(count, 0, 1);
    }

    private void bill(Meter.Count count, long events, long commits) {
        double ofLane =
                Math.ceil((double) commits / Math.max(1, world.bus.lanes().count()));
        count.invocations++;
        count.functionMillis += pace.invocationMillis(events, ofLane, config.memoryMb());
    }
}
