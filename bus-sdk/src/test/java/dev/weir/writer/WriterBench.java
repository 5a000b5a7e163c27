package dev.weir.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Lanes;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** Opens writers with real threads and the real clock, and knows their senders. */
final class WriterBench {

    private static final Duration JOIN_MAX = Duration.ofSeconds(10);

    private static final Time CLOCK = new Time() {
        @Override
        public long epochMillis() {
            return System.currentTimeMillis();
        }

        @Override
        public void pause(Duration duration) {
            throw new UnsupportedOperationException("a writer waits for conditions");
        }
    };

    private final List<Thread> senders = new CopyOnWriteArrayList<>();

    StreamWriter open(Streams streams, int lanes, WriterLimits limits) {
        return StreamWriter.open(
                streams, Producer.fresh("p", "s", new Lanes(lanes)), CLOCK, new Random(1), this::sender, limits);
    }

    private Thread sender(Runnable run) {
        var thread = Thread.ofVirtual().unstarted(run);
        senders.add(thread);
        return thread;
    }

    List<Thread> senders() {
        return senders;
    }

    /** Every test closes its writers; their threads must then be gone. */
    void requireSendersEnd() {
        senders.forEach(WriterBench::join);
    }

    static void join(Thread thread) {
        try {
            assertThat(thread.join(JOIN_MAX)).as("%s ends", thread).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when the thread got so far and waits. */
    static void awaitBlocked(Thread thread, BooleanSupplier soFar) {
        while (!soFar.getAsBoolean() || thread.getState() != Thread.State.WAITING) {
            assertThat(thread.isAlive()).as("%s blocks", thread).isTrue();
            Thread.onSpinWait();
        }
    }

    static String keyOf(Lanes lanes, int lane) {
        int i = 0;
        while (lanes.of("key" + i) != lane) {
            i++;
        }
        return "key" + i;
    }
}
