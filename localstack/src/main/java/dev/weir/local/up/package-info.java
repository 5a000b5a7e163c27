/**
 * A whole bus on one machine that others use: servers on ports, queues, bots, and a file that says where they are. {@code ./weir up} runs
 * it, and the commands on queues and bots find it.
 */
@NullMarked
package dev.weir.local.up;

import org.jspecify.annotations.NullMarked;
