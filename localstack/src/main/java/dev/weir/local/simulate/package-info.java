/** What {@code ./weir simulate} runs: the ledger in the simulator, many seeds after each other, and what is done about one that fails. */
@NullMarked
package dev.weir.local.simulate;

import org.jspecify.annotations.NullMarked;
