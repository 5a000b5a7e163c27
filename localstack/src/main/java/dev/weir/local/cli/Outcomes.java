package dev.weir.local.cli;

import dev.weir.model.Json;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueReader;
import dev.weir.queue.ReadLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Prints the outcomes of a run as they come, in the order of each lane. Not thread-safe. */
final class Outcomes {
    private static final byte[] APPROVED = "\"outcome\":\"approve\"}".getBytes(StandardCharsets.US_ASCII);

    private final List<QueueReader> queues;
    private final OutputStream out;
    private long printed;
    private long approved;

    Outcomes(List<QueueReader> queues, OutputStream out) {
        this.queues = queues;
        this.out = out;
    }

    /** What is there now; answers whether there was anything. */
    boolean printSome() throws IOException {
        long before = printed;
        for (QueueReader queue : queues) {
            for (QueueEvent outcome : queue.next(ReadLimits.DEFAULTS).orThrow().events()) {
                print(outcome.payload());
            }
        }
        out.flush();
        return printed > before;
    }

    /** Everything that there is. */
    void printAll() throws IOException {
        while (printSome()) {
            // until nothing more comes
        }
    }

    long printed() {
        return printed;
    }

    long approved() {
        return approved;
    }

    private void print(Json outcome) throws IOException {
        out.write(outcome.array(), outcome.from(), outcome.length());
        out.write('\n');
        printed++;
        approved += endsWithApproved(outcome) ? 1 : 0;
    }

    private static boolean endsWithApproved(Json outcome) {
        int start = outcome.to() - APPROVED.length;
        for (int i = 0; i < APPROVED.length; i++) {
            if (start < outcome.from() || outcome.array()[start + i] != APPROVED[i]) {
                return false;
            }
        }
        return true;
    }
}
