/**
 * The functions that run bots: {@link dev.weir.functions.trigger.HeadsHandler} behind the changes of the table of heads,
 * {@link dev.weir.functions.trigger.CronHandler} behind the changes of the table of bots, and
 * {@link dev.weir.functions.trigger.CronTick} behind a schedule of one minute.
 */
@NullMarked
package dev.weir.functions.trigger;

import org.jspecify.annotations.NullMarked;
