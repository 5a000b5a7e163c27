/** Flink's side of {@code ./weir bench pipelines}. */
@NullMarked
package dev.weir.bench.flink;

import org.jspecify.annotations.NullMarked;
