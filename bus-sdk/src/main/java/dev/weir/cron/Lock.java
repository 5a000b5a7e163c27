package dev.weir.cron;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Path;

/**
 * The right of one run to speak for its bot, and the fence that ends it: as soon as another run was invoked, whatever is written under this
 * lock fails its condition.
 *
 * @param bot id of the bot
 * @param iid which of the bot's instances; {@code "0"} unless the bot is spread over several
 * @param token number of the invocation; each is above all before
 * @param requestId what the run calls itself; unique for each run, also of a repeated invocation
 */
public record Lock(String bot, String iid, long token, String requestId) {

    /** Holds while no newer run was invoked, and no other run took this invocation. */
    Condition held() {
        Path instance = Paths.instance(iid);
        return Condition.allOf(
                Condition.equal(instance.then("token"), Attribute.of(token)),
                Condition.equal(instance.then("requestId"), Attribute.of(requestId)));
    }
}
