/** What users of the library compile against. */
@NullMarked
package dev.weir.api;

import org.jspecify.annotations.NullMarked;
