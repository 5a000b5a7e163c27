package dev.weir.writer;

import dev.weir.model.Json;
import dev.weir.port.PutOutcome;
import dev.weir.port.Streams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The writer without threads and without a clock: numbers events, says what goes into the next request and takes its outcomes. A request holds
 * one record of each lane that is due; a lane is in one request at a time. Not thread-safe; moments are milliseconds from any fixed one.
 */
final class Batcher {

    private final WriterLimits limits;
    private final Backoff backoff;
    private final LaneBuffer[] lanes;
    private int nextLane;
    private boolean hurry;
    private long bufferedBytes;
    private long events;
    private long records;
    private long retries;

    Batcher(Producer producer, WriterLimits limits, RandomGenerator random) {
        this.limits = limits;
        this.backoff = new Backoff(limits, random);
        this.lanes = new LaneBuffer[producer.lanes().count()];
        for (int lane = 0; lane < lanes.length; lane++) {
            lanes[lane] = new LaneBuffer(lane, producer.firstNumber(lane), limits);
        }
    }

    /** What an event counts in the bound of the buffer. */
    static long bufferedBytes(int eventBytes) {
        return (long) eventBytes + WriterLimits.EVENT_OVERHEAD_BYTES;
    }

    boolean hasRoom(int eventBytes) {
        return bufferedBytes + bufferedBytes(eventBytes) <= limits.bufferedBytesMax();
    }

    /** Gives the event the next number of its lane. Tells whether {@link #dueMillis(int)} may have changed. */
    boolean add(int lane, Json event, long nowMillis) {
        bufferedBytes += bufferedBytes(event.length());
        return lanes[lane].add(event, nowMillis);
    }

    /** While set, open chunks do not wait for company: somebody waits for room. */
    void hurry(boolean on) {
        hurry = on;
    }

    /** Makes everything that is here due at once. Gives the highest number of each lane. */
    long[] flush() {
        var numbers = new long[lanes.length];
        for (int lane = 0; lane < lanes.length; lane++) {
            numbers[lane] = lanes[lane].flush();
        }
        return numbers;
    }

    /** Whether every lane is accepted up to its number. */
    boolean isAccepted(long[] numbers) {
        for (int lane = 0; lane < lanes.length; lane++) {
            if (lanes[lane].accepted() < numbers[lane]) {
                return false;
            }
        }
        return true;
    }

    /** Whether everything is accepted. */
    boolean isDrained() {
        return bufferedBytes == 0;
    }

    /** The first lane that has something that is not accepted; the first lane, if none has. */
    LaneBuffer behind() {
        for (var lane : lanes) {
            if (!lane.isDrained()) {
                return lane;
            }
        }
        return lanes[0];
    }

    /** When the lane wants to be in a request. */
    long dueMillis(int lane) {
        return lanes[lane].dueMillis(hurry);
    }

    /** When the first lane wants to be in a request: {@link LaneBuffer#NOW}, a moment, or {@link LaneBuffer#NEVER}. */
    long dueMillis() {
        long due = LaneBuffer.NEVER;
        for (var lane : lanes) {
            due = Math.min(due, lane.dueMillis(hurry));
        }
        return due;
    }

    /** The next request, one claim for each lane in it; empty if no lane is due. Lanes that did not fit come first the next time. */
    List<Claim> claim(long nowMillis) {
        var claims = new ArrayList<Claim>();
        int bytes = 0;
        int begin = nextLane;
        for (int i = 0; i < lanes.length && claims.size() < Streams.PUT_RECORDS_MAX; i++) {
            var lane = lanes[(begin + i) % lanes.length];
            if (lane.dueMillis(hurry) > nowMillis) {
                continue;
            }
            bytes += lane.claimBytesMax();
            if (bytes > Streams.PUT_BYTES_MAX) {
                break;
            }
            retries += lane.tries() > 0 ? 1 : 0;
            claims.add(lane.claim(nowMillis));
            nextLane = (lane.lane() + 1) % lanes.length;
        }
        return claims;
    }

    /**
     * Takes the outcomes of a request, one for each claim. Gives the failure if a record ran into its deadline; the others are
     * settled all the same.
     */
    Optional<Failure> settle(List<Claim.Encoded> claims, List<PutOutcome> outcomes, long nowMillis) {
        Optional<Failure> failure = Optional.empty();
        for (int i = 0; i < claims.size(); i++) {
            var claim = claims.get(i);
            var rejected =
                    switch (outcomes.get(i)) {
                        case PutOutcome.Accepted _ -> accept(claim);
                        case PutOutcome.Refused(String reason) -> reject(claim, "refused: " + reason, nowMillis);
                        case PutOutcome.Unknown(String reason) -> reject(claim, "no answer: " + reason, nowMillis);
                    };
            failure = failure.or(() -> rejected);
        }
        return failure;
    }

    private Optional<Failure> accept(Claim.Encoded claim) {
        var record = claim.records().getFirst();
        claim.lane().accept(claim.records());
        bufferedBytes -= record.bufferedBytes();
        events += record.events();
        records++;
        return Optional.empty();
    }

    private Optional<Failure> reject(Claim.Encoded claim, String reason, long nowMillis) {
        var lane = claim.lane();
        long leftMillis = limits.deadline().toMillis() - lane.reject(claim.records(), nowMillis);
        if (leftMillis <= 0) {
            return Optional.of(new Failure(lane.lane(), lane.accepted() + 1, lane.tries(), reason, null));
        }
        lane.retryAt(nowMillis + Math.min(leftMillis, backoff.millis(lane.tries()))); // the last try is at the deadline
        return Optional.empty();
    }

    /** The highest accepted number of each lane that has one. */
    Map<Integer, Long> accepted() {
        SortedMap<Integer, Long> accepted = new TreeMap<>();
        for (var lane : lanes) {
            if (lane.hasAccepted()) {
                accepted.put(lane.lane(), lane.accepted());
            }
        }
        return Collections.unmodifiableSortedMap(accepted);
    }

    Flushed flushed() {
        return new Flushed(accepted(), events, records, retries);
    }
}
