package dev.weir.local.cli;

import java.io.PrintStream;

/** One line on the terminal that is rewritten in place; nothing at all when stderr is not a terminal. Thread-safe. */
final class Progress {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream err;
    private final boolean terminal;

    Progress(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** The launch script knows whether stderr is a terminal; Java does not. */
    static Progress on(Stdio stdio) {
        return new Progress(stdio.err(), Boolean.getBoolean("weir.terminal"));
    }

    synchronized void show(String status) {
        if (terminal) {
            err.print(CLEAR_LINE + "weir: " + status);
            err.flush();
        }
    }

    /** A line that stays, such as the function's own log. */
    synchronized void log(String line) {
        if (terminal) {
            err.print(CLEAR_LINE);
        }
        err.println(line);
    }

    synchronized void done() {
        if (terminal) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }
}
