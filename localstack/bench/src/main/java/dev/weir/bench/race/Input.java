package dev.weir.bench.race;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a side is started with.
 *
 * @param job what to do
 * @param file the events, one a line
 * @param commitMillis how often to commit, where time says so
 */
public record Input(Job job, Path file, int commitMillis) {

    /** From the arguments of a program. */
    public static Input of(String[] arguments) {
        return new Input(Job.valueOf(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]));
    }

    /** As arguments of a program. */
    public String[] arguments() {
        return new String[] {job.name(), file.toString(), Integer.toString(commitMillis)};
    }

    /** The events, without ends of lines. */
    public List<byte[]> lines() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                lines.add(Arrays.copyOfRange(bytes, from, at));
                from = at + 1;
            }
        }
        return lines;
    }

    /** A line as text. */
    public static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }
}
