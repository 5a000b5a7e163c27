package dev.weir.local.cli;

import dev.weir.local.bus.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Takes lines over TCP, on this machine only. A connection is read no faster than its lines are taken, so who sends waits. The lines of one
 * connection are taken in their order.
 */
final class LineServer implements AutoCloseable {

    /** Further connections are turned away. */
    static final int CONNECTIONS_MAX = 256;

    private static final int WAITING_MAX = 50;
    private static final int PORT_MAX = 65_535;

    /** How long what was read may take to be put when the server is stopped. */
    private static final Duration DRAIN = Duration.ofSeconds(20);

    /** Takes lines of several connections side by side. */
    @FunctionalInterface
    interface Taker {
        void take(InputLines.Line line, int fromPort);
    }

    private final ServerSocket server;
    private final Taker taker;
    private final Map<Socket, Thread> connections = new ConcurrentHashMap<>();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private volatile boolean isStopping;

    private LineServer(ServerSocket server, Taker taker) {
        this.server = server;
        this.taker = taker;
    }

    /**
     * Begins to listen; {@link #serveUntil} takes.
     *
     * @param port 0 picks a free one
     * @throws UsageException if the port is taken, or none
     */
    static LineServer open(int port, Taker taker) throws IOException {
        if (port < 0 || port > PORT_MAX) {
            throw new UsageException("--tcp must be 0 to " + PORT_MAX + ": --tcp=" + port);
        }
        try {
            return new LineServer(new ServerSocket(port, WAITING_MAX, InetAddress.ofLiteral("127.0.0.1")), taker);
        } catch (BindException taken) {
            throw new UsageException("the port is taken, choose another --tcp: port=" + port);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /**
     * Takes lines until the latch is counted down; all that was read by then has been taken when it returns. An exception of the taker ends
     * it, and comes out.
     *
     * @param log takes a line for each connection that breaks
     */
    void serveUntil(CountDownLatch stop, Consumer<String> log) {
        Thread accepting = Thread.ofVirtual().name("accept").start(() -> accept(stop, log));
        try {
            stop.await();
            close();
            accepting.join(DRAIN);
            long endNanos = System.nanoTime() + DRAIN.toNanos();
            for (Thread connection : connections.values()) {
                if (!connection.join(Duration.ofNanos(Math.max(1, endNanos - System.nanoTime())))) {
                    failure.compareAndSet(null, new IllegalStateException("lines that were read were not put in time"));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private void accept(CountDownLatch stop, Consumer<String> log) {
        while (!isStopping) {
            try {
                Socket socket = server.accept();
                if (connections.size() >= CONNECTIONS_MAX) {
                    log.accept("weir: a connection was turned away, there are too many: max=" + CONNECTIONS_MAX);
                    socket.close();
                    continue;
                }
                Thread reader = Thread.ofVirtual().unstarted(() -> read(socket, stop, log));
                connections.put(socket, reader);
                if (isStopping) { // too late for close
                    socket.close();
                }
                reader.start();
            } catch (IOException e) {
                if (!isStopping) {
                    failure.compareAndSet(null, new UncheckedIOException("connections cannot be taken any more", e));
                    stop.countDown();
                    return;
                }
            }
        }
    }

    private void read(Socket socket, CountDownLatch stop, Consumer<String> log) {
        int from = socket.getPort();
        try (socket) {
            InputLines lines = new InputLines(socket.getInputStream());
            for (InputLines.Line line = lines.next(); line != null; line = lines.next()) {
                taker.take(line, from);
            }
        } catch (IOException e) {
            if (!isStopping) {
                log.accept("weir: a connection broke, a line that was not whole is left out: from=" + from + " reason="
                        + e.getMessage());
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            stop.countDown();
        } finally {
            connections.remove(socket);
        }
    }

    /** Ends all connections; what was read of them is still taken. */
    @Override
    public void close() {
        isStopping = true;
        try {
            server.close();
            for (Socket socket : connections.keySet()) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a socket cannot be closed", e);
        }
    }
}
