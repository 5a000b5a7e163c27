package dev.weir.local.up;

import dev.weir.local.bus.Closing;
import dev.weir.local.bus.Servers;
import dev.weir.local.bus.UsageException;
import dev.weir.local.kinesis.KinesisModel;
import dev.weir.local.s3.S3Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The three servers of a bus that is up.
 *
 * @param model what the Kinesis server serves
 */
record UpServers(KinesisModel model, URI kinesis, URI dynamoDb, URI s3) {
    private static final int PORT_MAX = 65_533;

    /**
     * Starts all, side by side. What was started is in {@code closing}, also when another does not start.
     *
     * @throws UsageException if a port is not free
     */
    static UpServers start(UpOptions options, Closing closing) {
        int port = options.port();
        requirePorts(port);
        CompletableFuture<S3Server> s3 = CompletableFuture.supplyAsync(
                () -> s3(options, port == 0 ? 0 : port + 2),
                command -> Thread.ofPlatform().daemon().name("s3-start").start(command));
        closing.add(() -> s3.thenAccept(S3Server::close).join());
        Servers.Ports ports = port == 0 ? Servers.Ports.FREE : new Servers.Ports(port, port + 1);
        Servers others = Servers.start(options.data(), ports, closing);
        try {
            return new UpServers(
                    others.model(),
                    others.endpoints().kinesis().orElseThrow(),
                    others.endpoints().dynamoDb().orElseThrow(),
                    s3.join().endpoint());
        } catch (CompletionException e) {
            throw new IllegalStateException("S3 does not start", e.getCause());
        }
    }

    private static S3Server s3(UpOptions options, int port) {
        return options.data().isPresent()
                ? S3Server.openOnDisk(options.data().get().resolve("s3"), port)
                : S3Server.openInMemory(port);
    }

    /** The servers would say so too, but each in its own way, and DynamoDB Local not at once. */
    private static void requirePorts(int first) {
        if (first < 0 || first > PORT_MAX) {
            throw new UsageException("--port must be 0 to " + PORT_MAX + ": --port=" + first);
        }
        for (int port = first; first > 0 && port < first + 3; port++) {
            if (!isFree(port)) {
                throw new UsageException("a port is taken, choose another --port or leave it out: port=" + port);
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.ofLiteral("0.0.0.0"))) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
