/** The command line. */
@NullMarked
package dev.weir.local.cli;

import org.jspecify.annotations.NullMarked;
