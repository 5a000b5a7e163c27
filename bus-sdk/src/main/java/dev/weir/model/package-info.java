/** The nouns: events, lanes, producers, positions and the named outcomes of every decision. */
@NullMarked
package dev.weir.model;

import org.jspecify.annotations.NullMarked;
