package dev.weir.local.dynamodb;

import dev.weir.local.process.ChildMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * DynamoDB Local 3 in a child process, on a free port. All tables are in one database, whatever the region and the credentials.
 *
 * <p>The child ends with {@link #close}, and when this process dies, by kill -9 too. On disk, what was answered survives either.
 *
 * <p>DynamoDB Local listens on all interfaces and has no option to narrow that: on a machine in an open network, keep the port behind a
 * firewall. Thread-safe.
 *
 * <p>Source of the options: Amazon DynamoDB developer guide, "DynamoDB local usage notes".
 */
public final class DynamoDbLocal implements AutoCloseable {

    /** How long a start may take, the wait for a locked data directory included. */
    public static final int START_MILLIS_MAX = 60_000;

    /** How often a start is tried when someone else takes the free port first. */
    static final int STARTS_MAX = 3;

    private static final int CHECK_MILLIS = 20;
    private static final int CLOSE_MILLIS_MAX = 5_000;
    private static final int HEAP_MEBIBYTES = 512;
    private static final String MAIN = "software.amazon.dynamodb.services.local.main.ServerRunner";

    /** What the server says when the port is taken. */
    private static final String PORT_TAKEN = "BindException";

    private final Process process;
    private final URI endpoint;
    private final Path scratch;

    private DynamoDbLocal(Process process, URI endpoint, Path scratch) {
        this.process = process;
        this.endpoint = endpoint;
        this.scratch = scratch;
    }

    /**
     * Starts an empty database in memory and returns when it answers.
     *
     * @throws IllegalStateException if it does not start; with what it said
     */
    public static DynamoDbLocal inMemory(DynamoDbClassPath classPath) {
        return inMemory(classPath, 0);
    }

    /** The same on a port of the caller's choice; 0 picks a free one. */
    public static DynamoDbLocal inMemory(DynamoDbClassPath classPath, int port) {
        return start(classPath, DynamoDbLocalMain.NO_LOCK, List.of("-inMemory"), port);
    }

    /**
     * Starts on the database in a directory and returns when it answers. Waits five seconds for a process that still has it.
     *
     * @param directory created if it is not there
     * @throws IllegalStateException if it does not start, or another process keeps the directory; with what it said
     */
    public static DynamoDbLocal onDisk(DynamoDbClassPath classPath, Path directory) {
        return onDisk(classPath, directory, 0);
    }

    /** The same on a port of the caller's choice; 0 picks a free one. */
    public static DynamoDbLocal onDisk(DynamoDbClassPath classPath, Path directory, int port) {
        try {
            Path absolute = Files.createDirectories(directory).toAbsolutePath();
            List<String> options = List.of("-dbPath", absolute.toString());
            return start(classPath, absolute.resolve("weir.lock").toString(), options, port);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the data directory: directory=" + directory, e);
        }
    }

    /** Where it listens, for example {@code http://127.0.0.1:41234}. */
    public URI endpoint() {
        return endpoint;
    }

    /** The process id of the child. */
    public long pid() {
        return process.pid();
    }

    /** Ends the child. Returns when it is gone. */
    @Override
    public void close() {
        end(process);
        delete(scratch);
    }

    private static DynamoDbLocal start(DynamoDbClassPath classPath, String lock, List<String> options, int wanted) {
        try {
            for (int i = 1; ; i++) {
                Path scratch = Files.createTempDirectory("weir-dynamodb-");
                Path log = scratch.resolve("output.log");
                int port = wanted == 0 ? freePort() : wanted;
                Process process = launch(command(classPath.withLauncherIn(scratch), lock, options, port), log);
                URI endpoint = URI.create("http://127.0.0.1:" + port);
                if (awaitAnswer(process, endpoint)) {
                    return new DynamoDbLocal(process, endpoint, scratch);
                }
                end(process);
                String said = Files.readString(log);
                delete(scratch);
                if (i == STARTS_MAX || wanted != 0 || !said.contains(PORT_TAKEN)) {
                    throw new IllegalStateException(
                            "DynamoDB Local does not start: starts=" + i + " port=" + port + " said=" + said);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start DynamoDB Local", e);
        }
    }

    private static List<String> command(String classPath, String lock, List<String> options, int port) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEBIBYTES + "m",
                "-XX:+UseSerialGC",
                // The server is busy in SQLite: the second compiler costs more at the start than it wins later.
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                ChildMain.class.getName(),
                DynamoDbLocalMain.class.getName(),
                lock,
                MAIN,
                "-sharedDb",
                "-disableTelemetry",
                "-port",
                String.valueOf(port)));
        command.addAll(options);
        return command;
    }

    /** The standard input stays a pipe: its end is how the child learns that we are gone. */
    private static Process launch(List<String> command, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // Options for our own JVM are not meant for the child.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        return builder.start();
    }

    private static boolean awaitAnswer(Process process, URI endpoint) {
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS_MAX);
        while (System.nanoTime() - deadlineNanos < 0) {
            if (answers(endpoint)) {
                return process.isAlive();
            }
            if (endsWithin(process, CHECK_MILLIS)) {
                return false;
            }
        }
        return false;
    }

    /** Any answer will do: a request without a signature is refused by a server that works. */
    private static boolean answers(URI endpoint) {
        try {
            HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
            connection.setConnectTimeout(CLOSE_MILLIS_MAX);
            connection.setReadTimeout(CLOSE_MILLIS_MAX);
            try {
                return connection.getResponseCode() > 0;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void end(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyClosed) {
            // The child is gone, which is what we want.
        }
        if (!endsWithin(process, CLOSE_MILLIS_MAX)) {
            process.destroyForcibly();
            endsWithin(process, CLOSE_MILLIS_MAX);
        }
    }

    private static boolean endsWithin(Process process, int millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return true;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("0.0.0.0"))) {
            return socket.getLocalPort();
        }
    }

    /** The system cleans its temporary directory if we cannot. */
    private static void delete(Path scratch) {
        try (var files = Files.list(scratch)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(scratch);
        } catch (IOException e) {
            // Nothing depends on it.
        }
    }
}
