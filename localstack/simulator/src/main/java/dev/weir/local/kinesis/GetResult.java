package dev.weir.local.kinesis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What GetRecords found.
 *
 * @param records in the order of their sequence numbers
 * @param nextIterator where to go on; null when the shard is closed and read to its end
 * @param millisBehindLatest age of the first record that is still unread; 0 at the tip
 * @param childShards when the shard is closed and read to its end, the shards that go on from here; else empty
 */
public record GetResult(
        List<StoredRecord> records,
        @Nullable String nextIterator,
        long millisBehindLatest,
        List<ShardView> childShards) {}
