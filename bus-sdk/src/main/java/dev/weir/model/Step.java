package dev.weir.model;

/** The steps of the way of an event. The labels are the same in code, metrics, logs, console and docs. */
public enum Step {
    DECODE("10-decode"),
    DEDUPE("20-dedupe"),
    REORDER("30-reorder"),
    TRANSFORM("40-transform"),
    COMMIT("50-commit"),
    EMIT("60-emit");

    private final String label;

    Step(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return label;
    }
}
