package dev.weir.local.up;

import dev.weir.aws.Tables;
import dev.weir.flow.Bus;
import dev.weir.flow.LaneCount;
import dev.weir.local.bus.Closing;
import dev.weir.local.bus.StreamAdmin;
import dev.weir.local.bus.UsageException;
import dev.weir.model.Lanes;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/**
 * A bus that is up: Kinesis in this JVM, DynamoDB Local as a process, S3 in this JVM, tables, stream and bucket, the ingest, the trigger
 * and the bots. Everything is stopped by {@link #close}; with a data directory the next start goes on where this one ended.
 */
public final class Up implements AutoCloseable {

    /** Prefix of all resource names. */
    public static final String PREFIX = "weir";

    /** The region of everything local. */
    public static final String REGION = "us-east-1";

    private static final String TTL = "ttl";

    private final Closing closing;
    private final Address address;
    private final Connection connection;

    private Up(Closing closing, Address address, Connection connection) {
        this.closing = closing;
        this.address = address;
        this.connection = connection;
    }

    /**
     * Starts everything; nothing stays behind if something does not start.
     *
     * @throws UsageException if the options contradict what the bus has recorded, or a port is taken
     */
    public static Up start(UpOptions options) {
        Closing closing = new Closing();
        try {
            return start(options, closing);
        } catch (RuntimeException | Error e) {
            closing.closeAfter(e);
            throw e;
        }
    }

    private static Up start(UpOptions options, Closing closing) {
        UpServers servers = UpServers.start(options, closing);
        Address address = new Address(
                ProcessHandle.current().pid(), REGION, PREFIX, servers.kinesis(), servers.dynamoDb(), servers.s3());
        Connection any =
                closing.add(Connection.open(address.endpoints(), REGION, new Bus(PREFIX, new Lanes(1)), Map.of()));
        tables(any, options);
        Connection connection = any.with(new Bus(PREFIX, new Lanes(lanes(any, options))));
        streams(connection, options);
        bucket(connection);
        new Programs(connection, servers.model(), options, closing).start();
        return new Up(closing, address, connection);
    }

    private static void tables(Connection connection, UpOptions options) {
        Bus bus = connection.bus();
        Tables tables = new Tables(connection.dynamoDb(), connection.wiring().time());
        tables.ensure(Needs.tables(bus, options.bots()));
        tables.ensureExpiry(bus.checkpoints(), TTL);
        tables.ensureExpiry(bus.queues(), TTL);
    }

    private static int lanes(Connection connection, UpOptions options) {
        int wanted = options.lanes()
                .orElse(LaneCount.recorded(connection.bus(), connection.items()).orElse(1));
        int recorded = LaneCount.record(new Bus(PREFIX, new Lanes(wanted)), connection.items());
        if (recorded != wanted) {
            throw new UsageException("this bus has another number of lanes, which never changes: lanes=" + recorded
                    + " --lanes=" + wanted + "; leave --lanes out, or use another --data directory");
        }
        return recorded;
    }

    private static void streams(Connection connection, UpOptions options) {
        StreamAdmin admin =
                new StreamAdmin(connection.kinesis(), connection.wiring().time());
        Needs.streams(options.bots())
                .forEach(stream -> admin.ensure(connection.bus().stream(stream), options.shards()));
    }

    private static void bucket(Connection connection) {
        try {
            connection
                    .s3()
                    .createBucket(create -> create.bucket(connection.bus().bucket()));
        } catch (BucketAlreadyOwnedByYouException exists) {
            // from an earlier start
        }
    }

    /** Where it can be reached. */
    public Address address() {
        return address;
    }

    /** The bus, as its users see it; closed with this. */
    public Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        closing.close();
    }
}
