package dev.weir.local.simulate;

import static dev.weir.local.simulate.KnownBadBuilds.PIPELINE;

import java.util.List;
import java.util.stream.Stream;

/** Known bad builds of what bots of several steps do: windows, joins, time, what travels, what is kept. */
final class KnownBadPipelines {
    private static final String CLOCK_FACE = PIPELINE + "ClockFace.java";
    private static final String JOIN_LATEST = PIPELINE + "JoinLatest.java";
    private static final String JOIN_WITHIN = PIPELINE + "JoinWithin.java";
    private static final String MACHINE = PIPELINE + "Machine.java";
    private static final String RUN = PIPELINE + "Run.java";
    private static final String STEP_STATES = PIPELINE + "StepStates.java";
    private static final String WINDOW = PIPELINE + "WindowOperator.java";

    private KnownBadPipelines() {}

    static List<KnownBadBuild> all() {
        return Stream.of(windows(), joins(), time(), steps(), state())
                .flatMap(List::stream)
                .toList();
    }

    private static List<KnownBadBuild> windows() {
        return List.of(
                build("a window has the first millisecond of the next one too", "windows")
                        .with(WINDOW, "from > turn.millis() - size;", "from >= turn.millis() - size;"),
                build("a window that gave its result stays open", "exactly once")
                        .with(
                                WINDOW,
                                "turn.add(new Windowed<>(",
                                "open.add(pane);\n                turn.add(new Windowed<>("),
                build("windows do not wait for what is late", "windows")
                        .with(
                                WINDOW,
                                "return to + latenessMillis <= turn.watermark();",
                                "return to <= turn.watermark();"),
                build("what is late opens its window again", "exactly once")
                        .with(WINDOW, "if (isOver(from + size, turn)) {", "if (size < 0) {"),
                build("what is late is dropped", "nothing silent")
                        .with(WINDOW, "if (isLate) {", "if (isLate && open.size() < 0) {"),
                build("a session takes one of those that an event joins", "windows")
                        .with(
                                WINDOW,
                                "if (pane.from() < to && from < pane.to()) {",
                                "if (merged == null && pane.from() < to && from < pane.to()) {"),
                build("a session that grows sets no timer", "nothing lost")
                        .with(
                                WINDOW,
                                "turn.timer(pane.to() + latenessMillis);",
                                "if (merged == null) {\n            turn.timer(pane.to() + latenessMillis);\n        }"));
    }

    private static List<KnownBadBuild> joins() {
        return List.of(
                build("of two sides one waits for the other", "joins")
                        .with(JOIN_WITHIN, "waiting.add(new Pane(", "if (side == 0) waiting.add(new Pane("),
                build("what waits for another is let go when its time is there", "joins")
                        .with(JOIN_WITHIN, "pane.from() + 3 * withinMillis + 1 > turn", "pane.from() > turn")
                        .with(JOIN_WITHIN, "turn.timer(millis + 3 * withinMillis + 1);", "turn.timer(millis);"),
                build("values are joined however far they are apart", "joins")
                        .with(JOIN_WITHIN, " && Math.abs(other.from() - millis) <= withinMillis", ""),
                build("the first value of a table stays", "joins")
                        .with(JOIN_LATEST, "turn.set(value);", "if (turn.get() == null) turn.set(value);"));
    }

    private static List<KnownBadBuild> time() {
        return List.of(
                build("the time of an event is that of its arrival", "windows")
                        .with(MACHINE, "millis = time.millis.applyAsLong(current);", "{}"),
                build("the watermark stands still", "nothing lost")
                        .with(CLOCK_FACE, "new Seen(time, seen.noted, seen.notedAt));", "seen);"),
                build("it is not noted when the next timer is due", "nothing lost")
                        .with(RUN, "Machine.put(ownState, face, face.withNext(Math.min(face.next(), due)));", "{}"),
                build("values that travel lose their time", "windows")
                        .with(RUN, "feed, millis, text)", "feed, 0, text)"));
    }

    private static List<KnownBadBuild> steps() {
        return List.of(
                build("a filter before the key lets everything through", "as the pipeline says")
                        .with(
                                MACHINE,
                                "current = one.function.apply(null, current);",
                                "Object result = one.function.apply(null, current);\n"
                                        + "                    current = result == Node.ToOne.NOTHING ? current : result;"),
                build("a stage that is used twice gives its values to one", "as the pipeline says")
                        .with(
                                RUN,
                                "for (int i = 0; i < edges.size(); i++) {",
                                "for (int i = 0; i < Math.min(1, edges.size()); i++) {"),
                build("values take effect in the lane in which they are, and do not travel", "in order")
                        .with(RUN, "if (to.equals(key)) {", "if (key != null) {"),
                build("ids right behind keyBy are not looked at", "exactly once")
                        .with(
                                PIPELINE + "Pipeline.java",
                                "work -> work.step == step ? rule.function().apply(work.value) : Optional.empty(),",
                                "work -> Optional.empty(),"));
    }

    private static List<KnownBadBuild> state() {
        return List.of(build("a row holds the step that changed last alone", "nothing lost")
                .with(
                        STEP_STATES,
                        "@Nullable Object[] newValues = Arrays.copyOf(values, values.length);",
                        "@Nullable Object[] newValues = new @Nullable Object[values.length];"));
    }

    private static KnownBadBuild build(String name, String guarantee) {
        return KnownBadBuild.of("pipeline", name, guarantee).in(Simulated.PIPELINE);
    }
}
