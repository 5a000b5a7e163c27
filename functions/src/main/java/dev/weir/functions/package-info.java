/** What runs on Lambda: thin handlers around bots. {@link dev.weir.functions.Settings} alone reads the environment. */
@NullMarked
package dev.weir.functions;

import org.jspecify.annotations.NullMarked;
