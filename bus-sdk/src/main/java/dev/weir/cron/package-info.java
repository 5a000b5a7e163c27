/**
 * Bots as rows of one table, in the shape of RStreams' LeoCron: what wakes them, how far they have read and written, and who runs.
 *
 * <p>{@link dev.weir.cron.CronRows} makes and reads rows; {@link dev.weir.cron.CronWrite} is one change of a row, for a transaction of
 * whoever commits more with it; {@link dev.weir.cron.Decision} says, from a row and the time alone, whether its bot is to run now.
 */
@NullMarked
package dev.weir.cron;

import org.jspecify.annotations.NullMarked;
