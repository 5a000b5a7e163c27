/** The rules of the house that a compiler does not check: arrows between packages, purity, comments. */
@NullMarked
package dev.weir.house;

import org.jspecify.annotations.NullMarked;
