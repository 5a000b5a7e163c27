package dev.weir.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The changes of the items of a table, of the shape of DynamoDB Streams: a log that is cut into shards, which end and have children. The
 * changes of one item are in the order in which they were made, if a shard is read before its children. Kept for 24 hours. Thread-safe.
 *
 * <p>Throws {@link StoreUnavailableException} when it cannot tell.
 */
public interface TableChanges {

    /** Most changes that one call returns. Source: DynamoDB, GetRecords. */
    int READ_MAX = 1_000;

    /** The shards that are there now, open and ended, in no order. */
    List<ChangeShard> shards(Table table);

    /**
     * The next changes of a shard.
     *
     * @param after number of the last change that was seen, or empty text for all that are kept
     * @param limit 1 to {@link #READ_MAX}
     */
    Page read(Table table, String shard, String after, int limit);

    /**
     * A shard.
     *
     * @param parent the shard that it goes on from, if that is still kept
     */
    record ChangeShard(String id, Optional<String> parent) {}

    /**
     * Some changes of a shard.
     *
     * @param isEnd whether the shard has ended and there will never be more
     * @param isLost whether changes after the given one are no longer kept, and these are the oldest that are
     */
    record Page(List<Change> changes, boolean isEnd, boolean isLost) {
        public Page {
            changes = List.copyOf(changes);
        }
    }

    /**
     * One change of an item.
     *
     * @param number of the change, as text; within a shard the later the higher
     * @param millis when it was made, milliseconds since the epoch, about
     * @param keys the item's key attributes
     * @param before the item before, without if it is new
     * @param after the item after, without if it is gone
     */
    record Change(
            String number,
            long millis,
            Map<String, Attribute> keys,
            Optional<Map<String, Attribute>> before,
            Optional<Map<String, Attribute>> after) {}
}
