package dev.weir.pipeline;

/**
 * Two ways for values to go on.
 *
 * @param matching those for which the condition holds
 * @param rest the others
 */
public record Branches<S>(S matching, S rest) {}
