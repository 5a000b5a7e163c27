package dev.weir.flow;

import dev.weir.model.Digits;
import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import java.util.Optional;

/**
 * What names a parked event of a bot: {@code lane-3.17.0} is the first of those that the 17th commit of lane 3 parked. It never names
 * another.
 *
 * @param lane that parked it
 * @param fence which commit of the lane
 * @param index place in the commit, from 0
 */
public record ParkedId(LaneId lane, long fence, int index) {
    private static final String SLICE = "lane-";
    private static final String PASS_THROUGH = "shard-";
    private static final int DIGITS_MAX = 18;
    private static final int INDEX_DIGITS_MAX = 4;

    /** The name, as operators read and write it. */
    public String text() {
        return lane.text() + "." + fence + "." + index;
    }

    /** Reads a name; empty for anything else. */
    public static Optional<ParkedId> parse(String text) {
        int last = text.lastIndexOf('.');
        int middle = text.lastIndexOf('.', last - 1);
        if (middle < 0
                || !isNumber(text.substring(middle + 1, last), DIGITS_MAX)
                || !isNumber(text.substring(last + 1), INDEX_DIGITS_MAX)) {
            return Optional.empty();
        }
        long fence = Long.parseLong(text.substring(middle + 1, last));
        int index = Integer.parseInt(text.substring(last + 1));
        return lane(text.substring(0, middle)).map(lane -> new ParkedId(lane, fence, index));
    }

    private static Optional<LaneId> lane(String text) {
        if (text.startsWith(SLICE) && isNumber(text.substring(SLICE.length()), INDEX_DIGITS_MAX)) {
            return Optional.of(new LaneId.Slice(Integer.parseInt(text.substring(SLICE.length()))));
        }
        return text.startsWith(PASS_THROUGH) && text.length() > PASS_THROUGH.length()
                ? Optional.of(new LaneId.PassThrough(text.substring(PASS_THROUGH.length())))
                : Optional.empty();
    }

    private static boolean isNumber(String text, int digitsMax) {
        return text.length() <= digitsMax && Digits.areWhole(text);
    }

    /**
     * The lane whose run puts the event back or drops it: its own; for an event of a shard's pass-through lane, which never runs again once
     * the shard is done, the lane of the shard's id. So each parked event has one lane that may remove it.
     */
    public int keeper(Lanes lanes) {
        return switch (lane) {
            case LaneId.Slice(int slice) -> slice;
            case LaneId.PassThrough(String shardId) -> lanes.of(shardId);
        };
    }

    String sort() {
        return SortKeys.item(SortKeys.PARKED, fence, index);
    }
}
