package dev.weir.local.mapping;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Lets the threads of a mapping through, holds them, or sends them home. Knows which of them are in the middle of an invocation: those are
 * never interrupted before the time to drain has passed. Thread-safe.
 */
final class Gate {
    private enum State {
        OPEN,
        PAUSED,
        STOPPED
    }

    private final Set<Thread> waiting = new HashSet<>();
    private final Set<Thread> invoking = new HashSet<>();
    private State state = State.OPEN;

    /** To be called first by a thread that may be interrupted while it does not invoke. */
    synchronized void join() {
        waiting.add(Thread.currentThread());
    }

    synchronized void leave() {
        waiting.remove(Thread.currentThread());
        notifyAll();
    }

    /** Waits while paused; false when stopped. After true the thread is left alone until {@link #exit}. */
    synchronized boolean enter() {
        try {
            while (state == State.PAUSED) {
                wait();
            }
        } catch (InterruptedException e) {
            // only stop interrupts; the state says so
        }
        if (state == State.STOPPED) {
            return false;
        }
        waiting.remove(Thread.currentThread());
        invoking.add(Thread.currentThread());
        return true;
    }

    synchronized void exit() {
        invoking.remove(Thread.currentThread());
        waiting.add(Thread.currentThread());
        notifyAll();
    }

    synchronized boolean isStopped() {
        return state == State.STOPPED;
    }

    synchronized void pause() {
        state = state == State.OPEN ? State.PAUSED : state;
    }

    synchronized void resume() {
        state = state == State.PAUSED ? State.OPEN : state;
        notifyAll();
    }

    /** Sends home whoever does not invoke. */
    synchronized void stop() {
        state = State.STOPPED;
        waiting.forEach(Thread::interrupt);
        notifyAll();
    }

    /** Interrupts the invocations that are left, too. */
    synchronized void abandon() {
        invoking.forEach(Thread::interrupt);
    }

    /** Waits until nobody invokes; false when the time has passed before. */
    synchronized boolean awaitQuiet(Duration atMost) throws InterruptedException {
        return await(atMost, false);
    }

    /** Waits until everybody has left; false when the time has passed before. */
    synchronized boolean awaitEmpty(Duration atMost) throws InterruptedException {
        return await(atMost, true);
    }

    private boolean await(Duration atMost, boolean everybody) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!invoking.isEmpty() || everybody && !waiting.isEmpty()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
