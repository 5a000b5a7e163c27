package dev.weir.local.simulator;

import dev.weir.port.Streams;
import dev.weir.port.Time;
import java.util.List;
import java.util.random.RandomGenerator;

/** What is simulated: a bot, what it is given, and what must be true of it. One object for one run. */
public interface Scenario {

    /** What is deployed. */
    Setup setup();

    /** Called before anything happens: what else there is in the world than the bot and its producers. Default: nothing. */
    default void begin(Stage stage) {}

    /** The events of the run, in the order in which they are given to producers. */
    List<Submission> submissions(RandomGenerator random);

    /** Called in the middle of the run. Throws {@link AssertionError} if something is wrong already. */
    void look(Evidence evidence);

    /** Called when everything was sent and everything is at rest. Throws {@link AssertionError} if something is wrong. */
    void audit(Evidence evidence);

    /**
     * Called after that, again and again, until it answers false: an operator looks at what is there and does something about it. What he
     * does takes its time, and everything comes to an end before he looks again. Default: he has nothing to do.
     *
     * @param streams the stream as his process sees it, with every fault
     * @param time his clock
     */
    default boolean operate(Evidence evidence, Streams streams, Time time) {
        return false;
    }

    /** Called when an operator did something and everything is at rest again. Throws {@link AssertionError} if something is wrong. */
    default void auditAfterwards(Evidence evidence) {}
}
