/** Runs programs that know nothing of Weir as steps of pipelines: processes that read and write JSON lines. */
@NullMarked
package dev.weir.program;

import org.jspecify.annotations.NullMarked;
