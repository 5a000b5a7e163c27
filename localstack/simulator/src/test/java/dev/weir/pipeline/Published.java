package dev.weir.pipeline;

import dev.weir.flow.Bus;
import dev.weir.flow.Version;
import dev.weir.local.simulator.BotFunction;
import dev.weir.port.Items;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * The published versions of a bot's function, and the alias by which it is invoked. Most invocations are of the version that is live; while
 * versions change, some are still, or already, of another one. Copies of all versions stay warm. Used by one thread at a time.
 */
final class Published implements BotFunction.Factory {
    private static final int ONE_OF_STRAYS = 4;

    private final Bus bus;
    private final List<Pipeline> versions = new ArrayList<>();
    private IntUnaryOperator random = _ -> 0;
    private boolean hasStrays;
    private long live;

    Published(Bus bus) {
        this.bus = bus;
    }

    /** Draws what is left to chance, from 0 to below a bound. */
    void drawFrom(IntUnaryOperator choices) {
        random = choices;
        hasStrays = true;
    }

    /** From now on every invocation is of the version that is live. */
    void settle() {
        hasStrays = false;
    }

    void publish(Pipeline next) {
        versions.add(next);
        live = versions.size();
    }

    void goBack(long version) {
        live = version;
    }

    long live() {
        return live;
    }

    long newest() {
        return versions.size();
    }

    private long invoked() {
        boolean isStray = hasStrays && random.applyAsInt(ONE_OF_STRAYS) == 0;
        return isStray ? 1 + random.applyAsInt(versions.size()) : live;
    }

    /** The version in the id of a commit, which begins with the incarnation of its copy; 0 if it is nobody's. */
    static long versionOf(String commit) {
        int slash = commit.indexOf('/');
        return slash < 0 ? 0 : Long.parseLong(commit.substring(commit.lastIndexOf('v', slash) + 1, slash));
    }

    @Override
    public BotFunction start(Items items, Streams streams, Time time, Supplier<String> incarnations) {
        Map<Long, BotFunction> copies = new HashMap<>();
        return new BotFunction() {
            private BotFunction any() {
                return copies.computeIfAbsent(invoked(), version -> BotFunction.of(
                                versions.get(Math.toIntExact(version) - 1)::graph, bus, new Version(version))
                        .start(items, streams, time, () -> incarnations.get() + "-v" + version));
            }

            @Override
            public byte[] invoke(byte[] event, long deadlineMillis) {
                return any().invoke(event, deadlineMillis);
            }

            @Override
            public boolean tick(long deadlineMillis) {
                return any().tick(deadlineMillis);
            }
        };
    }
}
