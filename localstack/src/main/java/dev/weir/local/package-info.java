/** Everything that runs the bus without an AWS account. */
@NullMarked
package dev.weir.local;

import org.jspecify.annotations.NullMarked;
