package dev.weir.bot;

import java.util.function.IntPredicate;

/**
 * Which lanes one of several copies of a bot on queues takes: lane {@code l} belongs to instance {@code l % instances}. The number of
 * instances may change from run to run; an instance more than there are lanes has nothing to do.
 *
 * @param instance from 0
 * @param instances at least 1
 */
public record FanOut(int instance, int instances) implements IntPredicate {

    /** One copy takes all lanes. */
    public static final FanOut ALONE = new FanOut(0, 1);

    public FanOut {
        if (instances < 1 || instance < 0 || instance >= instances) {
            throw new IllegalArgumentException(
                    "an instance is 0 to instances - 1: instance=" + instance + " instances=" + instances);
        }
    }

    @Override
    public boolean test(int lane) {
        return lane % instances == instance;
    }
}
