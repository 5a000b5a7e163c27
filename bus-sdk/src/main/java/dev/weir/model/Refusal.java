package dev.weir.model;

/**
 * Why something could not be taken for an event: a value, not an exception, since bad input is expected.
 *
 * @param reason one sentence: what, where, value, what to do
 */
public record Refusal(String reason) {}
