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
import dev.weir.flow.Version;
import dev.weir.functions.metrics.Metrics;
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
 * @param metrics is told of each run
 */
public record Wiring(Bus bus, Items items, Streams streams, Time time, Supplier<Ports> rest, Metrics metrics) {

    /** How long the program of a pipeline may take to answer before it is taken for dead: less than a function may take. */
    public static final Duration PROGRAM_PATIENCE = Duration.ofSeconds(30);

    /** Without the rest: for functions that need no more. Tells nobody of runs. */
    public Wiring(Bus bus, Items items, Streams streams, Time time) {
        this(
                bus,
                items,
                streams,
                time,
                () -> {
                    throw new IllegalStateException("this function was not given all ports, make it with Wiring.of");
                },
                Metrics.SILENT);
    }

    /** On all these. Tells nobody of runs. */
    public static Wiring of(Ports ports) {
        return new Wiring(ports.bus(), ports.items(), ports.streams(), ports.time(), () -> ports, Metrics.SILENT);
    }

    /** The same, and each run is told: {@code lines} takes lines in CloudWatch's embedded metric format. */
    public Wiring telling(Consumer<String> lines) {
        return new Wiring(bus, items, streams, time, rest, Metrics.to(bus.prefix(), lines));
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
        Wiring wiring = new Wiring(bus, items, streams, time, ports, Metrics.SILENT);
        return Settings.tellsRuns(environment) ? wiring.telling(System.out::println) : wiring;
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

    /** A spine on these ports whose lanes run on virtual threads, of a function that has no versions. */
    public <T, V, R> Spine<T, V, R> spine(Graph<T, V, R> graph, String incarnation) {
        return spine(graph, incarnation, Version.NONE);
    }

    /** The same of a published version. */
    public <T, V, R> Spine<T, V, R> spine(Graph<T, V, R> graph, String incarnation, Version version) {
        return new Spine<>(
                graph, bus, items, streams, time, command -> Thread.ofVirtual().start(command), incarnation, version);
    }
}
