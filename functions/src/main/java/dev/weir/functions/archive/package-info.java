/** Copies what is old in all queues to the bucket, before the queues forget it. */
@NullMarked
package dev.weir.functions.archive;

import org.jspecify.annotations.NullMarked;
