package dev.weir.local.simulator;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Code that can stand still in the middle and go on later. It has a thread of its own, but only one of the two runs at any moment: who
 * resumes it waits until it stands still again or ends.
 */
final class Coroutine {
    private final Semaphore resumed = new Semaphore(0);
    private final Semaphore stopped = new Semaphore(0);
    private final Runnable body;
    private boolean started;
    private @Nullable Throwable thrown;

    Coroutine(Runnable body) {
        this.body = body;
    }

    /** Begins, or goes on where it stands; returns when it stands still or has ended. Throws what the body threw. */
    void resume() {
        if (started) {
            resumed.release();
        } else {
            started = true;
            Thread.ofVirtual().start(this::run);
        }
        stopped.acquireUninterruptibly();
        switch (thrown) {
            case null -> {}
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalStateException("a coroutine threw what nobody declared", thrown);
        }
    }

    /** Stands still until it is resumed. Called by the body alone. */
    void stand() {
        stopped.release();
        resumed.acquireUninterruptibly();
    }

    private void run() {
        try {
            body.run();
        } catch (Throwable e) { // told to whoever resumed
            thrown = e;
        } finally {
            stopped.release();
        }
    }
}
