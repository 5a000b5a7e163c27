package dev.weir.parking;

import dev.weir.port.Shard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ids of all shards that a stream ever had. A stream forgets its closed shards after the retention; what was parked from them stays.
 * Kinesis numbers shards {@code shardId-000000000000} onwards.
 */
final class ShardNames {
    private static final Pattern ID = Pattern.compile("shardId-(\\d{12})");

    /** Most ids that are made up; a stream with more shards in its life is listed by those that it still knows. */
    private static final int SHARDS_MAX = 10_000;

    private ShardNames() {}

    /** The given shards and, as far as their ids can be read, all that were before them, in order. */
    static List<String> upTo(List<Shard> shards) {
        List<String> ids = shards.stream().map(Shard::id).toList();
        TreeSet<String> all = new TreeSet<>(ids);
        long last = highest(ids);
        for (long i = 0; i < Math.min(last, SHARDS_MAX); i++) {
            all.add(String.format(Locale.ROOT, "shardId-%012d", i));
        }
        return new ArrayList<>(all);
    }

    private static long highest(Collection<String> ids) {
        return ids.stream()
                .map(ID::matcher)
                .filter(Matcher::matches)
                .mapToLong(id -> Long.parseLong(id.group(1)))
                .max()
                .orElse(0);
    }
}
