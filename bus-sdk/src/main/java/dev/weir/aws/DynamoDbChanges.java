package dev.weir.aws;

import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Table;
import dev.weir.port.TableChanges;
import dev.weir.port.Time;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * {@link TableChanges} on DynamoDB Streams. The items of a change are whole, key attributes included. Throws
 * {@link IllegalArgumentException} for a table that publishes no changes.
 *
 * <p>The stream of a table is looked up when it is first asked for, and kept until it is gone. Reads are repeated, at most seven times with
 * growing pauses. DynamoDB does not tell whether anything followed a change that it no longer keeps, so whoever comes back after more than a
 * day is told of a loss, though there may have been none. Thread-safe. Does not close the clients.
 */
public final class DynamoDbChanges implements TableChanges {

    /** Reads until there are changes: after an iterator the first few may be empty. */
    static final int READS_MAX = 3;

    /** How often one read begins with another iterator. */
    static final int ITERATORS_OF_A_READ_MAX = 5;

    /** Iterators that are kept for the next read; the one that was not used for longest gives way, and is made anew. */
    private static final int ITERATORS_MAX = 1_000;

    private final DynamoDbClient tables;
    private final DynamoDbStreamsClient streams;
    private final Patience patience;
    private final Map<String, String> arns = new ConcurrentHashMap<>();

    /** Guarded by itself. */
    private final Map<Place, String> iterators = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, String> eldest) {
            return size() > ITERATORS_MAX;
        }
    };

    /** Behind which change of a shard; behind none, if the number is empty. */
    private record Place(String arn, String shard, String after) {}

    /**
     * Both clients must not retry, as {@link Clients} makes them.
     *
     * @param tables finds the streams of tables
     * @param streams reads them
     * @param time for the pauses between attempts
     * @throws IllegalArgumentException if a client retries
     */
    public DynamoDbChanges(DynamoDbClient tables, DynamoDbStreamsClient streams, Time time) {
        this.tables = Clients.requireNoRetries(tables);
        this.streams = Clients.requireNoRetries(streams);
        this.patience = new Patience(time);
    }

    @Override
    public List<ChangeShard> shards(Table table) {
        List<Shard> shards;
        try {
            shards = list(arn(table));
        } catch (IllegalArgumentException e) {
            if (!(e.getCause() instanceof ResourceNotFoundException)) {
                throw e;
            }
            arns.remove(table.name()); // the table was made anew, and so was its stream
            shards = list(arn(table));
        }
        Set<String> kept = shards.stream().map(Shard::shardId).collect(Collectors.toSet());
        return shards.stream()
                .map(shard -> new ChangeShard(
                        shard.shardId(),
                        Optional.ofNullable(shard.parentShardId()).filter(kept::contains)))
                .toList();
    }

    /** A shard that is no longer kept has ended, and what it held is lost. */
    @Override
    public Page read(Table table, String shard, String after, int limit) {
        if (limit < 1 || limit > READ_MAX) {
            throw new IllegalArgumentException(
                    "a read is of 1 to " + READ_MAX + " changes: limit=" + limit + " table=" + table.name());
        }
        Place asked = new Place(arn(table), shard, after);
        Place from = asked;
        for (int i = 0; i < ITERATORS_OF_A_READ_MAX; i++) {
            try {
                return read(from, asked, limit);
            } catch (StoreUnavailableException | IllegalArgumentException e) {
                forget(from);
                switch (e.getCause()) {
                    case TrimmedDataAccessException _ -> { // the oldest that is left instead
                        from = new Place(asked.arn, shard, "");
                        forget(from);
                    }
                    case ExpiredIteratorException _ -> {}
                    case ResourceNotFoundException _ -> {
                        return new Page(List.of(), true, true);
                    }
                    case null, default -> throw e;
                }
            }
        }
        throw new StoreUnavailableException("no iterator of a shard can be used: table=" + table.name() + " shard="
                + shard + " tries=" + ITERATORS_OF_A_READ_MAX);
    }

    /** A loss is told once: the next read goes on with what was kept for where it asks. */
    private Page read(Place from, Place asked, int limit) {
        boolean isLost = !from.equals(asked);
        String iterator = iterator(from);
        for (int read = 1; ; read++) {
            String at = iterator;
            GetRecordsResponse got = patience.repeat(
                    "GetRecords stream=" + from.arn,
                    () -> streams.getRecords(get -> get.shardIterator(at).limit(limit)));
            List<Change> changes = got.records().stream().map(Rows::change).toList();
            iterator = got.nextShardIterator();
            if (iterator == null) {
                return new Page(changes, true, isLost);
            }
            if (!changes.isEmpty() || read == READS_MAX) {
                keep(asked, changes.isEmpty() ? asked.after : changes.getLast().number(), iterator);
                return new Page(changes, false, isLost);
            }
        }
    }

    private List<Shard> list(String arn) {
        List<Shard> shards = new ArrayList<>();
        @Nullable String after = null;
        do {
            String from = after;
            StreamDescription page = patience.repeat(
                            "DescribeStream stream=" + arn,
                            () -> streams.describeStream(
                                    describe -> describe.streamArn(arn).exclusiveStartShardId(from)))
                    .streamDescription();
            shards.addAll(page.shards());
            after = page.lastEvaluatedShardId();
        } while (after != null);
        return shards;
    }

    private String arn(Table table) {
        return arns.computeIfAbsent(table.name(), name -> {
            String arn = patience.repeat(
                            "DescribeTable table=" + name,
                            () -> tables.describeTable(describe -> describe.tableName(name)))
                    .table()
                    .latestStreamArn();
            if (arn == null) {
                throw new IllegalArgumentException("the table publishes no changes: table=" + name);
            }
            return arn;
        });
    }

    // ------------------------------------------------------------------ iterators

    private String iterator(Place place) {
        synchronized (iterators) {
            String kept = iterators.get(place);
            if (kept != null) {
                return kept;
            }
        }
        GetShardIteratorRequest.Builder request =
                GetShardIteratorRequest.builder().streamArn(place.arn).shardId(place.shard);
        request = place.after.isEmpty()
                ? request.shardIteratorType(ShardIteratorType.TRIM_HORIZON)
                : request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .sequenceNumber(place.after);
        GetShardIteratorRequest made = request.build();
        return patience.repeat("GetShardIterator stream=" + place.arn, () -> streams.getShardIterator(made))
                .shardIterator();
    }

    /** Where the next read goes on; an iterator also moves over what is empty. */
    private void keep(Place read, String after, String iterator) {
        synchronized (iterators) {
            iterators.remove(read);
            iterators.put(new Place(read.arn, read.shard, after), iterator);
        }
    }

    private void forget(Place place) {
        synchronized (iterators) {
            iterators.remove(place);
        }
    }
}
