/** What functions tell of their runs, as lines of which CloudWatch makes metrics: {@link dev.weir.functions.metrics.Metrics}. */
@NullMarked
package dev.weir.functions.metrics;

import org.jspecify.annotations.NullMarked;
