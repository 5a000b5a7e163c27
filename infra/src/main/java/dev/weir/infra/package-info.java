/** The deployment: CDK in Java, made from the graphs themselves. Empty so far. */
@NullMarked
package dev.weir.infra;

import org.jspecify.annotations.NullMarked;
