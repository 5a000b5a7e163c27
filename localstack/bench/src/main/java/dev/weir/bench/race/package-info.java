/** What a comparison of stream processors needs on every side of it: the work, the input, the protocol. It knows nothing of Weir nor of the others. */
@NullMarked
package dev.weir.bench.race;

import org.jspecify.annotations.NullMarked;
