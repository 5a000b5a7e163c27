package dev.weir.functions.ledger;

/** A process was killed. An error, so that no code of ours recovers from it; each later call of the dead process throws it again. */
final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death(Call call) {
        super("killed: call=" + call, null, false, false);
    }
}
