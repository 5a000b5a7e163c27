package dev.weir.pipeline;

/** The row of a lane's {@link ClockFace}. Immutable. */
final class Clock extends KeyState {
    /** Key of the row; each lane has its own. */
    static final String KEY = "\u0001clock";

    static final Clock NONE = new Clock(ClockFace.NONE);

    final ClockFace face;

    Clock(ClockFace face) {
        this.face = face;
    }
}
