package dev.weir.local.simulator;

/** A process was killed. An error, so that no code recovers from it; each later call of the dead process throws it again. */
final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death(String process) {
        super("killed: process=" + process, null, false, false);
    }
}
