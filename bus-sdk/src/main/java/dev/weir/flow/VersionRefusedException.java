package dev.weir.flow;

import dev.weir.model.LaneId;

/** A version of a bot may not serve a lane: another one does, and its turn is over or was never. Nothing was done; the message says what helps. */
public final class VersionRefusedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private VersionRefusedException(String message) {
        super(message);
    }

    static VersionRefusedException of(String bot, LaneId lane, Serving serving, Version run) {
        String what = " bot=" + bot + " lane=" + lane.text() + " served-by=" + serving.version() + " this=" + run;
        return new VersionRefusedException(
                run.isNone()
                        ? "a published version serves the lane, and this function has none; invoke it by its alias:"
                                + what
                        : "another version serves the lane; to go back to this one: ./weir takeover " + bot + " --to "
                                + run + ":" + what);
    }
}
