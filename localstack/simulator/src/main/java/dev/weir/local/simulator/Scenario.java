package dev.weir.local.simulator;

import java.util.List;
import java.util.random.RandomGenerator;

/** What is simulated: a bot, what it is given, and what must be true of it. One object for one run. */
public interface Scenario {

    /** What is deployed. */
    Setup setup();

    /** The events of the run, in the order in which they are given to producers. */
    List<Submission> submissions(RandomGenerator random);

    /** Called in the middle of the run. Throws {@link AssertionError} if something is wrong already. */
    void look(Evidence evidence);

    /** Called when everything was sent and everything is at rest. Throws {@link AssertionError} if something is wrong. */
    void audit(Evidence evidence);
}
