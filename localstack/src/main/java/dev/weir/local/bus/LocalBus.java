package dev.weir.local.bus;

import dev.weir.aws.Clients;
import dev.weir.aws.DynamoDbItems;
import dev.weir.aws.KinesisStreams;
import dev.weir.aws.SystemTime;
import dev.weir.aws.Tables;
import dev.weir.flow.Bus;
import dev.weir.flow.LaneCount;
import dev.weir.functions.BotFunction;
import dev.weir.functions.BotHandler;
import dev.weir.functions.Wiring;
import dev.weir.functions.ledger.Ledger;
import dev.weir.local.kinesis.KinesisModel;
import dev.weir.local.lambda.Deployment;
import dev.weir.local.lambda.FunctionSettings;
import dev.weir.local.lambda.InProcessFunction;
import dev.weir.local.lambda.IsolatedFunction;
import dev.weir.local.lambda.LambdaRuntime;
import dev.weir.local.mapping.EventSourceMapping;
import dev.weir.local.mapping.FunctionInvoker;
import dev.weir.local.mapping.KinesisClientShards;
import dev.weir.local.mapping.ModelShards;
import dev.weir.local.mapping.ShardSource;
import dev.weir.model.Lanes;
import dev.weir.port.Items;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * The ledger's bus on one machine: a Kinesis API, a DynamoDB API, the tables and the stream, the event source mapping and the function.
 * Everything is stopped by {@link #close}.
 */
public final class LocalBus implements AutoCloseable {
    private static final String PREFIX = "weir";
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(150);
    private static final int FUNCTION_MEGABYTES = 1_024;

    private final Closing closing;
    private final Optional<KinesisModel> model;
    private final Wiring wiring;
    private final KinesisClient kinesis;
    private final DynamoDbClient dynamoDb;
    private final EventSourceMapping mapping;
    private final FunctionInvoker function;

    private LocalBus(
            Closing closing,
            Optional<KinesisModel> model,
            Wiring wiring,
            KinesisClient kinesis,
            DynamoDbClient dynamoDb,
            EventSourceMapping mapping,
            FunctionInvoker function) {
        this.closing = closing;
        this.model = model;
        this.wiring = wiring;
        this.kinesis = kinesis;
        this.dynamoDb = dynamoDb;
        this.mapping = mapping;
        this.function = function;
    }

    /**
     * Starts everything; nothing stays behind if something does not start.
     *
     * @throws UsageException if the options contradict what the bus has recorded
     */
    public static LocalBus start(BusOptions options) {
        Closing closing = new Closing();
        try {
            return start(options, closing);
        } catch (RuntimeException | Error e) {
            closing.closeAfter(e);
            throw e;
        }
    }

    private static LocalBus start(BusOptions options, Closing closing) {
        Optional<Servers> servers = options.endpoints().isPresent()
                ? Optional.empty()
                : Optional.of(Servers.start(options.data(), Servers.Ports.FREE, closing));
        Endpoints endpoints =
                options.endpoints().orElseGet(() -> servers.orElseThrow().endpoints());
        String region = System.getenv().getOrDefault("AWS_REGION", "us-east-1");
        SystemTime time = new SystemTime();
        DynamoDbClient dynamoDb =
                closing.add(new Clients(region, endpoints.dynamoDb().orElse(null), System.getenv()).dynamoDb());
        KinesisClient kinesis =
                closing.add(new Clients(region, endpoints.kinesis().orElse(null), System.getenv()).kinesis());
        Items items = new DynamoDbItems(dynamoDb, time);
        Bus bus = tables(options, new Tables(dynamoDb, time), items);
        String stream = bus.stream(Ledger.GRAPH.source().stream());
        new StreamAdmin(kinesis, time).ensure(stream, options.shards());
        Wiring wiring = new Wiring(bus, items, new KinesisStreams(kinesis, time), time);
        FunctionInvoker function = closing.add(
                options.isolated()
                        ? isolated(options, bus, endpoints, region, time)
                        : new InProcessFunction(
                                settings(Map.of()), () -> new BotHandler<>(Ledger.GRAPH, wiring) {}, options.log()));
        ShardSource shards = servers.isPresent()
                ? new ModelShards(servers.get().model(), stream)
                : new KinesisClientShards(kinesis, stream, POLL, time);
        EventSourceMapping mapping = new Subscription(region, stream, Ledger.GRAPH.name(), options.data())
                .start(shards, function, options.listener(), time, closing);
        closing.add(Ticker.start(wiring, Ledger.GRAPH));
        return new LocalBus(closing, servers.map(Servers::model), wiring, kinesis, dynamoDb, mapping, function);
    }

    private static Bus tables(BusOptions options, Tables tables, Items items) {
        Bus any = new Bus(PREFIX, new Lanes(1));
        tables.ensure(List.of(
                any.checkpoints(),
                any.queues(),
                any.heads(),
                any.state(Ledger.GRAPH.name(), Ledger.GRAPH.table().name())));
        tables.ensureExpiry(any.checkpoints(), "ttl");
        int wanted = options.lanes().orElse(LaneCount.recorded(any, items).orElse(1));
        Bus bus = new Bus(PREFIX, new Lanes(wanted));
        int recorded = LaneCount.record(bus, items);
        if (recorded != wanted) {
            throw new UsageException("this bus has another number of lanes, which never changes: lanes=" + recorded
                    + " --lanes=" + wanted + "; leave --lanes out, or use another --data directory");
        }
        return bus;
    }

    private static FunctionSettings settings(Map<String, String> environment) {
        return FunctionSettings.of("ledger", BotFunction.class.getName())
                .with(environment)
                .withMemory(FUNCTION_MEGABYTES)
                .timingOutAfter(FUNCTION_TIMEOUT);
    }

    private static IsolatedFunction isolated(
            BusOptions options, Bus bus, Endpoints endpoints, String region, SystemTime time) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "WEIR_BOT", Ledger.GRAPH.name(),
                "WEIR_BUS", bus.prefix(),
                "WEIR_LANES", Integer.toString(bus.lanes().count()),
                "AWS_REGION", region));
        endpoints.kinesis().ifPresent(url -> environment.put("WEIR_KINESIS_ENDPOINT", url.toString()));
        endpoints.dynamoDb().ifPresent(url -> environment.put("WEIR_DYNAMODB_ENDPOINT", url.toString()));
        Path jar = Path.of(System.getProperty("weir.functions.jar", "weir-functions.jar"))
                .toAbsolutePath();
        LambdaRuntime runtime = LambdaRuntime.read(System.getProperty(LambdaRuntime.PROPERTY, ""));
        Path taskRoot = Optional.ofNullable(jar.getParent()).orElse(Path.of(""));
        return new IsolatedFunction(
                settings(environment), Deployment.of(List.of(jar), runtime, taskRoot), time, options.log());
    }

    public Wiring wiring() {
        return wiring;
    }

    public Bus bus() {
        return wiring.bus();
    }

    /** The embedded Kinesis; empty with other endpoints. */
    public Optional<KinesisModel> model() {
        return model;
    }

    public KinesisClient kinesis() {
        return kinesis;
    }

    public DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    public EventSourceMapping mapping() {
        return mapping;
    }

    /** Kills the function as kill -9 does: its processes if it is isolated, its memory if it is not. */
    public void killFunction() {
        switch (function) {
            case IsolatedFunction isolated -> isolated.killAll();
            case InProcessFunction inProcess -> inProcess.killAll();
            default ->
                throw new IllegalStateException(
                        "function cannot be killed: type=" + function.getClass().getName());
        }
    }

    @Override
    public void close() {
        closing.close();
    }
}
