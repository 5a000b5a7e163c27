/** The event source mapping of a DynamoDB stream: the changes of a table, in order, given to a function as Lambda gives them. */
@NullMarked
package dev.weir.local.feed;

import org.jspecify.annotations.NullMarked;
