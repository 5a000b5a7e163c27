/**
 * A bus in one thread and virtual time, from one seed: Kinesis, the event source mapping, Lambda, DynamoDB and the producers, with faults.
 *
 * <p>{@link dev.weir.local.simulator.Simulation} plays one run. What goes wrong in it is decided by {@link dev.weir.local.simulator.Faults}
 * from a {@link dev.weir.local.simulator.FaultPlan}; what it does is a {@link dev.weir.local.simulator.Scenario}, which also says whether
 * the result is right. The code under test is the code that is deployed: it sees the ports, and nothing of the simulation.
 */
@NullMarked
package dev.weir.local.simulator;

import org.jspecify.annotations.NullMarked;
