/** Child processes that do not outlive their parent. */
@NullMarked
package dev.weir.local.process;

import org.jspecify.annotations.NullMarked;
