package dev.weir.local.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * LocalStack in a container of its own, or one that runs already and has nothing in it. To be closed, which leaves the latter alone.
 *
 * @param log what it said
 */
record LocalStack(URI endpoint, Supplier<String> log, Runnable stop) implements AutoCloseable {
    /** The last version that starts without a token. */
    static final String IMAGE = "localstack/localstack:4.14.0";

    /** Names the one that runs, for example {@code http://127.0.0.1:4566}. */
    static final String PROPERTY = "weir.localstack";

    /**
     * Skips the test where there is none, and no Docker that it could run in.
     *
     * @param environment of the container
     * @param services those that it serves; without any, all
     */
    static LocalStack start(Map<String, String> environment, String... services) {
        String running = System.getProperty(PROPERTY, "");
        if (!running.isEmpty()) {
            return new LocalStack(URI.create(running), () -> "see its log: " + running, () -> {});
        }
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "Docker is not available, and LocalStack runs in it");
        LocalStackContainer container = new LocalStackContainer(DockerImageName.parse(IMAGE)).withEnv(environment);
        if (services.length > 0) {
            container.withServices(services);
        }
        container.start();
        return new LocalStack(container.getEndpoint(), container::getLogs, container::stop);
    }

    @Override
    public void close() {
        stop.run();
    }
}
