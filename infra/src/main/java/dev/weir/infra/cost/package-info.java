/**
 * What a bus will cost, reckoned by running its bots in memory and counting what AWS would bill: {@link dev.weir.infra.cost.Estimator}.
 * Without types of the CDK, so that it runs anywhere.
 */
@NullMarked
package dev.weir.infra.cost;

import org.jspecify.annotations.NullMarked;
