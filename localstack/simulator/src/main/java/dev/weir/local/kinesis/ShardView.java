package dev.weir.local.kinesis;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One shard at one moment.
 *
 * @param id for example {@code shardId-000000000000}
 * @param parents none for a first shard, the shard it was split from, or the two it was merged from; they may have aged out
 * @param firstHash lowest hash key
 * @param lastHash highest hash key, inclusive
 * @param open whether it takes records
 * @param endingSequenceNumber for a closed shard a number not below its last record's and below its children's first; null while open
 */
public record ShardView(
        String id,
        List<String> parents,
        BigInteger firstHash,
        BigInteger lastHash,
        boolean open,
        @Nullable String endingSequenceNumber) {}
