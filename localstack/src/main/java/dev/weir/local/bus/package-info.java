/** A whole bus on one machine: servers, tables, stream, event source mapping and function, started and stopped together. */
@NullMarked
package dev.weir.local.bus;

import org.jspecify.annotations.NullMarked;
