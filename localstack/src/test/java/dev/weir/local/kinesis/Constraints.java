package dev.weir.local.kinesis;

import dev.weir.local.kinesis.StreamCall.Entry;
import dev.weir.local.kinesis.StreamCall.Filter;
import dev.weir.local.kinesis.StreamCall.ShardRef;
import dev.weir.local.kinesis.StreamCall.ShardRef.Which;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** The constraints that the API reference gives for single fields, written apart from the model. The service checks them before all else. */
final class Constraints {
    private static final Pattern HASH_KEY = Pattern.compile("0|([1-9]\\d{0,38})");
    private static final int KEY_CHARS_MAX = 256;
    private static final int RECORD_BYTES_MAX = 1_048_576;
    private static final int RECORDS_MAX = 500;
    private static final int LIMIT_MAX = 10_000;

    private Constraints() {}

    static boolean breaks(StreamCall call) {
        return switch (call) {
            case StreamCall.Create create -> create.shards() < 1;
            case StreamCall.Put put -> breaks(put.entry());
            case StreamCall.PutAll put -> breaks(put.entries());
            case StreamCall.Split split -> breaks(split.shard());
            case StreamCall.Merge merge -> breaks(merge.shard()) || breaks(merge.adjacent());
            case StreamCall.Scale scale -> scale.shards() < 1;
            case StreamCall.ListShards list ->
                list.pageSize() > LIMIT_MAX || (list.filter() == Filter.AFTER_SHARD_ID && breaks(list.after()));
            case StreamCall.Iterate iterate -> breaks(iterate.shard()) || breaks(iterate.start());
            case StreamCall.Read read -> read.limit() < 0 || read.limit() > LIMIT_MAX;
            case StreamCall.Drain drain -> breaks(drain.shard());
            case StreamCall.Delete _, StreamCall.Describe _, StreamCall.Retain _, StreamCall.Moment _ -> false;
        };
    }

    static boolean isHashKey(String text) {
        return HASH_KEY.matcher(text).matches();
    }

    private static boolean breaks(List<Entry> entries) {
        return entries.isEmpty()
                || entries.size() > RECORDS_MAX
                || entries.stream().anyMatch(Constraints::breaks);
    }

    private static boolean breaks(Entry entry) {
        int chars = entry.key().codePointCount(0, entry.key().length());
        return chars < 1
                || chars > KEY_CHARS_MAX
                || !(entry.hash().isEmpty() || isHashKey(entry.hash()))
                || entry.bytes() + entry.key().getBytes(StandardCharsets.UTF_8).length > RECORD_BYTES_MAX;
    }

    private static boolean breaks(ShardRef shard) {
        return shard.which() == Which.MALFORMED;
    }

    private static boolean breaks(StreamCall.Start start) {
        return start == StreamCall.Start.AT_NOTHING || start == StreamCall.Start.AFTER_TEXT;
    }
}
