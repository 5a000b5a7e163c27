package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.model.Json;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What every event passes through must not make garbage. */
class AllocationTest {

    private static final int ROUNDS = 10_000;
    private static final long BYTES_MAX = ROUNDS; // less than a byte a line: noise of the virtual machine

    private static final byte[] TARGET = JsonCursor.ascii("target");
    private static final Json LINE =
            Json.of("{\"source\":\"é\\n\",\"target\":\"acct000030\",\"amount\":3.45,\"more\":[{\"a\":[null]}]}");
    private static final Json PLAIN = Json.of("{\"source\":\"acct000006\",\"target\":\"acct000030\",\"amount\":3.45}");

    @Test
    void skippingAndComparingNamesAllocateNothing() {
        var cursor = new JsonCursor();
        assertThat(allocatedBy(() -> {
                    cursor.reset(LINE);
                    boolean found = false;
                    for (boolean more = cursor.enterObject() && cursor.nextField(); more; more = cursor.nextField()) {
                        found |= cursor.fieldIs(TARGET);
                    }
                    return cursor.expectEnd() && found;
                }))
                .isLessThan(BYTES_MAX);
    }

    @Test
    void lookingForAnEnvelopeAllocatesNothing() {
        assertThat(allocatedBy(() -> Envelope.payloadOf(PLAIN).equals(PLAIN))).isLessThan(BYTES_MAX);
    }

    @Test
    void writingIntoASinkThatHasGrownAllocatesNothing() {
        var sink = new ByteSink();
        var encoder = new EnvelopeEncoder("ledger", "transfers.decided", sink);
        assertThat(allocatedBy(() -> {
                    sink.clear();
                    sink.putString("acct000006");
                    encoder.line(PLAIN, 1795178701640L, 1795178701640L, 7);
                    return sink.size() > 0;
                }))
                .isLessThan(BYTES_MAX);
    }

    private interface Action {
        boolean run();
    }

    private static long allocatedBy(Action action) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertThat(action.run()).isTrue();
        boolean done = true;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            done &= action.run();
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(done).isTrue();
        return allocated;
    }
}
