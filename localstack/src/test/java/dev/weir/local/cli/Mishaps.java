package dev.weir.local.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * An input during which things happen: before each part of it but the first, one action, when all parts before have been read. Parts are
 * of equal size; a reader gets no more than {@value #READ_BYTES} bytes at once, so that it is busy for a while.
 */
final class Mishaps extends InputStream {
    private static final int READ_BYTES = 4_096;

    private final ByteArrayInputStream input;
    private final int partBytes;
    private final Deque<Runnable> actions;
    private long read;

    Mishaps(byte[] input, List<Runnable> actions) {
        this.input = new ByteArrayInputStream(input);
        this.partBytes = input.length / (actions.size() + 1);
        this.actions = new ArrayDeque<>(actions);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        long done = actions.isEmpty() ? 0 : read / partBytes;
        if (done > 0) {
            read -= partBytes;
            actions.remove().run();
        }
        int bytes = input.read(buffer, from, Math.min(length, READ_BYTES));
        read += Math.max(bytes, 0);
        return bytes;
    }
}
