package dev.weir.local.bus;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was started, to be stopped in the opposite order. Not thread-safe. */
public final class Closing implements AutoCloseable {
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    public <C extends AutoCloseable> C add(C resource) {
        started.push(resource);
        return resource;
    }

    /** Closes all of it, also when something fails on the way; the first failure is thrown at the end. */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                if (first == null) {
                    first = new IllegalStateException("could not be stopped: " + e.getMessage(), e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Closes all of it because something failed; what fails on the way is only added to that. */
    public void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
