package dev.weir.local.cli;

import dev.weir.local.bus.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder that is not there yet, or empty, and gets all of some files or none. */
final class NewFolder {
    private final Path folder;

    private NewFolder(Path folder) {
        this.folder = folder;
    }

    /** @throws UsageException if there is something already, or no folder can be there */
    static NewFolder at(Path place) throws IOException {
        Path folder = place.toAbsolutePath().normalize();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> inside = Files.list(folder)) {
                if (inside.findAny().isPresent()) {
                    throw new UsageException(
                            "the folder has something in it, choose another with --dir: --dir=" + place);
                }
            }
        } else if (Files.exists(folder)) {
            throw new UsageException(
                    "there is a file in the folder's place, choose another with --dir: --dir=" + place);
        }
        Path above = existing(folder);
        if (!Files.isDirectory(above) || !Files.isWritable(above)) {
            throw new UsageException("no folder can be made there: --dir=" + place + " in=" + above);
        }
        return new NewFolder(folder);
    }

    /** The folder, or the nearest one above it that exists. */
    private static Path existing(Path folder) {
        Path place = folder;
        while (!Files.exists(place)) {
            place = Optional.ofNullable(place.getParent()).orElseThrow();
        }
        return place;
    }

    /** Absolute. */
    Path path() {
        return folder;
    }

    /** Writes all of them; if one cannot be written, what was made is removed again. */
    void write(Map<Path, String> files) throws IOException {
        Deque<Path> made = new ArrayDeque<>();
        try {
            for (Map.Entry<Path, String> file : files.entrySet()) {
                Path place = folder.resolve(file.getKey());
                makeFolders(Optional.ofNullable(place.getParent()).orElseThrow(), made);
                made.push(place);
                Files.writeString(place, file.getValue(), StandardOpenOption.CREATE_NEW);
            }
        } catch (IOException | RuntimeException e) {
            remove(made, e);
            throw e;
        }
    }

    private static void makeFolders(Path place, Deque<Path> made) throws IOException {
        if (!Files.exists(place)) {
            makeFolders(Optional.ofNullable(place.getParent()).orElseThrow(), made);
            Files.createDirectory(place);
            made.push(place);
        }
    }

    private static void remove(Deque<Path> made, Exception because) {
        for (Path path : made) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                because.addSuppressed(e);
            }
        }
    }
}
