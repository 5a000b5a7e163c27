package dev.weir.port;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A transactional item store of the shape of DynamoDB. All reads are strongly consistent.
 *
 * <p>Thread-safe. Reads retry what passes by themselves and throw {@link StoreUnavailableException} when it does not pass;
 * writes do not retry, they answer with a {@link WriteOutcome}. A request that breaks a limit of the store (more than
 * {@link #TRANSACTION_WRITES_MAX} writes, an item above {@link #ITEM_BYTES_MAX}, two writes on one key) is a bug of the caller and
 * throws {@link IllegalArgumentException}.
 */
public interface Items {

    /** Most writes in one transaction. Source: DynamoDB, TransactWriteItems. */
    int TRANSACTION_WRITES_MAX = 100;

    /** Most bytes of all items of one transaction: 4 MB. Source: DynamoDB, TransactWriteItems. */
    int TRANSACTION_BYTES_MAX = 4 * 1024 * 1024;

    /** Most bytes of one item, names and values together: 400 KB. Source: DynamoDB, service quotas. */
    int ITEM_BYTES_MAX = 400 * 1024;

    Optional<Item> get(Key key);

    /** The items that exist, in any order. Any number of keys: the adapter cuts them into batches of 100 and repeats what was unprocessed. */
    List<Item> getAll(Collection<Key> keys);

    /**
     * The items of one partition whose sort value is at least {@code fromInclusive} and below {@code toExclusive}, ascending by the
     * UTF-8 bytes of the sort value.
     *
     * @param limit most items to return, at least 1; {@link Integer#MAX_VALUE} for all
     */
    List<Item> query(Table table, String partition, String fromInclusive, String toExclusive, int limit);

    /** Every item of a table, in any order: for operators' lists, never on the way of an event. */
    Iterable<Item> scan(Table table);

    WriteOutcome write(Write write);

    /**
     * Independent writes, each with its own outcome, in the order of the list. An adapter may send several at once; the caller must not
     * depend on their order.
     */
    default List<WriteOutcome> writeAll(List<Write> writes) {
        return writes.stream().map(this::write).toList();
    }

    /** All writes or none. The keys must be distinct. An empty list is refused. */
    WriteOutcome transact(List<Write> writes);

    /** Removes the items, without condition and without atomicity; repeats until done. Deleting what is not there succeeds. */
    void deleteAll(Collection<Key> keys);
}
