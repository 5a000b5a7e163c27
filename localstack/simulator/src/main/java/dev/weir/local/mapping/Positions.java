package dev.weir.local.mapping;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far each shard is done, kept over restarts. Thread-safe. Being behind is harmless, for the function recognizes what it gets again;
 * being ahead would lose records.
 */
public interface Positions {

    /** What was saved, by shard; empty before the first start. */
    Map<String, Position> load();

    /** Keeps the position of one shard. A runtime exception means "not kept": the mapping goes on and saves again after the next batch. */
    void save(String shardId, Position position);

    /**
     * Positions in a file, or without a folder those that end with the process.
     *
     * @param file its name in the folder
     */
    static Positions in(Optional<Path> folder, String file) {
        return folder.<Positions>map(path -> new FilePositions(path.resolve(file)))
                .orElseGet(Positions::inMemory);
    }

    /** Positions that end with the process. */
    static Positions inMemory() {
        var positions = new ConcurrentHashMap<String, Position>();
        return new Positions() {
            @Override
            public Map<String, Position> load() {
                return Map.copyOf(positions);
            }

            @Override
            public void save(String shardId, Position position) {
                positions.put(shardId, position);
            }
        };
    }
}
