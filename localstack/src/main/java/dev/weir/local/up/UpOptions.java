package dev.weir.local.up;

import dev.weir.bot.Bot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * How the bus is to be.
 *
 * @param lanes lanes of its streams; what the bus has recorded, or 1, if not given
 * @param shards shards of a stream that does not exist yet
 * @param data directory that keeps the bus between runs; in memory if not given
 * @param port Kinesis listens here, DynamoDB on the next one and S3 on the one after; 0 picks three free ones
 * @param bots what it runs besides the ingest; helpers are named too
 * @param log takes each line that a function logs; called by several threads
 */
public record UpOptions(
        OptionalInt lanes, int shards, Optional<Path> data, int port, List<Bot> bots, Consumer<String> log) {

    public UpOptions {
        bots = List.copyOf(bots);
    }

    /** One lane, one shard, in memory, on free ports, with the bots on the class path, silent. */
    public static UpOptions defaults() {
        return new UpOptions(OptionalInt.empty(), 1, Optional.empty(), 0, LocalBots.found(), _ -> {});
    }

    /** The same with these bots and their helpers instead. */
    public UpOptions running(Bot... instead) {
        return new UpOptions(lanes, shards, data, port, Bot.all(List.of(instead)), log);
    }
}
