package dev.weir.flow;

import dev.weir.wire.ByteSink;
import dev.weir.wire.Gzip;
import java.util.ArrayList;
import java.util.List;

/** Lines gathered in one buffer and cut, at line borders, into compressed pieces that fit into items. Not thread-safe. */
final class Pieces {

    /**
     * Some consecutive lines, compressed.
     *
     * @param from index of the first line
     * @param to index after the last line
     * @param gzip at most {@link Limits#ITEM_PAYLOAD_BYTES_MAX} bytes
     * @param size bytes before compression
     */
    record Piece(int from, int to, byte[] gzip, int size) {}

    private final ByteSink lines;
    private final List<Integer> ends = new ArrayList<>();
    private final Gzip gzip;

    Pieces(Gzip gzip, long bytesExpected) {
        this.gzip = gzip;
        this.lines = new ByteSink((int) Math.min(Limits.COMMIT_BYTES_MAX, bytesExpected));
    }

    /** Where the next line is to be written, with its newline; call {@link #endLine} after each. */
    ByteSink lines() {
        return lines;
    }

    void endLine() {
        ends.add(lines.size());
    }

    int count() {
        return ends.size();
    }

    List<Piece> cut() {
        return cut(Limits.CHUNK_BYTES);
    }

    /** Cuts so that no piece of several lines has more bytes than these before compression. */
    List<Piece> cut(int bytesMax) {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        while (from < count()) {
            int to = from + 1;
            while (to < count() && ends.get(to) - start(from) <= bytesMax) {
                to++;
            }
            compress(from, to, pieces);
            from = to;
        }
        return pieces;
    }

    private void compress(int from, int to, List<Piece> pieces) {
        byte[] compressed = gzip.compress(lines.array(), start(from), start(to));
        if (compressed.length <= Limits.ITEM_PAYLOAD_BYTES_MAX || to - from == 1) {
            pieces.add(new Piece(from, to, compressed, start(to) - start(from)));
            return;
        }
        int middle = (from + to) >>> 1;
        compress(from, middle, pieces);
        compress(middle, to, pieces);
    }

    private int start(int line) {
        return line == 0 ? 0 : ends.get(line - 1);
    }
}
