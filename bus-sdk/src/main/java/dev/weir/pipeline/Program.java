package dev.weir.pipeline;

import java.util.List;

/**
 * A program that reads JSON lines on its standard input and writes JSON lines on its standard output, as it is: it needs to know nothing of
 * Weir. It must be deterministic: the same lines in give the same lines out, and it must write them without waiting for more
 * input than they come from ({@code jq --unbuffered}; Python is told by {@code PYTHONUNBUFFERED}).
 *
 * @param command and its arguments: {@code python3 transfers.py}
 * @param answers how many lines it writes for each that it reads, 1 to 1,000
 */
public record Program(List<String> command, int answers) {
    private static final int ANSWERS_MAX = 1_000;

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
        return new Program(List.of(command), 1);
    }

    /** The same, but it answers each line with so many. */
    public Program answering(int lines) {
        return new Program(command, lines);
    }
}
