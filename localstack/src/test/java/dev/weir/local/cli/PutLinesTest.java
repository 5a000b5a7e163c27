package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bot.Bot;
import dev.weir.functions.examples.WordCount;
import dev.weir.local.up.Up;
import dev.weir.local.up.UpOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./weir put --text} and {@code ./weir put --tcp}. */
@Timeout(120)
class PutLinesTest {
    private static final int WAIT_SECONDS = 60;
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Pattern PORT = Pattern.compile("listening.* port=(\\d+)");

    @TempDir
    private static Path data;

    private static Up up;

    private Process process;

    @BeforeAll
    static void start() {
        up = Up.start(UpOptions.defaults().running(Bot.of(WordCount.PIPELINE)));
        up.address().write(data);
    }

    @AfterAll
    static void stop() {
        if (up != null) {
            up.close();
        }
    }

    @AfterEach
    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private static Weir.Ran put(String input, String... arguments) {
        return weir(input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    private static Weir.Ran weir(byte[] input, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        return Weir.run(input, all.toArray(String[]::new));
    }

    private static List<String> await(String queue, int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (true) {
            List<String> payloads =
                    weir(new byte[0], "read", queue, "--payload").out();
            if (payloads.size() >= count) {
                return payloads;
            }
            assertThat(System.nanoTime() - end).as("of %d: %s", count, payloads).isNegative();
            up.connection().wiring().time().pause(POLL);
        }
    }

    @Test
    void aLineOfTextIsAJsonStringWhateverIsInIt() {
        Weir.Ran ran = put("plain\n{\"a\":\"\\\"}\ncaf\u00e9 \t\"x\"\n\n17\n", "put", "texts", "--text");

        assertThat(ran.err()).containsExactly("weir: 4 events put into texts");
        assertThat(await("texts", 4))
                .containsExactly(
                        "\"plain\"", "\"{\\\"a\\\":\\\"\\\\\\\"}\"", "\"caf\u00e9 \\u0009\\\"x\\\"\"", "\"17\"");
    }

    @Test
    void bytesThatAreNoTextAreNamedAndLeftOut() {
        Weir.Ran ran = weir(new byte[] {'a', '\n', (byte) 0xc3, '\n', 'b'}, "put", "bytes", "--text");

        assertThat(ran.exitCode()).isEqualTo(Main.FAILED);
        assertThat(ran.err()).containsExactly("weir: left out, no UTF-8: line=2", "weir: 2 events put into bytes");
        assertThat(await("bytes", 2)).containsExactly("\"a\"", "\"b\"");
    }

    @Test
    void aLineOfTextHasNoField() {
        assertThat(put("", "put", "--stream", "lines", "--text", "--key", "word")
                        .err())
                .containsExactly("weir: --key names a field, and a line of --text has none: --key=word");
        assertThat(put("", "put", "--stream", "nowhere", "--text").err())
                .hasSize(1)
                .first()
                .asString()
                .contains("--stream=nowhere");
    }

    @Test
    void linesOverTcpAreCountedAndAllArePutWhenItIsStopped() throws Exception {
        int port = listen("put", "--stream", "lines", "--text", "--tcp", "0");
        for (int connection = 0; connection < 2; connection++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                String text = "word\n".repeat(100);
                socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            }
        }

        assertThat(await("words.counted", 200))
                .extracting(line -> line.replaceAll("\\D", ""))
                .isEqualTo(IntStream.rangeClosed(1, 200)
                        .mapToObj(Integer::toString)
                        .toList());
        process.destroy();
        assertThat(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(said()).endsWith("weir: 200 events put into the stream lines");
    }

    @Test
    void aPayloadOverTcpThatIsNoJsonIsNamedAndLeftOut() throws Exception {
        int port = listen("put", "over-tcp", "--tcp", "0");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("{\"i\":1}\n{\n2".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(await("over-tcp", 2)).containsExactly("{\"i\":1}", "2");
        process.destroy();
        assertThat(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(said())
                .anyMatch(line -> line.startsWith("weir: left out, no JSON value: line=2 from="))
                .endsWith("weir: 2 events put into over-tcp");
    }

    private int listen(String... arguments) throws IOException {
        Path input = Files.write(data.resolve("empty"), new byte[0]);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        process = Weir.start(input, data.resolve("out"), all.toArray(String[]::new));
        while (true) {
            Matcher port = PORT.matcher(String.join("\n", said()));
            if (port.find()) {
                return Integer.parseInt(port.group(1));
            }
            assertThat(process.isAlive()).as("it listens: %s", said()).isTrue();
            up.connection().wiring().time().pause(POLL);
        }
    }

    private static List<String> said() throws IOException {
        Path err = data.resolve("out.err");
        return Files.exists(err) ? Files.readAllLines(err) : List.of();
    }
}
