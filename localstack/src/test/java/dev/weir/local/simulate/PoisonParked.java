package dev.weir.local.simulate;

import dev.weir.model.LaneId;
import dev.weir.port.Item;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parked event, as it is stored.
 *
 * @param lane that keeps it
 * @param line its payload
 * @param reason why it was parked
 * @param key its key, if it has a place in the order of one; else empty
 * @param scope what numbered it, as a {@link PoisonGap} has it
 * @param number the number in that scope
 */
record PoisonParked(LaneId lane, String line, String reason, String key, String scope, long number) {
    private static final String LATE = "arrived after the gap";
    private static final Pattern LATE_IN_KEY = Pattern.compile(LATE + ".*: sequence=(\\d+)");

    static PoisonParked of(LaneId lane, Item item) {
        String line = new String(item.bytes("payload"), StandardCharsets.UTF_8);
        String reason = item.text("reason");
        String key = item.textOr("key", "");
        Matcher inKey = LATE_IN_KEY.matcher(reason);
        if (inKey.matches()) {
            String scope = PoisonGap.scope(lane.text(), "key", key);
            return new PoisonParked(lane, line, reason, key, scope, Long.parseLong(inKey.group(1)));
        }
        String scope = PoisonGap.scope(lane.text(), "producer", item.textOr("producer", ""));
        return new PoisonParked(lane, line, reason, key, scope, item.integerOr("number", 0));
    }

    /** Whether it came after the gap that it fills was passed. */
    boolean isLate() {
        return reason.startsWith(LATE);
    }
}
