package dev.weir.local.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM as a latch that is counted down: the command then ends in its own order, and the process with it. The process waits
 * for that, for a bounded time; a second signal does not make it quicker, kill -9 does.
 */
final class Signals implements AutoCloseable {
    private static final int END_SECONDS_MAX = 30;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private Signals(CountDownLatch stop) {
        this.hook = new Thread(() -> stopAndWait(stop), "stop");
    }

    static Signals countingDown(CountDownLatch stop) {
        Signals signals = new Signals(stop);
        Runtime.getRuntime().addShutdownHook(signals.hook);
        return signals;
    }

    private void stopAndWait(CountDownLatch stop) {
        stop.countDown();
        try {
            var _ = ended.await(END_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command has ended: the process may. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException signalled) {
            // the hook runs, and ends now
        }
    }
}
