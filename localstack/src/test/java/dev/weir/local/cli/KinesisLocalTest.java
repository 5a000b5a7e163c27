package dev.weir.local.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.local.dynamodb.DynamoDbClassPath;
import dev.weir.local.dynamodb.DynamoDbLocal;
import dev.weir.local.kinesis.KinesisLocalServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The ledger on a Kinesis that others wrote, and DynamoDB Local. */
class KinesisLocalTest extends OtherServersContract {
    private static final int OPEN_SHARDS_MAX = 50;

    private static KinesisLocalServer kinesis;
    private static DynamoDbLocal dynamoDb;

    @BeforeAll
    static void start() throws Exception {
        Path target = KinesisLocalServer.folder();
        Optional<String> missing = KinesisLocalServer.install(target);
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        kinesis = KinesisLocalServer.start(target, OPEN_SHARDS_MAX);
        dynamoDb = DynamoDbLocal.inMemory(DynamoDbClassPath.read(System.getProperty(DynamoDbClassPath.PROPERTY, "")));
    }

    @AfterAll
    static void stop() {
        if (dynamoDb != null) {
            dynamoDb.close();
        }
        if (kinesis != null) {
            kinesis.close();
        }
    }

    @Override
    List<String> endpoints() {
        return List.of("kinesis=" + kinesis.endpoint(), "dynamodb=" + dynamoDb.endpoint());
    }
}
