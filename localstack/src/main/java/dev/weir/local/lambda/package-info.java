/** Lambda on one machine: a function in this JVM, or in a child JVM under Lambda's own runtime interface client. */
@NullMarked
package dev.weir.local.lambda;

import org.jspecify.annotations.NullMarked;
