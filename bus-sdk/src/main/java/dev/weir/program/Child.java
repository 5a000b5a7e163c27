package dev.weir.program;

import dev.weir.model.Json;
import dev.weir.wire.JsonCursor;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One process: lines in, lines out. Used by one thread; two of its own read what the process writes. */
final class Child implements AutoCloseable {
    private static final int LINES_WAITING_MAX = 20_000;
    private static final int LINE_BYTES_MAX = 1 << 20;
    private static final int STDIN_BYTES = 1 << 16;
    private static final int LAST_WORDS_MAX = 5;
    private static final byte[] END = {};

    /** The process is gone, is silent, or writes what is no JSON. */
    static final class MisbehavedException extends Exception {
        private static final long serialVersionUID = 1L;

        MisbehavedException(String message) {
            super(message);
        }
    }

    private final Process process;
    private final OutputStream stdin;
    private final BlockingQueue<byte[]> stdout = new LinkedBlockingQueue<>(LINES_WAITING_MAX);
    private final Deque<String> lastWords = new ArrayDeque<>();
    private final JsonCursor cursor = new JsonCursor();
    private final long patienceMillis;

    /**
     * @param stderr takes each line that the process writes there
     * @param patienceMillis how long it may take to answer
     */
    Child(List<String> command, Consumer<String> stderr, long patienceMillis) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PYTHONUNBUFFERED", "1");
        this.process = builder.start();
        this.stdin = new BufferedOutputStream(process.getOutputStream(), STDIN_BYTES);
        this.patienceMillis = patienceMillis;
        Thread.ofVirtual().start(this::readLines);
        Thread.ofVirtual().start(() -> readWords(stderr));
    }

    // ------------------------------------------------------------------ the threads that read

    private void readLines() {
        try (InputStream in = process.getInputStream()) {
            byte[] line = new byte[1024];
            int length = 0;
            byte[] chunk = new byte[STDIN_BYTES];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                for (int i = 0; i < n; i++) {
                    if (chunk[i] == '\n') {
                        stdout.put(Arrays.copyOf(line, length));
                        length = 0;
                    } else if (length < LINE_BYTES_MAX) {
                        line = length == line.length ? Arrays.copyOf(line, 2 * length) : line;
                        line[length++] = chunk[i];
                    }
                }
            }
        } catch (IOException | InterruptedException _) {
            // it is gone, which its missing answers will tell
        }
        while (!stdout.offer(END) && process.isAlive()) {
            Thread.onSpinWait();
        }
    }

    private void readWords(Consumer<String> stderr) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                stderr.accept(line);
                synchronized (lastWords) {
                    lastWords.addLast(line);
                    if (lastWords.size() > LAST_WORDS_MAX) {
                        lastWords.removeFirst();
                    }
                }
            }
        } catch (IOException _) {
            // it is gone
        }
    }

    // ------------------------------------------------------------------ in and out

    void write(Json line) throws MisbehavedException {
        try {
            byte[] text = line.toBytes();
            for (int i = 0; i < text.length; i++) {
                text[i] = text[i] == '\n' || text[i] == '\r'
                        ? (byte) ' '
                        : text[i]; // outside of strings: JSON escapes them there
            }
            stdin.write(text);
            stdin.write('\n');
        } catch (IOException _) {
            throw gone();
        }
    }

    void flush() throws MisbehavedException {
        try {
            stdin.flush();
        } catch (IOException _) {
            throw gone();
        }
    }

    /** Takes what was written so far. */
    void poll(Consumer<Json> lines) throws MisbehavedException {
        for (byte[] line = stdout.poll(); line != null; line = stdout.poll()) {
            lines.accept(json(line));
        }
    }

    /** Waits for a line. */
    Json take() throws MisbehavedException {
        try {
            byte[] line = stdout.poll(patienceMillis, TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new MisbehavedException("the program does not answer: waitedMillis=" + patienceMillis + words());
            }
            return json(line);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new MisbehavedException("interrupted");
        }
    }

    private Json json(byte[] line) throws MisbehavedException {
        if (line == END) {
            stdout.add(END);
            throw gone();
        }
        Json json = Json.of(line);
        cursor.reset(json);
        if (!cursor.expectEnd()) {
            String shown = new String(line, 0, Math.min(line.length, 200), StandardCharsets.UTF_8);
            throw new MisbehavedException("the program wrote what is no JSON: line=" + shown + words());
        }
        return json;
    }

    private MisbehavedException gone() {
        try {
            boolean ended = process.waitFor(1, TimeUnit.SECONDS);
            String how = ended ? "exit=" + process.exitValue() : "it closed its input or output";
            return new MisbehavedException("the program has ended: " + how + words());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new MisbehavedException("the program has ended");
        }
    }

    private String words() {
        synchronized (lastWords) {
            return lastWords.isEmpty() ? "" : " stderr=" + String.join(" | ", lastWords);
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
