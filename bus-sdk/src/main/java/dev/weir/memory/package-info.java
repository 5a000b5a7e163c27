/** The ports in memory, for tests and benchmarks: the same contracts, no network. */
@NullMarked
package dev.weir.memory;

import org.jspecify.annotations.NullMarked;
