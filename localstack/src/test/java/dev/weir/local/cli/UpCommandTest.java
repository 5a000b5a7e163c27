package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aws.SystemTime;
import dev.weir.local.up.Address;
import dev.weir.local.up.Connection;
import dev.weir.port.ObjectStore.IfPresent;
import dev.weir.port.StreamRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./weir up} as a process of its own. */
@Timeout(180)
class UpCommandTest {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int STOP_SECONDS_MAX = 40;

    @TempDir
    Path folder = Path.of("");

    private Path data = Path.of("");
    private Process process;

    @BeforeEach
    void name() {
        data = folder.resolve("data");
    }

    @AfterEach
    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void saysWhereItIsWhileItIsThere() throws Exception {
        up("--data", data.toString());
        Address address = Address.find(data);

        assertThat(address.pid()).isEqualTo(process.pid());
        assertThat(Address.find(folder.resolve(".weir"))).isEqualTo(address);
        assertThat(said())
                .contains("weir is up; Ctrl-C stops it")
                .anyMatch(line -> line.contains(address.kinesis().toString()))
                .anyMatch(line -> line.contains(address.dynamoDb().toString()))
                .anyMatch(line -> line.contains(address.s3().toString()));

        stop();

        assertThat(data.resolve(Address.FILE)).doesNotExist();
        assertThat(folder.resolve(".weir").resolve(Address.FILE)).doesNotExist();
    }

    @Test
    void keepsWhatItHadAndGoesOnAfterATermination() throws Exception {
        up("--data", data.toString());
        try (Connection connection = Connection.to(Address.find(data))) {
            transfers(connection, 0, 50);
            await(connection, 50);
            connection.objects().put("bus/kept/object", new byte[] {1, 2, 3}, IfPresent.REPLACE);
        }
        stop();

        up("--data", data.toString());

        try (Connection connection = Connection.to(Address.find(data))) {
            assertThat(connection.objects().get("bus/kept/object").orElseThrow())
                    .containsExactly(1, 2, 3);
            transfers(connection, 50, 100);
            await(connection, 100);
        }
        assertThat(decided()).isEqualTo(targets(0, 100));
    }

    @Test
    void aKilledOneIsSaidToBeGoneAndItsDataIsKept() throws Exception {
        up("--data", data.toString());
        try (Connection connection = Connection.to(Address.find(data))) {
            transfers(connection, 0, 50);
            await(connection, 50);
        }
        long pid = process.pid();
        process.destroyForcibly().waitFor();

        Weir.Ran ran = read();
        assertThat(ran.exitCode()).isEqualTo(Main.USAGE);
        assertThat(ran.err())
                .containsExactly("weir: the bus is not up any more, start it again with ./weir up: pid=" + pid);

        up("--data", data.toString());
        assertThat(decided()).isEqualTo(targets(0, 50));
    }

    @Test
    void thePrintedEnvironmentIsThatOfAShell() throws Exception {
        up("--data", data.toString());

        Weir.Ran ran = Weir.run(new byte[0], "env", "--data", data.toString());
        Path script = Files.write(folder.resolve("env.sh"), ran.out());
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        "NODE_OPTIONS=--no-warnings; . " + script + "; . " + script
                                + "; echo \"$AWS_ENDPOINT_URL_S3\"; echo \"$NODE_OPTIONS\"; echo \"$RSTREAMS_CONFIG\"")
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(ran.exitCode()).isZero();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isEqualTo(Address.find(data).s3().toString());
        assertThat(lines.get(1)).isEqualTo("--no-warnings --require \"" + data.resolve("aws-sdk-2.cjs") + "\"");
        assertThat(lines.get(2)).contains("\"LeoStream\":\"weir-stream\"", "\"LeoS3\":\"weir-bus\"", "\"Region\":");
        assertThat(data.resolve("aws-sdk-2.cjs")).exists();
    }

    @Test
    void aPortThatIsTakenIsAMistakeOfTheUser() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            int port = taken.getLocalPort();

            Weir.Ran ran = Weir.run(new byte[0], "up", "--port", Integer.toString(port));

            assertThat(ran.err())
                    .containsExactly("weir: a port is taken, choose another --port or leave it out: port=" + port);
            assertThat(ran.exitCode()).isEqualTo(Main.USAGE);
        }
    }

    // ------------------------------------------------------------------ the process

    private void up(String... options) throws IOException {
        Path input = Files.write(folder.resolve("empty"), new byte[0]);
        String[] arguments = new String[options.length + 1];
        arguments[0] = "up";
        System.arraycopy(options, 0, arguments, 1, options.length);
        Files.deleteIfExists(folder.resolve("out"));
        process = Weir.start(List.of("-Dweir.root=" + folder), input, folder.resolve("out"), arguments);
        while (!Files.exists(data.resolve(Address.FILE)) || said().size() < 12) {
            assertThat(process.isAlive()).as(() -> "up ended: " + complaints()).isTrue();
            new SystemTime().pause(POLL);
        }
    }

    /** As a terminal's Ctrl-C and a service manager do. */
    private void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS))
                .as("stopped")
                .isTrue();
        assertThat(complaints()).isEqualTo("weir: stopping...\nweir: the bus has stopped\n");
    }

    private List<String> said() throws IOException {
        Path out = folder.resolve("out");
        return Files.exists(out) ? Files.readAllLines(out) : List.of();
    }

    private String complaints() {
        try {
            return Files.readString(folder.resolve("out.err"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    // ------------------------------------------------------------------ the ledger on it

    private static void transfers(Connection connection, int from, int to) {
        List<StreamRecord> records = IntStream.range(from, to)
                .mapToObj("{\"source\":\"sweep\",\"target\":\"account-%d\",\"amount\":1}"::formatted)
                .map(line -> new StreamRecord("sweep", null, line.getBytes(StandardCharsets.UTF_8)))
                .toList();
        connection.wiring().streams().put(connection.bus().stream("transfers"), records);
    }

    private Weir.Ran read() {
        return Weir.run(new byte[0], "read", "transfers.decided", "--payload", "--data", data.toString());
    }

    private List<String> decided() {
        return read().out().stream()
                .map(line -> line.replaceAll(".*\"target\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private void await(Connection connection, int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS_MAX);
        while (decided().size() < count) {
            assertThat(System.nanoTime() - end).as("decided: %s", decided()).isNegative();
            connection.wiring().time().pause(POLL);
        }
    }

    private static List<String> targets(int from, int to) {
        return IntStream.range(from, to).mapToObj("account-%d"::formatted).toList();
    }
}
