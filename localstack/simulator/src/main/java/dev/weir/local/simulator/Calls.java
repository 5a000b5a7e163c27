package dev.weir.local.simulator;

/** What happens to a process when it calls something outside. */
interface Calls {

    /** The call is about to leave. */
    void before(String what);

    /** The call was done. */
    void after();
}
