/** One minute with a bus: a clumsy producer, a reshard, a kill, and balances that sum to zero. */
@NullMarked
package dev.weir.local.demo;

import org.jspecify.annotations.NullMarked;
