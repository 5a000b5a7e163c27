package dev.weir.local.kinesis.server;

import com.sun.net.httpserver.HttpServer;
import dev.weir.local.kinesis.KinesisModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A Kinesis endpoint on 127.0.0.1 for any AWS SDK: plain HTTP/1.1, JSON and CBOR, any region and any credentials.
 *
 * <p>The JDK's server takes {@code sun.net.httpserver.nodelay} from the system properties when its first server of the JVM is made;
 * without it every reply waits about 40 ms. This class sets it when it is loaded, unless it is set, so load it before other servers.
 *
 * <p>Each request has a virtual thread. Thread-safe.
 */
public final class KinesisServer implements AutoCloseable {

    /** Connections that may wait to be accepted. */
    private static final int BACKLOG = 128;

    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    static {
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private final HttpServer http;
    private final ExecutorService threads;

    private KinesisServer(HttpServer http, ExecutorService threads) {
        this.http = http;
        this.threads = threads;
    }

    /**
     * Serves a model until it is closed.
     *
     * @param model stays the caller's: close it after the server
     * @param port 0 picks a free one
     * @throws UncheckedIOException if the port is taken
     */
    public static KinesisServer start(KinesisModel model, int port) {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), BACKLOG);
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            http.setExecutor(threads);
            http.createContext("/", new KinesisHandler(model));
            http.start();
            return new KinesisServer(http, threads);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1, take another port or 0: port=" + port, e);
        }
    }

    /** For example {@code http://127.0.0.1:41234}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** Drops open connections and returns. What was acknowledged before is in the model. */
    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
