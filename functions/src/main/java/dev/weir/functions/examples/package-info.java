/**
 * Bots to learn from, each the shape of a program that many have written: word count, a stock tracker, stock management by a join of orders
 * and deliveries. Each is a pipeline, a handler, and a test that runs it on a bus where everything fails.
 */
@NullMarked
package dev.weir.functions.examples;

import org.jspecify.annotations.NullMarked;
