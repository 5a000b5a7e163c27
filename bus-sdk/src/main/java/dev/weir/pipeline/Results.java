package dev.weir.pipeline;

/** Takes what a step makes of an event: nothing, one result or many, in order. */
@FunctionalInterface
public interface Results<R> {
    void add(R result);
}
