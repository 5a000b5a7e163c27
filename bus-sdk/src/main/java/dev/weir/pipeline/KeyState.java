package dev.weir.pipeline;

/**
 * What a pipeline keeps under one key of its table: of an event's key the state of all steps that have any, so that a commit writes it
 * once however many steps and events touched it. Immutable.
 */
public abstract sealed class KeyState permits StepStates, Timers, Clock {
    KeyState() {}
}
