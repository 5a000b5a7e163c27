package dev.weir.functions;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import dev.weir.aws.Clients;
import dev.weir.aws.DynamoDbChanges;
import dev.weir.aws.DynamoDbItems;
import dev.weir.aws.KinesisStreams;
import dev.weir.aws.S3ObjectStore;
import dev.weir.aws.SystemTime;
import dev.weir.bot.Ports;
import dev.weir.flow.Bus;
import dev.weir.flow.Spine;
import dev.weir.graph.Graph;
import dev.weir.port.Items;
import dev.weir.port.ObjectStore;
import dev.weir.port.Streams;
import dev.weir.port.TableChanges;
import dev.weir.port.Time;
import dev.weir.program.ProcessPrograms;
import dev.weir.queue.Queues;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The ports that a function runs on. Thread-safe.
 *
 * @param bus names of its resources
 * @param rest gives the ports that not every function needs, the same each time
 */
public record Wiring(Bus bus, Items items, Streams streams, Time time, Supplier<Ports> rest) {

    /** How long the program of a pipeline may take to answer before it is taken for dead: less than a function may take. */
    public static final Duration PROGRAM_PATIENCE = Duration.ofSeconds(30);

    /** Without the rest: for functions that need no more. */
    public Wiring(Bus bus, Items items, Streams streams, Time time) {
        this(bus, items, streams, time, () -> {
            throw new IllegalStateException("this function was not given all ports, make it with Wiring.of");
        });
    }

    /** On all these. */
    public static Wiring of(Ports ports) {
        return new Wiring(ports.bus(), ports.items(), ports.streams(), ports.time(), () -> ports);
    }

    /** AWS, or what the environment names instead. */
    public static Wiring fromEnvironment() {
        return from(System.getenv());
    }

    /** The same from given variables: see {@link Settings}. */
    public static Wiring from(Map<String, String> environment) {
        Settings settings = Settings.from(environment);
        Bus bus = settings.bus();
        SystemTime time = new SystemTime();
        String region = environment.getOrDefault("AWS_REGION", "us-east-1");
        Clients clients = new Clients(region, settings.dynamoDb().orElse(null), environment);
        Clients kinesis = new Clients(region, settings.kinesis().orElse(null), environment);
        Clients s3 = new Clients(region, Settings.s3(environment).orElse(null), environment);
        DynamoDbClient dynamoDb = clients.dynamoDb();
        Items items = new DynamoDbItems(dynamoDb, time);
        Streams streams = new KinesisStreams(kinesis.kinesis(), time);
        ObjectStore objects = new ObjectsOnDemand(() -> new S3ObjectStore(s3.s3(), time, bus.bucket()));
        TableChanges changes =
                new ChangesOnDemand(() -> new DynamoDbChanges(dynamoDb, clients.dynamoDbStreams(), time));
        Supplier<Ports> ports = new OnDemand<>(() -> new Ports(
                bus, items, streams, objects, changes, programs(bus, items, objects, time, Wiring::log), time));
        return new Wiring(bus, items, streams, time, ports);
    }

    /** What runs the programs of pipelines: one for each copy of a function, since each has its own place in what they read. */
    public static ProcessPrograms programs(
            Bus bus, Items items, ObjectStore objects, Time time, Consumer<String> stderr) {
        return new ProcessPrograms(bus, new Queues(bus.queueTables(), items, objects, time), stderr, PROGRAM_PATIENCE);
    }

    private static void log(String line) {
        LambdaRuntime.getLogger().log(line);
    }

    /** What bots run on. */
    public Ports ports() {
        return rest.get();
    }

    /** A spine on these ports whose lanes run on virtual threads. */
    public <T, V, R> Spine<T, V, R> spine(Graph<T, V, R> graph, String incarnation) {
        return new Spine<>(
                graph, bus, items, streams, time, command -> Thread.ofVirtual().start(command), incarnation);
    }
}
