package dev.weir.program;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Writes blocks of lines to a process, in a thread of its own, so that who has them can go on while the process is busy. */
final class Stdin implements Runnable, AutoCloseable {
    /** Blocks that wait; a program that is slower than what comes in holds it back when they are so many. */
    private static final int BLOCKS_MAX = 64;

    private static final long OFFER_MILLIS = 10;
    private static final byte[] END = {};

    private final OutputStream out;
    private final BlockingQueue<byte[]> blocks = new LinkedBlockingQueue<>(BLOCKS_MAX);
    private volatile boolean broken;

    Stdin(OutputStream out) {
        this.out = out;
    }

    @Override
    public void run() {
        try (out) {
            for (byte[] block = blocks.take(); block != END; block = blocks.take()) {
                out.write(block);
                if (blocks.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException | InterruptedException _) {
            broken = true; // the process is gone, which its missing answers will tell
        }
    }

    /** Puts a block behind the others; answers whether there was room within a moment. */
    boolean offer(byte[] block) {
        try {
            return !broken && blocks.offer(block, OFFER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            broken = true;
            return false;
        }
    }

    /** Whether the process takes nothing more. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public void close() {
        broken = true;
        blocks.clear();
        var _ = blocks.offer(END); // if there is no room, the end of the process will be seen
    }
}
