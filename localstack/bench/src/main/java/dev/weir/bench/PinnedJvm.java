package dev.weir.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** A JVM on one core that runs {@link EngineSide} and stays warm between measurements. Ends with {@link #close}. Not thread-safe. */
final class PinnedJvm implements AutoCloseable {
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xms1g", "-Xmx1g");

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter commands;
    private final long eventBytes;

    /** Nanoseconds of processor time and by the clock. */
    record Nanos(double processor, double clock) {}

    PinnedJvm(List<String> pin, Path transfers, int eventsPerBatch, int eventsPerRecord) throws IOException {
        List<String> java = Machine.java(
                OPTIONS,
                EngineSide.class,
                transfers.toString(),
                Integer.toString(eventsPerBatch),
                Integer.toString(eventsPerRecord));
        process = new ProcessBuilder(Machine.concat(pin, java))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader();
        commands = process.outputWriter();
        eventBytes = Long.parseLong(answer()[1]);
    }

    /** Bytes of all Lambda events together. */
    long eventBytes() {
        return eventBytes;
    }

    Nanos measure(String what) {
        try {
            commands.write(what + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the measured JVM is gone", e);
        }
        String[] answer = answer();
        return new Nanos(Double.parseDouble(answer[0]), Double.parseDouble(answer[1]));
    }

    private String[] answer() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("the measured JVM ended; see above what it said");
            }
            return line.split(" ");
        } catch (IOException e) {
            throw new UncheckedIOException("the measured JVM is gone", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
