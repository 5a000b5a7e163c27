/**
 * The deployment: CDK in Java, made from the bots themselves. {@link dev.weir.infra.WeirApp} is the application, {@link dev.weir.infra.Bus} the
 * construct with everything, {@link dev.weir.infra.BusConfig} what can be chosen, {@link dev.weir.infra.Permissions} what each function may do.
 */
@NullMarked
package dev.weir.infra;

import org.jspecify.annotations.NullMarked;
