package dev.weir.pipeline;

import dev.weir.model.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Windows of event time. Of a key it keeps the open ones, in the order of their beginnings. */
final class WindowOperator<T, A> implements Operator {

    /** Puts a value to what a window came to so far; null before the first. */
    interface Fold<T, A> {
        A add(@Nullable A before, T value);
    }

    private final Window window;
    private final Codec<T> codec;
    private final ListCodec panes;
    private final Fold<T, A> fold;
    private final BinaryOperator<A> merge;
    private final long latenessMillis;

    WindowOperator(Window window, Codec<T> codec, Codec<A> accumulator, Fold<T, A> fold, BinaryOperator<A> merge) {
        this.window = window;
        this.codec = codec;
        this.panes = new ListCodec(type(window) + accumulator.type(), Stage.cast(accumulator));
        this.fold = fold;
        this.merge = merge;
        this.latenessMillis = window.lateness().toMillis();
    }

    /** Of windows whose ends depend on it, with their length: open ones would end at another time after it was changed. */
    private static String type(Window window) {
        return switch (window) {
            case Window.Fixed fixed -> fixed.size() + " each " + fixed.step() + " of ";
            case Window.Session _ -> "";
        };
    }

    @Override
    public String verb() {
        return switch (window) {
            case Window.Fixed fixed -> fixed.size().equals(fixed.step()) ? "tumbling window" : "sliding window";
            case Window.Session _ -> "session window";
        };
    }

    @Override
    public Codec<Object> codec() {
        return panes;
    }

    @Override
    public Optional<Duration> span() {
        Duration length =
                switch (window) {
                    case Window.Fixed fixed -> fixed.size();
                    case Window.Session session -> session.gap();
                };
        return Optional.of(length.plus(window.lateness()));
    }

    @Override
    public boolean isTimed() {
        return true;
    }

    @Override
    public void take(int side, Object value, Turn turn) {
        List<Pane> open = new ArrayList<>(open(turn));
        boolean isLate =
                switch (window) {
                    case Window.Fixed fixed -> !addFixed(fixed, open, Stage.cast(value), turn);
                    case Window.Session session -> !addSession(session, open, Stage.cast(value), turn);
                };
        if (isLate) {
            Json text = codec.encode(Stage.cast(value));
            turn.late("its window gave its result already: watermark=" + turn.watermark(), text);
        }
        keep(open, turn);
    }

    private static void keep(List<Pane> open, Turn turn) {
        if (open.isEmpty()) {
            turn.clear();
        } else {
            turn.set(List.copyOf(open));
        }
    }

    private static List<Pane> open(Turn turn) {
        Object state = turn.get();
        return state == null ? List.of() : Stage.cast(state);
    }

    /** Answers whether all windows of the value were open. */
    private boolean addFixed(Window.Fixed fixed, List<Pane> open, T value, Turn turn) {
        long step = fixed.step().toMillis();
        long size = fixed.size().toMillis();
        boolean all = true;
        for (long from = Math.floorDiv(turn.millis(), step) * step; from > turn.millis() - size; from -= step) {
            if (isOver(from + size, turn)) {
                all = false;
            } else {
                addTo(from, from + size, open, value, turn);
            }
        }
        return all;
    }

    private void addTo(long from, long to, List<Pane> open, T value, Turn turn) {
        int at = 0;
        while (at < open.size() && open.get(at).from() < from) {
            at++;
        }
        if (at < open.size() && open.get(at).from() == from) {
            open.set(at, new Pane(from, to, fold.add(Stage.cast(open.get(at).value()), value)));
        } else {
            open.add(at, new Pane(from, to, fold.add(null, value)));
            turn.timer(to + latenessMillis);
        }
    }

    private boolean addSession(Window.Session session, List<Pane> open, T value, Turn turn) {
        long from = turn.millis();
        long to = from + session.gap().toMillis();
        Pane merged = null;
        for (int i = open.size() - 1; i >= 0; i--) {
            Pane pane = open.get(i);
            if (pane.from() < to && from < pane.to()) {
                merged = merged == null ? pane : joined(pane, merged);
                open.remove(i);
            }
        }
        if (merged == null && isOver(to, turn)) {
            return false;
        }
        Pane pane = merged == null
                ? new Pane(from, to, fold.add(null, value))
                : new Pane(
                        Math.min(from, merged.from()),
                        Math.max(to, merged.to()),
                        fold.add(Stage.cast(merged.value()), value));
        int at = 0;
        while (at < open.size() && open.get(at).from() < pane.from()) {
            at++;
        }
        open.add(at, pane);
        turn.timer(pane.to() + latenessMillis);
        return true;
    }

    private Pane joined(Pane earlier, Pane later) {
        return new Pane(
                earlier.from(),
                Math.max(earlier.to(), later.to()),
                merge.apply(Stage.cast(earlier.value()), Stage.cast(later.value())));
    }

    private boolean isOver(long to, Turn turn) {
        return to + latenessMillis <= turn.watermark();
    }

    @Override
    public void due(long millis, Turn turn) {
        List<Pane> open = new ArrayList<>();
        for (Pane pane : open(turn)) {
            if (isOver(pane.to(), turn)) {
                turn.add(new Windowed<>(pane.from(), pane.to(), pane.value()));
            } else {
                open.add(pane);
            }
        }
        keep(open, turn);
    }
}
