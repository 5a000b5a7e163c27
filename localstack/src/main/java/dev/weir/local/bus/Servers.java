package dev.weir.local.bus;

import dev.weir.local.dynamodb.DynamoDbClassPath;
import dev.weir.local.dynamodb.DynamoDbLocal;
import dev.weir.local.kinesis.KinesisLimits;
import dev.weir.local.kinesis.KinesisModel;
import dev.weir.local.kinesis.server.KinesisServer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The embedded servers: Kinesis in this JVM, DynamoDB Local as a process.
 *
 * @param model what the Kinesis server serves
 * @param endpoints where both are
 */
public record Servers(KinesisModel model, Endpoints endpoints) {

    /**
     * The ports to listen on; 0 picks a free one.
     *
     * @param kinesis the port of Kinesis
     * @param dynamoDb the port of DynamoDB
     */
    public record Ports(int kinesis, int dynamoDb) {
        public static final Ports FREE = new Ports(0, 0);
    }

    /** Starts both; what was started is in {@code closing}, also when the other does not start. */
    public static Servers start(Optional<Path> data, Ports ports, Closing closing) {
        DynamoDbClassPath classPath = DynamoDbClassPath.read(System.getProperty(DynamoDbClassPath.PROPERTY, ""));
        DynamoDbLocal dynamoDb = closing.add(
                data.isPresent()
                        ? DynamoDbLocal.onDisk(classPath, data.get().resolve("dynamodb"), ports.dynamoDb())
                        : DynamoDbLocal.inMemory(classPath, ports.dynamoDb()));
        KinesisModel model = closing.add(
                data.isPresent()
                        ? KinesisModel.open(
                                data.get().resolve("kinesis.log"), System::currentTimeMillis, KinesisLimits.local())
                        : new KinesisModel(System::currentTimeMillis, KinesisLimits.local()));
        KinesisServer kinesis = closing.add(KinesisServer.start(model, ports.kinesis()));
        return new Servers(
                model,
                new Endpoints(Optional.of(kinesis.endpoint()), Optional.of(dynamoDb.endpoint()), Optional.empty()));
    }
}
