package dev.weir.functions;

import dev.weir.aws.Clients;
import dev.weir.aws.DynamoDbItems;
import dev.weir.aws.KinesisStreams;
import dev.weir.aws.SystemTime;
import dev.weir.flow.Bus;
import dev.weir.flow.Spine;
import dev.weir.graph.Graph;
import dev.weir.port.Items;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import java.util.Map;

/**
 * The ports that a function runs on. Thread-safe.
 *
 * @param bus names of its resources
 */
public record Wiring(Bus bus, Items items, Streams streams, Time time) {

    /** AWS, or what the environment names instead. */
    public static Wiring fromEnvironment() {
        return from(System.getenv());
    }

    /** The same from given variables: see {@link Settings}. */
    public static Wiring from(Map<String, String> environment) {
        Settings settings = Settings.from(environment);
        SystemTime time = new SystemTime();
        String region = environment.getOrDefault("AWS_REGION", "us-east-1");
        Clients dynamoDb = new Clients(region, settings.dynamoDb().orElse(null), environment);
        Clients kinesis = new Clients(region, settings.kinesis().orElse(null), environment);
        return new Wiring(
                settings.bus(),
                new DynamoDbItems(dynamoDb.dynamoDb(), time),
                new KinesisStreams(kinesis.kinesis(), time),
                time);
    }

    /** A spine on these ports whose lanes run on virtual threads. */
    public <T, V, R> Spine<T, V, R> spine(Graph<T, V, R> graph, String incarnation) {
        return new Spine<>(
                graph, bus, items, streams, time, command -> Thread.ofVirtual().start(command), incarnation);
    }
}
