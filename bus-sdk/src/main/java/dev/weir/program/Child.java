package dev.weir.program;

import dev.weir.model.Json;
import dev.weir.wire.ByteSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One process: lines in, lines out. Used by one thread; three of its own write to the process and read what it writes. */
final class Child implements AutoCloseable {
    /** Lines are handed on when they are so many bytes: a program reads about as much at a time. */
    private static final int BLOCK_BYTES = 8_192;

    private static final int LAST_WORDS_MAX = 5;
    private static final long LAST_WORDS_MILLIS = 1_000;
    private static final int SHOWN_CHARS_MAX = 200;

    /** The process is gone, is silent, or writes what is no JSON. */
    static final class MisbehavedException extends Exception {
        private static final long serialVersionUID = 1L;

        MisbehavedException(String message) {
            super(message);
        }
    }

    private final Process process;
    private final Stdin stdin;
    private final Stdout stdout;
    private final ByteSink block = new ByteSink(2 * BLOCK_BYTES);
    private final Thread listener;
    private final Deque<String> lastWords = new ArrayDeque<>();
    private final long patienceMillis;

    /**
     * @param stderr takes each line that the process writes there
     * @param patienceMillis how long it may take to answer
     */
    Child(List<String> command, Consumer<String> stderr, long patienceMillis) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PYTHONUNBUFFERED", "1");
        this.process = builder.start();
        this.patienceMillis = patienceMillis;
        this.stdin = new Stdin(process.getOutputStream());
        this.stdout = new Stdout(process.getInputStream());
        start("stdin", stdin);
        start("stdout", stdout);
        this.listener = start("stderr", () -> readWords(stderr));
    }

    private Thread start(String what, Runnable task) {
        return Thread.ofPlatform()
                .daemon()
                .name("program-" + process.pid() + "-" + what)
                .start(task);
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

    /** @param line on one line */
    void write(Json line) throws MisbehavedException {
        block.put(line);
        block.put('\n');
        if (block.size() >= BLOCK_BYTES) {
            flush();
        }
    }

    /** Lets the process have all that was written; while it does not take it, takes what it writes. */
    void flush() throws MisbehavedException {
        if (block.size() == 0) {
            return;
        }
        byte[] bytes = block.toBytes();
        block.clear();
        long arrived = stdout.arrived();
        long since = System.nanoTime();
        while (!stdin.offer(bytes)) {
            if (stdin.isBroken()) {
                throw gone();
            }
            stdout.gather();
            if (stdout.arrived() != arrived) {
                arrived = stdout.arrived();
                since = System.nanoTime();
            }
            if (System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(patienceMillis)) {
                throw silent();
            }
        }
    }

    /** Takes what was written so far. */
    void poll(Consumer<Json> lines) throws MisbehavedException {
        stdout.gather();
        take(lines);
    }

    /** Waits until there is something, and takes it. */
    void await(Consumer<Json> lines) throws MisbehavedException {
        flush();
        try {
            if (!stdout.await(patienceMillis)) {
                throw silent();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new MisbehavedException("interrupted");
        }
        if (!take(lines) && stdout.isEnded()) {
            throw gone();
        }
    }

    /** Answers whether there was a line. */
    private boolean take(Consumer<Json> lines) throws MisbehavedException {
        boolean some = false;
        for (Json line = stdout.line(); line != null; line = stdout.line()) {
            if (!stdout.isJson(line)) {
                String text = line.toString();
                throw new MisbehavedException("the program wrote what is no JSON: line="
                        + text.substring(0, Math.min(text.length(), SHOWN_CHARS_MAX)) + words());
            }
            lines.accept(line);
            some = true;
        }
        return some;
    }

    private MisbehavedException silent() {
        return new MisbehavedException("the program does not answer: waitedMillis=" + patienceMillis + words());
    }

    private MisbehavedException gone() {
        try {
            boolean ended = process.waitFor(1, TimeUnit.SECONDS);
            listener.join(LAST_WORDS_MILLIS); // its last words may come later than its end
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
        stdin.close();
        stdout.close();
    }
}
