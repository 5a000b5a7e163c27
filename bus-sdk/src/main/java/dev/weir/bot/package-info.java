/**
 * Runs of bots on queues: what happens between being woken and having read everything.
 *
 * <p>{@link dev.weir.bot.QueueRun} is one run. {@link dev.weir.bot.Bots} makes graphs for what bots on queues mostly do.
 */
@NullMarked
package dev.weir.bot;

import org.jspecify.annotations.NullMarked;
