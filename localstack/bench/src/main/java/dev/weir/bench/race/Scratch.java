package dev.weir.bench.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for what a side writes, deleted at the end. Not thread-safe. */
public final class Scratch implements AutoCloseable {
    private final Path root;

    private Scratch(Path root) {
        this.root = root;
    }

    /** A new one with these empty files. */
    public static Scratch create(String... files) throws IOException {
        Scratch scratch = new Scratch(Files.createTempDirectory("weir-bench-"));
        for (String file : files) {
            Files.createFile(scratch.file(file));
        }
        return scratch;
    }

    /** A file in it. */
    public Path file(String name) {
        return root.resolve(name);
    }

    /** A folder in it, which is empty now. */
    public Path folder(String name) throws IOException {
        Path folder = root.resolve(name);
        delete(folder);
        return Files.createDirectory(folder);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        delete(root);
    }
}
