package dev.weir.local.mapping;

import dev.weir.port.Shard;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Parents before children: which shards may be read. Pure. */
public final class Lineage {

    private Lineage() {}

    /**
     * The shards that are not done and whose parents are: read to their closed end with the last batch done, or gone from the stream.
     *
     * @param shards what the stream lists now
     * @param positions what is done, by shard; a shard that is missing was never read
     */
    public static List<Shard> readable(Collection<Shard> shards, Map<String, Position> positions) {
        Set<String> listed = shards.stream().map(Shard::id).collect(Collectors.toUnmodifiableSet());
        Predicate<String> done = id -> !listed.contains(id) || positions.get(id) instanceof Position.End;
        return shards.stream()
                .filter(shard -> !(positions.get(shard.id()) instanceof Position.End))
                .filter(shard -> shard.parents().stream().allMatch(done))
                .toList();
    }
}
