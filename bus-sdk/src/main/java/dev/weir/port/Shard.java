package dev.weir.port;

import java.math.BigInteger;
import java.util.List;

/**
 * One shard.
 *
 * @param id for example {@code shardId-000000000003}
 * @param parents the shards it came from by a split (one) or a merge (two), or none; a parent may be gone already
 * @param firstHash lowest hash key, inclusive
 * @param lastHash highest hash key, inclusive
 * @param open whether it still takes records
 */
public record Shard(String id, List<String> parents, BigInteger firstHash, BigInteger lastHash, boolean open) {}
