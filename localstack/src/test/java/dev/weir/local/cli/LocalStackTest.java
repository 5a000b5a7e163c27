package dev.weir.local.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** The ledger on LocalStack. */
class LocalStackTest extends OtherServersContract {
    /** The last version that starts without a token. */
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    private static LocalStackContainer container;

    @BeforeAll
    static void start() {
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "Docker is not available, and LocalStack runs in it");
        container = new LocalStackContainer(IMAGE).withServices("kinesis", "dynamodb");
        container.start();
    }

    @AfterAll
    static void stop() {
        if (container != null) {
            container.stop();
        }
    }

    @Override
    List<String> endpoints() {
        return List.of(container.getEndpoint().toString());
    }
}
