package dev.weir.local.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Positions in a small text file, one line a shard: shard id, tab, position. Each save writes the whole file beside the old one and renames
 * it into place, so a crash leaves one or the other. Not forced to disk: after a power cut it may be behind. Thread-safe; one process a file.
 */
public final class FilePositions implements Positions {
    private final Path file;
    private final Path draft;
    private final Map<String, Position> positions;

    /**
     * @param file is read now if it exists; its directory is created
     * @throws UncheckedIOException if it cannot be read
     * @throws IllegalArgumentException if it is not such a file
     */
    public FilePositions(Path file) {
        this.file = file.toAbsolutePath();
        this.draft = this.file.resolveSibling(this.file.getFileName() + ".draft");
        this.positions = read(this.file);
    }

    @Override
    public synchronized Map<String, Position> load() {
        return Map.copyOf(positions);
    }

    @Override
    public synchronized void save(String shardId, Position position) {
        positions.put(shardId, position);
        String text = positions.entrySet().stream()
                .map(entry -> entry.getKey() + "\t" + entry.getValue().text() + "\n")
                .collect(Collectors.joining());
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(draft, text, UTF_8);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the positions of the mapping: file=" + file, e);
        }
    }

    private static Map<String, Position> read(Path file) {
        var positions = new TreeMap<String, Position>();
        if (!Files.exists(file)) {
            return positions;
        }
        try {
            for (String line : Files.readAllLines(file, UTF_8)) {
                int tab = line.indexOf('\t');
                if (tab < 0) {
                    throw new IllegalArgumentException(
                            "not a line of positions, remove the file to start anew: file=" + file + " line=" + line);
                }
                positions.put(line.substring(0, tab), Position.parse(line.substring(tab + 1)));
            }
            return positions;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the positions of the mapping: file=" + file, e);
        }
    }
}
