package dev.weir.local.cli;

import dev.weir.model.Json;
import dev.weir.queue.BadLine;
import dev.weir.queue.QueueEntry;
import dev.weir.queue.QueueEvent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Prints what a queue holds, a line each. Not thread-safe. */
final class EventPrinter {
    private final OutputStream out;
    private final Progress notes;
    private final boolean isPayloadOnly;

    /** @param isPayloadOnly leaves the envelope out */
    EventPrinter(Stdio stdio, boolean isPayloadOnly) {
        this.out = new BufferedOutputStream(stdio.out());
        this.notes = Progress.on(stdio);
        this.isPayloadOnly = isPayloadOnly;
    }

    /** An event goes to the results; a line that is none is a note for people, since what reads the results expects JSON. */
    void print(QueueEntry entry) throws IOException {
        switch (entry) {
            case QueueEvent event -> write(isPayloadOnly ? event.payload() : event.resolved());
            case BadLine bad ->
                notes.log("weir: a line is no event: queue=" + bad.queue() + " eid=" + bad.eid() + " reason="
                        + bad.reason());
        }
    }

    private void write(Json json) throws IOException {
        out.write(json.array(), json.from(), json.length());
        out.write('\n');
    }

    void flush() throws IOException {
        out.flush();
    }

    /** Whether nobody reads the results any more, as behind {@code | head}: no failure. */
    static boolean isClosedPipe(IOException failure) {
        return String.valueOf(failure.getMessage()).contains("Broken pipe");
    }
}
