package dev.weir.local.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.local.bus.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What makes an input line the same line when a run is done again: the run's id, and the line's place among the lines of its lane. The
 * record is written before the first line is sent, and marked as finished after the last outcome; a run that finds an unfinished record
 * takes over its id. Without a data directory there is nothing to take over.
 */
final class RunRecord {

    /**
     * @param run id of the run, which is its producer id
     * @param input fingerprint of the first lines of the input
     * @param finished whether every line has its outcome
     * @param positions where each queue stood when the run began, by physical name
     * @param counts what the lanes had counted when the run began, by name
     * @param commits how many commits each lane had made when the run began
     */
    record Stored(
            String run,
            String input,
            boolean finished,
            Map<String, String> positions,
            Map<String, Long> counts,
            Map<Integer, Long> commits) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Optional<Path> file;
    private @Nullable Stored begun;

    private RunRecord(Optional<Path> file) {
        this.file = file;
    }

    static RunRecord in(Optional<Path> data) {
        return new RunRecord(data.map(directory -> directory.resolve("run.json")));
    }

    /** The unfinished run of this input, or a new one that begins at the given state. */
    Stored begin(String input, Map<String, String> positions, Map<String, Long> counts, Map<Integer, Long> commits) {
        Optional<Stored> open = read().filter(stored -> !stored.finished);
        if (open.isPresent() && !open.get().input.equals(input)) {
            throw new UsageException(
                    "an unfinished run of another input is in "
                            + file.map(Path::toString).orElse("")
                            + ": run it again with its own input first, or delete the file to give up what it had not yet sent");
        }
        Stored stored = open.orElseGet(
                () -> write(new Stored("run-" + UUID.randomUUID(), input, false, positions, counts, commits)));
        begun = stored;
        return stored;
    }

    /** Every line of the run that was begun has its outcome: what comes next is another run. */
    void finish() {
        if (begun == null) {
            throw new IllegalStateException("run was not begun: file=" + file);
        }
        write(new Stored(begun.run, begun.input, true, begun.positions, begun.counts, begun.commits));
    }

    private Optional<Stored> read() {
        if (file.isEmpty() || !Files.exists(file.get())) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.get().toFile(), Stored.class));
        } catch (IOException e) {
            throw new UsageException(
                    "record of the last run is not readable: file=" + file.get() + " reason=" + e.getMessage());
        }
    }

    private Stored write(Stored stored) {
        if (file.isPresent()) {
            write(stored, file.get());
        }
        return stored;
    }

    private static void write(Stored stored, Path to) {
        try {
            Path fresh = to.resolveSibling(to.getFileName() + ".new");
            JSON.writeValue(fresh.toFile(), stored);
            Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("record of the run cannot be written: file=" + to, e);
        }
    }
}
