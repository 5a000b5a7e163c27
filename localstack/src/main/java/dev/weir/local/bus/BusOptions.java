package dev.weir.local.bus;

import dev.weir.local.mapping.MappingListener;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * How a local bus is to be.
 *
 * @param lanes lanes of its streams; what the bus has recorded, or 1, if not given
 * @param shards shards of a stream that does not exist yet
 * @param data directory that keeps the bus between runs; in memory if not given
 * @param isolated whether the function runs as Lambda runs it, from the deployed jar in a process of its own
 * @param endpoints other servers than the embedded ones
 * @param log takes each line that the function logs
 * @param listener hears what the event source mapping does
 */
public record BusOptions(
        OptionalInt lanes,
        int shards,
        Optional<Path> data,
        boolean isolated,
        Optional<Endpoints> endpoints,
        Consumer<String> log,
        MappingListener listener) {

    /** One lane, one shard, in memory, silent. */
    public static BusOptions defaults() {
        return new BusOptions(
                OptionalInt.empty(), 1, Optional.empty(), false, Optional.empty(), _ -> {}, MappingListener.NONE);
    }

    public BusOptions withLanes(int count) {
        return new BusOptions(OptionalInt.of(count), shards, data, isolated, endpoints, log, listener);
    }

    public BusOptions withShards(int count) {
        return new BusOptions(lanes, count, data, isolated, endpoints, log, listener);
    }

    public BusOptions isolating() {
        return new BusOptions(lanes, shards, data, true, endpoints, log, listener);
    }

    public BusOptions at(Endpoints other) {
        return new BusOptions(lanes, shards, data, isolated, Optional.of(other), log, listener);
    }

    public BusOptions listening(MappingListener to) {
        return new BusOptions(lanes, shards, data, isolated, endpoints, log, to);
    }
}
