package dev.weir.local.kinesis;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One shard and its records. Not thread-safe: its stream guards it. */
final class ShardState {

    private static final String ID_HEAD = "shardId-";

    private static final int ID_DIGITS = 12;
    /** Twelve digits on the wire, of which nine are enough for every shard that a stream will have. */
    private static final Pattern ID = Pattern.compile(ID_HEAD + "000\\d{9}");

    private final Change.ShardImage origin;
    private final String id;
    private final RecordRing records = new RecordRing();
    private final ShardBudget budget;
    private long endSequence;
    private long closedMillis;

    ShardState(Change.ShardImage image) {
        this.origin = image;
        this.id = id(image.index());
        this.budget = new ShardBudget(image.createdMillis());
        this.endSequence = image.endSequence();
        this.closedMillis = image.closedMillis();
    }

    static String id(int index) {
        String digits = Integer.toString(index);
        return ID_HEAD + "0".repeat(ID_DIGITS - digits.length()) + digits;
    }

    /** The index in a well-formed id; empty for any other text. */
    static Optional<Integer> index(String id) {
        return ID.matcher(id).matches()
                ? Optional.of(Integer.parseInt(id.substring(ID_HEAD.length())))
                : Optional.empty();
    }

    String id() {
        return id;
    }

    int index() {
        return origin.index();
    }

    HashRange range() {
        return origin.range();
    }

    List<Integer> parents() {
        return origin.parents();
    }

    RecordRing records() {
        return records;
    }

    ShardBudget budget() {
        return budget;
    }

    boolean isOpen() {
        return endSequence == 0;
    }

    long startSequence() {
        return origin.startSequence();
    }

    /** The greatest sequence that can be of this shard. */
    long lastPossible(long lastOfStream) {
        return isOpen() ? lastOfStream : endSequence;
    }

    /** Whether it holds a record of this sequence, or starts or ends with it. */
    boolean has(long sequence) {
        int index = records.firstFrom(sequence);
        return sequence == startSequence()
                || (!isOpen() && sequence == endSequence)
                || (index < records.size() && records.get(index).sequence() == sequence);
    }

    void close(long endSequence, long nowMillis) {
        this.endSequence = endSequence;
        this.closedMillis = nowMillis;
    }

    /** Whether it took records at this time. */
    boolean wasOpenAt(long epochMillis) {
        return origin.createdMillis() <= epochMillis && wasOpenSince(epochMillis);
    }

    /** Whether it took records at this time or later. */
    boolean wasOpenSince(long epochMillis) {
        return isOpen() || closedMillis > epochMillis;
    }

    Change.ShardImage image() {
        return new Change.ShardImage(
                origin.index(),
                origin.parents(),
                origin.range(),
                origin.startSequence(),
                origin.createdMillis(),
                endSequence,
                closedMillis);
    }

    ShardView view(SequenceSpace space) {
        return new ShardView(
                id,
                origin.parents().stream().map(ShardState::id).toList(),
                origin.range().first(),
                origin.range().last(),
                isOpen(),
                isOpen() ? null : space.format(endSequence));
    }

    ShardDetail detail(SequenceSpace space) {
        return new ShardDetail(view(space), space.format(origin.startSequence()));
    }
}
