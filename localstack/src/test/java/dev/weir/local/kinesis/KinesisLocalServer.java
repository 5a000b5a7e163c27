package dev.weir.local.kinesis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The npm package kinesis-local: a Kinesis API that others wrote. It listens on 127.0.0.1, does what changes a stream within a
 * millisecond, and gets slow with the records it holds. Ends with {@link #close} or with this process.
 */
public final class KinesisLocalServer implements AutoCloseable {
    private static final String PACKAGE = "kinesis-local@0.6.2";
    private static final int INSTALL_SECONDS_MAX = 120;
    private static final int START_SECONDS_MAX = 60;
    private static final int CHECK_MILLIS = 20;

    /**
     * Runs the package's own main, and ends when standard input does. The package binds all interfaces and has no setting for it, so
     * every server of its process is told to bind 127.0.0.1.
     */
    private static final String LAUNCHER =
            """
            const net = require('net');
            const listen = net.Server.prototype.listen;
            net.Server.prototype.listen = function (at, ...rest) {
              const port = typeof at === 'object' ? at.port : at;
              const then = rest.filter(value => typeof value === 'function');
              return listen.call(this, { port, host: '127.0.0.1' }, ...then);
            };
            process.stdin.on('end', () => process.exit(1)).resume();
            require(process.argv[1]);
            """;

    private static final List<String> DURATIONS = List.of(
            "CREATE_STREAM_DURATION",
            "DELETE_STREAM_DURATION",
            "MERGE_SHARDS_DURATION",
            "SPLIT_SHARD_DURATION",
            "UPDATE_SHARD_COUNT_DURATION");

    private final Process process;
    private final URI endpoint;

    private KinesisLocalServer(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Where the build keeps the package. */
    public static Path folder() {
        return Path.of(System.getProperty("weir.root", ".."), "localstack", "target", "kinesis-local");
    }

    /** Fetches the package unless it is there; gives the reason if that cannot be done. */
    public static Optional<String> install(Path target) throws IOException, InterruptedException {
        if (Files.exists(main(target))) {
            return Optional.empty();
        }
        Path log = Files.createDirectories(target).resolve("npm.log");
        List<String> install = List.of(
                "npm",
                "install",
                "--prefix",
                target.toString(),
                "--cache",
                target.resolve("cache").toString(),
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--no-update-notifier",
                PACKAGE);
        try {
            Process npm = launcher(install).redirectOutput(log.toFile()).start();
            boolean ended = npm.waitFor(INSTALL_SECONDS_MAX, TimeUnit.SECONDS);
            if (ended && npm.exitValue() == 0) {
                return Optional.empty();
            }
            npm.destroyForcibly();
            return Optional.of("npm could not install " + PACKAGE + ", see " + log);
        } catch (IOException e) {
            return Optional.of("there is no npm to install " + PACKAGE + " with");
        }
    }

    /** Starts it with one stream of one shard, and returns when it listens. */
    public static KinesisLocalServer start(Path target, int openShardsMax) throws IOException, InterruptedException {
        List<Integer> ports = freePorts();
        Path log = target.resolve("server.log");
        ProcessBuilder builder = launcher(
                        List.of("node", "-e", LAUNCHER, main(target).toString()))
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        String certificate = main(target).resolveSibling("server.json").toString();
        environment.put("KINESIS_MOCK_CERT_PATH", certificate);
        environment.put("KINESIS_MOCK_PLAIN_PORT", ports.get(0).toString());
        environment.put("KINESIS_MOCK_TLS_PORT", ports.get(1).toString());
        environment.put("INITIALIZE_STREAMS", "unused:1");
        environment.put("SHARD_LIMIT", Integer.toString(openShardsMax));
        environment.put("LOG_LEVEL", "ERROR");
        DURATIONS.forEach(duration -> environment.put(duration, "1ms"));
        Process process = builder.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
        while (!listens(ports.get(0))) {
            if (process.waitFor(CHECK_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() - end > 0) {
                process.destroyForcibly();
                throw new IllegalStateException("kinesis-local does not start: said=" + Files.readString(log));
            }
        }
        return new KinesisLocalServer(process, URI.create("http://127.0.0.1:" + ports.get(0)));
    }

    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static Path main(Path target) {
        return target.resolve("node_modules")
                .resolve("kinesis-local")
                .resolve("main.js")
                .toAbsolutePath();
    }

    private static ProcessBuilder launcher(List<String> command) {
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), CHECK_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Two, held at the same time so that they differ. */
    private static List<Integer> freePorts() throws IOException {
        List<Integer> ports = new ArrayList<>();
        try (ServerSocket one = new ServerSocket(0);
                ServerSocket other = new ServerSocket(0)) {
            ports.add(one.getLocalPort());
            ports.add(other.getLocalPort());
        }
        return ports;
    }
}
