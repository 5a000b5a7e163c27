package dev.weir.pipeline;

import dev.weir.model.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A program that reads JSON lines on its standard input and writes JSON lines on its standard output, as it is: it needs to know nothing of
 * Weir. It must be deterministic: the same lines in give the same lines out, and it must write them without waiting for more
 * input than they come from ({@code jq --unbuffered}; Python is told by {@code PYTHONUNBUFFERED}).
 *
 * @param command and its arguments: {@code python3 transfers.py}
 * @param answers how many lines it writes for each that it reads, 1 to 1,000
 * @param snapshots how it is asked for its state, if it can be; else every new process reads all lines again
 */
public record Program(List<String> command, int answers, Optional<Snapshots> snapshots) {
    private static final int ANSWERS_MAX = 1_000;

    /** What asks for a snapshot, unless said. */
    public static final Json ASK = Json.of("{\"_weir\":\"snapshot\"}");

    /**
     * How a program is asked for its state.
     *
     * @param lines after so many lines it is asked again, at least 1
     * @param ask the line that asks; the program answers it with one line, its whole state, and goes on as if it had not been asked
     * @param restore from that answer the line that a new process is given before any other; it answers nothing
     */
    public record Snapshots(int lines, Json ask, UnaryOperator<Json> restore) {
        public Snapshots {
            if (lines < 1) {
                throw new IllegalArgumentException("a snapshot comes after one line at least: lines=" + lines);
            }
        }
    }

    public Program {
        command = List.copyOf(command);
        if (command.isEmpty() || command.getFirst().isEmpty()) {
            throw new IllegalArgumentException("a program has a command: command=" + command);
        }
        if (answers < 1 || answers > ANSWERS_MAX) {
            throw new IllegalArgumentException(
                    "a program answers each line with 1 to " + ANSWERS_MAX + " lines: answers=" + answers);
        }
    }

    /** A program that answers each line with one: {@code Program.of("python3", "transfers.py")}. */
    public static Program of(String... command) {
        return new Program(List.of(command), 1, Optional.empty());
    }

    /** The same, but it answers each line with so many. */
    public Program answering(int lines) {
        return new Program(command, lines, snapshots);
    }

    /**
     * The same, but it can tell its state: it answers the line <code>{"_weir":"snapshot"}</code>, which it gets after so many others, with one line,
     * and takes that back when it is started with <code>{"_weir":"restore","state":...}</code>. A new process then reads what came after its last snapshot
     * alone. A state that takes more than {@value Programs#SNAPSHOT_CHARS_MAX} characters when it is compressed is passed over.
     */
    public Program snapshotting(int lines) {
        return snapshotting(lines, ASK, state -> Json.of("{\"_weir\":\"restore\",\"state\":" + state + "}"));
    }

    /** The same with lines of the program's own: see {@link Snapshots}. */
    public Program snapshotting(int lines, Json ask, UnaryOperator<Json> restore) {
        return new Program(command, answers, Optional.of(new Snapshots(lines, ask, restore)));
    }
}
