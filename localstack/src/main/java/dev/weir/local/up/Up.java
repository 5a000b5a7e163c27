package dev.weir.local.up;

import dev.weir.aws.Tables;
import dev.weir.flow.Bus;
import dev.weir.flow.LaneCount;
import dev.weir.local.bus.Closing;
import dev.weir.local.bus.StreamAdmin;
import dev.weir.local.bus.UsageException;
import dev.weir.local.template.Template;
import dev.weir.model.Lanes;
import java.util.Map;
import java.util.function.Function;

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
        return closingAfterFailure(closing -> start(options, closing));
    }

    /**
     * Starts what a template says, and nothing else: its tables, streams and buckets, its functions with their variables, what feeds them and
     * what calls them. Names and lanes are the template's.
     *
     * @param options whose lanes and shards are not looked at; its bots are those of the jar that is deployed
     * @throws UsageException if the template asks for what is not there, or what the bus has is different, or a port is taken
     */
    public static Up start(UpOptions options, Template template) {
        Bus bus = template.bus();
        TemplatePrograms.require(template, options.bots());
        return closingAfterFailure(closing -> start(options, template, bus, closing));
    }

    private static Up closingAfterFailure(Function<Closing, Up> starting) {
        Closing closing = new Closing();
        try {
            return starting.apply(closing);
        } catch (RuntimeException | Error e) {
            closing.closeAfter(e);
            throw e;
        }
    }

    private static Up start(UpOptions options, Template template, Bus bus, Closing closing) {
        UpServers servers = UpServers.start(options, closing);
        Address address = address(servers, bus.prefix());
        Connection connection = closing.add(Connection.open(address.endpoints(), REGION, bus, Map.of()));
        new TemplateResources(connection, template).make();
        new TemplatePrograms(connection, servers.model(), options, template, closing).start();
        return new Up(closing, address, connection);
    }

    private static Address address(UpServers servers, String prefix) {
        return new Address(
                ProcessHandle.current().pid(), REGION, prefix, servers.kinesis(), servers.dynamoDb(), servers.s3());
    }

    private static Up start(UpOptions options, Closing closing) {
        UpServers servers = UpServers.start(options, closing);
        Address address = address(servers, PREFIX);
        Connection any =
                closing.add(Connection.open(address.endpoints(), REGION, new Bus(PREFIX, new Lanes(1)), Map.of()));
        tables(any, options);
        Connection connection = any.with(new Bus(PREFIX, new Lanes(lanes(any, options))));
        streams(connection, options);
        connection.ensureBucket(connection.bus().bucket());
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
