/** Hazelcast Jet's side of {@code ./weir bench pipelines}. */
@NullMarked
package dev.weir.bench.hazelcast;

import org.jspecify.annotations.NullMarked;
