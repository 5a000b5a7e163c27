package dev.weir.program;

import dev.weir.model.Json;
import dev.weir.program.Child.MisbehavedException;
import dev.weir.wire.ByteSink;
import dev.weir.wire.JsonCursor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a process writes: read in blocks by a thread of its own, cut into lines by the one that wants them.
 *
 * <p>Programs mostly write line by line. To be woken for each would take longer than many of them take to make it, so the reader pauses for
 * a moment after it has read a little; what is written meanwhile waits in the pipe.
 */
final class Stdout implements Runnable, AutoCloseable {
    private static final int READ_BYTES = 1 << 16;
    private static final int LITTLE_BYTES = READ_BYTES / 4;
    private static final long PAUSE_NANOS = 300_000;

    /** Blocks that wait to be taken. */
    private static final int BLOCKS_MAX = 512;

    /** Most bytes of a line; a snapshot may be so long. */
    private static final int LINE_BYTES_MAX = 1 << 24;

    private static final byte[] END = {};
    private static final byte[] NOTHING = {};

    private final InputStream in;
    private final BlockingQueue<byte[]> blocks = new LinkedBlockingQueue<>(BLOCKS_MAX);
    private volatile boolean closed;

    // of the thread that takes lines
    private final Deque<byte[]> gathered = new ArrayDeque<>();
    private final JsonCursor cursor = new JsonCursor();
    private byte[] current = NOTHING;
    private int at;
    private final ByteSink begun = new ByteSink();
    private boolean ended;
    private long arrived;

    Stdout(InputStream in) {
        this.in = in;
    }

    // ------------------------------------------------------------------ the thread that reads

    @Override
    public void run() {
        byte[] chunk = new byte[READ_BYTES];
        try (in) {
            for (int n = in.read(chunk); n >= 0 && !closed; n = in.read(chunk)) {
                put(Arrays.copyOf(chunk, n));
                if (n < LITTLE_BYTES) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } catch (IOException _) {
            // it is gone, which its missing answers will tell
        }
        put(END);
    }

    private void put(byte[] block) {
        try {
            while (!closed && !blocks.offer(block, 1, TimeUnit.SECONDS)) {
                // nobody takes lines for the moment: the process has to wait
            }
        } catch (InterruptedException _) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        blocks.clear();
    }

    // ------------------------------------------------------------------ the thread that takes lines

    /** Takes over what was read so far. */
    void gather() {
        for (byte[] block = blocks.poll(); block != null; block = blocks.poll()) {
            add(block);
        }
    }

    /** Waits until something was read; answers whether it was. */
    boolean await(long millis) throws InterruptedException {
        gather();
        if (at == current.length && gathered.isEmpty() && !ended) {
            byte[] block = blocks.poll(millis, TimeUnit.MILLISECONDS);
            if (block == null) {
                return false;
            }
            add(block);
        }
        return true;
    }

    private void add(byte[] block) {
        if (block == END) {
            ended = true;
        } else {
            gathered.add(block);
            arrived += block.length;
        }
    }

    /** How many bytes there were in all. */
    long arrived() {
        return arrived;
    }

    /** Whether nothing more will come. */
    boolean isEnded() {
        return ended;
    }

    /** The next whole line, or null. */
    @Nullable
    Json line() throws MisbehavedException {
        while (at < current.length || !gathered.isEmpty()) {
            if (at == current.length) {
                current = gathered.remove();
                at = 0;
            }
            int from = at;
            int end = from;
            while (end < current.length && current[end] != '\n') {
                end++;
            }
            at = Math.min(current.length, end + 1);
            if (end < current.length && begun.size() == 0) {
                return new Json(current, from, end);
            }
            begin(from, end);
            if (end < current.length) {
                Json line = Json.of(begun.toBytes());
                begun.clear();
                return line;
            }
        }
        return null;
    }

    /** Puts aside a piece of a line. */
    private void begin(int from, int to) throws MisbehavedException {
        if (begun.size() + to - from > LINE_BYTES_MAX) {
            throw new MisbehavedException("the program wrote a line that is too long: max=" + LINE_BYTES_MAX);
        }
        begun.put(current, from, to);
    }

    boolean isJson(Json line) {
        cursor.reset(line);
        return cursor.expectEnd();
    }
}
