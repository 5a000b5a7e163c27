package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.local.bus.UsageException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LineServerTest {
    private static final int WAIT_SECONDS = 30;

    /** More than the buffers of a connection hold. */
    private static final int BYTES_MAX = 64 * 1024 * 1024;

    /** Nobody reads if a connection is full for so long. */
    private static final Duration FULL = Duration.ofMillis(500);

    private final CountDownLatch stop = new CountDownLatch(1);
    private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private LineServer server;
    private CompletableFuture<Void> serving = CompletableFuture.completedFuture(null);

    private void serve(LineServer.Taker taker) throws IOException {
        server = LineServer.open(0, taker);
        serving = CompletableFuture.runAsync(
                () -> server.serveUntil(stop, said::add),
                task -> Thread.ofPlatform().daemon().start(task));
    }

    private void take(InputLines.Line line, int from) {
        taken.add(line.text().toString());
    }

    @AfterEach
    void close() {
        stop.countDown();
        server.close();
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private String next() throws InterruptedException {
        String line = taken.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        assertThat(line).as("a line; said: %s", said).isNotNull();
        return line;
    }

    private static List<String> lines(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + i).toList();
    }

    @Test
    void takesTheLinesOfSeveralConnectionsEachInItsOrder() throws Exception {
        serve(this::take);
        try (Socket a = connect();
                Socket b = connect()) {
            send(a, String.join("\n", lines("a", 500)));
            send(b, String.join("\r\n", lines("b", 500)));
        }

        List<String> all = IntStream.range(0, 1_000).mapToObj(_ -> assertNext()).toList();

        assertThat(all).filteredOn(line -> line.startsWith("a")).isEqualTo(lines("a", 500));
        assertThat(all).filteredOn(line -> line.startsWith("b")).isEqualTo(lines("b", 500));
    }

    private String assertNext() {
        try {
            return next();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatWasReadIsTakenWhenItIsStoppedAndHalfALineIsNot() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        serve((line, from) -> {
            take(line, from);
            await(goOn);
        });
        try (Socket socket = connect()) {
            send(socket, "one\ntwo\nthree\nfo");
            assertThat(next()).isEqualTo("one");

            stop.countDown();
            assertThat(serving).isNotDone();
            goOn.countDown();
            serving.get(WAIT_SECONDS, TimeUnit.SECONDS);
        }

        assertThat(taken).containsExactly("two", "three");
        assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoSendsFasterThanLinesAreTakenHasToWait() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        serve((line, from) -> {
            await(goOn);
            take(line, from);
        });
        byte[] line = ("x".repeat(999) + "\n").getBytes(StandardCharsets.US_ASCII);
        long sent = 0;
        try (Selector selector = Selector.open();
                SocketChannel socket =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))) {
            socket.configureBlocking(false);
            socket.register(selector, SelectionKey.OP_WRITE);
            while (selector.select(FULL.toMillis()) > 0) {
                selector.selectedKeys().clear();
                sent += socket.write(
                        ByteBuffer.wrap(line, (int) (sent % line.length), line.length - (int) (sent % line.length)));
                assertThat(sent).as("bytes that nobody has taken").isLessThan(BYTES_MAX);
            }
            assertThat(taken).isEmpty();
            goOn.countDown();
        }

        for (long i = 0; i < sent / line.length; i++) {
            assertThat(next()).hasSize(999);
        }
    }

    @Test
    void aLineThatCannotBeTakenEndsIt() throws Exception {
        serve((_, _) -> {
            throw new IllegalStateException("the stream is gone");
        });
        try (Socket socket = connect()) {
            send(socket, "one\n");

            assertThatThrownBy(() -> serving.get(WAIT_SECONDS, TimeUnit.SECONDS))
                    .hasRootCauseMessage("the stream is gone");
        }
    }

    @Test
    void aConnectionThatBreaksIsToldAndItsHalfLineIsLeftOut() throws Exception {
        serve(this::take);
        Socket socket = connect();
        send(socket, "whole\nha");
        assertThat(next()).isEqualTo("whole");
        socket.setSoLinger(true, 0); // a reset instead of an end
        socket.close();

        assertThat(said.poll(WAIT_SECONDS, TimeUnit.SECONDS)).startsWith("weir: a connection broke");
        try (Socket other = connect()) {
            send(other, "next\n");
            assertThat(next()).isEqualTo("next");
        }
    }

    @Test
    void aPortThatCannotBeIsAMistakeOfTheUser() throws IOException {
        serve(this::take);

        assertThatThrownBy(() -> LineServer.open(server.port(), this::take))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("port=" + server.port());
        for (int port : new int[] {-1, 65_536}) {
            assertThatThrownBy(() -> LineServer.open(port, this::take))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("--tcp=" + port);
        }
    }
}
