package dev.weir.bench.kafka;

import dev.weir.bench.race.Scratch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link Broker} that runs. Not thread-safe. */
final class BrokerProcess implements AutoCloseable {
    /** What comes before the command of a server, so that it runs on other cores than what is measured; may be empty. */
    private static final String SERVERS_PIN = "weir.bench.servers";

    private final int port;
    private final Process process;

    private BrokerProcess(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    static BrokerProcess start(Scratch scratch) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        String pin = System.getProperty(SERVERS_PIN, "");
        if (!pin.isEmpty()) {
            command.addAll(List.of(pin.split(" ")));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms1g",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Broker.class.getName(),
                scratch.folder("broker").toString(),
                Integer.toString(port),
                Integer.toString(freePort())));
        return new BrokerProcess(
                port,
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(scratch.file("broker.log").toFile())
                        .start());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Processor time since its start. */
    long processorNanos() {
        return process.toHandle().info().totalCpuDuration().orElseThrow().toNanos();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
