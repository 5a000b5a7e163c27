/** Benchmarks: what Weir costs in time, memory and money, each beside what it is compared with, in the same run. */
@NullMarked
package dev.weir.bench;

import org.jspecify.annotations.NullMarked;
