/** The spine and its six steps: decode, dedupe, reorder, transform, commit, emit. */
@NullMarked
package dev.weir.flow;

import org.jspecify.annotations.NullMarked;
