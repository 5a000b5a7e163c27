package dev.weir.model;

/** Step 50-commit: how a commit ended. */
public enum CommitOutcome {
    /** Durable: state, outputs and checkpoint moved together. */
    COMMITTED,
    /** Somebody else committed for this lane since we loaded it: we are stale, and nothing of ours was written. */
    FENCED,
    /** Could not be written in the time there was, or its outcome is not known: to be done again from what is stored. */
    RETRY
}
