package dev.weir.flow;

import dev.weir.model.Json;
import dev.weir.model.LaneId;

/**
 * The event that tells of a gap that was passed, in the queue {@code <bot>.gaps}:
 *
 * <pre>
 * {"bot":"ledger","lane":"lane-3","producer":"run-7","from":101,"to":117,"heldSince":1795178701640,"passedAt":1795178731650}
 * </pre>
 *
 * <p>{@code producer} or {@code key} names the scope; {@code from} to {@code to}, both inclusive, are the numbers that never came.
 */
final class Gap {

    /** An upper bound of the bytes of the event. */
    static final int BYTES_MAX = 8 * 1_024;

    private Gap() {}

    static Json event(String bot, LaneId lane, Held.Entry<?> held, long next, long lowest, long nowMillis) {
        String scope =
                switch (held.scope) {
                    case Scope.Producer(String id) -> "\"producer\":" + Json.quoted(id);
                    case Scope.OfKey(String key) -> "\"key\":" + Json.quoted(key);
                };
        return Json.of(
                "{\"bot\":\"" + bot + "\",\"lane\":\"" + lane.text() + "\"," + scope + ",\"from\":" + next + ",\"to\":"
                        + (lowest - 1) + ",\"heldSince\":" + held.sinceMillis + ",\"passedAt\":" + nowMillis + "}");
    }
}
