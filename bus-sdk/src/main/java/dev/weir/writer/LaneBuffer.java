package dev.weir.writer;

import dev.weir.model.Json;
import dev.weir.port.Streams;
import java.util.ArrayDeque;
import java.util.List;

/**
 * What one lane has not got accepted yet, oldest first: encoded records, full chunks, the open chunk. Gives one record at a time away and
 * goes on only when that is accepted, so nothing overtakes. Not thread-safe; driven by {@link Batcher}.
 */
final class LaneBuffer {

    /** Due at once. */
    static final long NOW = Long.MIN_VALUE;

    /** Not due until something happens. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int RECORD_FRAMING_BYTES = 4 * 1024;

    /** A new chunk starts as large as the last one was, up to here: many lanes with little traffic must not hold much memory. */
    private static final int BYTES_EXPECTED_MAX = 64 * 1024;

    private final int lane;
    private final long start;
    private final WriterLimits limits;
    private final ArrayDeque<RawChunk> full = new ArrayDeque<>(2);
    private RawChunk open;
    private List<Outgoing> encoded = List.of();
    private long next;
    private long accepted;
    private long flushTo;
    private int bytesExpected;
    private boolean inFlight;
    private int tries;
    private long firstTryMillis;
    private long retryMillis;

    LaneBuffer(int lane, long firstNumber, WriterLimits limits) {
        this.lane = lane;
        this.start = firstNumber;
        this.limits = limits;
        this.next = firstNumber;
        this.accepted = firstNumber - 1;
        this.open = new RawChunk(firstNumber);
    }

    /** Gives the event its number and copies it. Tells whether {@link #dueMillis} may have changed. */
    boolean add(Json event, long nowMillis) {
        boolean cut = !open.hasRoom(event.length(), limits);
        if (cut) {
            full.add(takeOpen());
        }
        open.append(event, nowMillis, bytesExpected);
        next++;
        return cut || open.events() == 1 || !open.hasRoom(1, limits);
    }

    /** From now on everything up to here is due. Gives the highest number it holds for. */
    long flush() {
        flushTo = next - 1;
        return flushTo;
    }

    /**
     * When the lane wants to be claimed.
     *
     * @param hurry whether the open chunk shall not wait for company
     */
    long dueMillis(boolean hurry) {
        if (inFlight) {
            return NEVER;
        }
        if (!encoded.isEmpty()) {
            return tries == 0 ? NOW : retryMillis;
        }
        if (!full.isEmpty()) {
            return NOW;
        }
        if (open.isEmpty()) {
            return NEVER;
        }
        boolean ready = hurry || open.first() <= flushTo || !open.hasRoom(1, limits);
        return ready ? NOW : open.openedMillis() + limits.delayMax().toMillis();
    }

    /** Most bytes that the next claim may bring into a request. */
    int claimBytesMax() {
        if (!encoded.isEmpty()) {
            return encoded.getFirst().record().data().length + RECORD_FRAMING_BYTES;
        }
        int raw = (full.isEmpty() ? open : full.getFirst()).rawBytes();
        return Math.min(raw + raw / 256, Streams.RECORD_BYTES_MAX) + RECORD_FRAMING_BYTES;
    }

    /** Gives the oldest away. The lane must be due. */
    Claim claim(long nowMillis) {
        inFlight = true;
        if (tries == 0) {
            firstTryMillis = nowMillis;
        }
        if (!encoded.isEmpty()) {
            return new Claim.Encoded(this, encoded);
        }
        if (!full.isEmpty()) {
            return new Claim.Fresh(this, full.remove());
        }
        return new Claim.Fresh(this, takeOpen());
    }

    private RawChunk takeOpen() {
        var chunk = open;
        bytesExpected = Math.min(chunk.rawBytes(), BYTES_EXPECTED_MAX);
        open = new RawChunk(next);
        return chunk;
    }

    /** The first of the claimed records is in the stream. */
    void accept(List<Outgoing> records) {
        accepted = records.getFirst().last();
        encoded = records.subList(1, records.size());
        tries = 0;
        inFlight = false;
    }

    /** The first of the claimed records may not be in the stream. Tells how long it has been tried. */
    long reject(List<Outgoing> records, long nowMillis) {
        encoded = records;
        tries++;
        inFlight = false;
        return nowMillis - firstTryMillis;
    }

    void retryAt(long millis) {
        retryMillis = millis;
    }

    int lane() {
        return lane;
    }

    /** How often the oldest record was put and not accepted. */
    int tries() {
        return tries;
    }

    /** The highest number in the stream; one below the first if there is none. */
    long accepted() {
        return accepted;
    }

    boolean isDrained() {
        return accepted == next - 1;
    }

    boolean hasAccepted() {
        return accepted >= start;
    }
}
