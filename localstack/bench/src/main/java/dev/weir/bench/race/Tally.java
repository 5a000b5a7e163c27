package dev.weir.bench.race;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How many results there are and what they are, in any order: two tallies with the same text were given the same lines. Not thread-safe. */
public final class Tally {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private long count;
    private long sum;

    /** One result. */
    public void add(byte[] line) {
        add(line, 0, line.length);
    }

    /** One result that is a part of something. */
    public void add(byte[] array, int from, int to) {
        long hash = OFFSET;
        for (int i = from; i < to; i++) {
            hash = (hash ^ array[i]) * PRIME;
        }
        count++;
        sum += hash ^ hash >>> 32;
    }

    /** All lines of all files of a folder and of the folders in it. */
    public void addFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                addLines(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the results: folder=" + folder, e);
        }
    }

    private void addLines(byte[] bytes) {
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                add(bytes, from, at);
                from = at + 1;
            }
        }
    }

    /** How many there are. */
    public long count() {
        return count;
    }

    /** One word. */
    public String text() {
        return count + "/" + Long.toHexString(sum);
    }
}
