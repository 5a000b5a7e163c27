package dev.weir.pipeline;

import dev.weir.model.Json;
import dev.weir.pipeline.Programs.Answers;
import dev.weir.pipeline.Programs.Progress;
import dev.weir.pipeline.Programs.Snapshot;
import dev.weir.wire.ByteSink;
import java.util.List;

/**
 * A program as a step. Of a key it keeps how many lines the program has read and written; what it wrote beyond, because a process is ahead
 * of its last commit, is asked for again. Which answer goes out with which event does not matter: what goes out is always the
 * beginning of what the program writes for what it has read.
 *
 * <p>What it has read goes into the log, so many lines in one event; those for which there is no event yet are in the state.
 *
 * <pre>
 * {"key":"bank","n":32,"lines":[{"source":"alice",...},...]}      the line with number 32, from 0, and those after it
 * {"key":"bank","snapshot":40,"part":0,"of":1,"text":"..."}       the state after 40 lines
 * </pre>
 */
final class ProgramOperator implements Operator {
    /** Lines that make an event of the log. */
    private static final int LOG_LINES = 16;

    /** Bytes of lines that make an event of the log: with one line more it is the largest of all, or of the state. */
    private static final int LOG_BYTES = 8_192;

    private final Program program;

    ProgramOperator(Program program) {
        this.program = program;
    }

    @Override
    public String verb() {
        return "program";
    }

    @Override
    public Codec<Object> codec() {
        return Stage.cast(new ProgressCodec());
    }

    @Override
    public boolean isTimed() {
        return true;
    }

    @Override
    public void take(int side, Object value, Turn turn) {
        Progress before = progress(turn);
        Json line = onOneLine((Json) value);
        Answers answers = turn.programs().give(turn.program(), program, before, line);
        Progress after = logged(before.and(line), turn);
        go(after, answers, isOwed(before), turn);
    }

    /** What it has still to write comes at the end of the batch. */
    @Override
    public void due(long millis, Turn turn) {
        Progress before = progress(turn);
        go(before, turn.programs().rest(turn.program(), program, before), false, turn);
    }

    /** @param isAwaited whether there is a timer for what is still to be written */
    private void go(Progress read, Answers answers, boolean isAwaited, Turn turn) {
        answers.snapshot().ifPresent(snapshot -> write(snapshot, turn));
        Progress after = new Progress(
                read.read(),
                read.written() + answers.lines().size(),
                read.digest(),
                answers.snapshot().map(Snapshot::place).orElse(read.kept()),
                read.recent());
        turn.set(after);
        answers.lines().forEach(turn::add);
        if (isOwed(after) && !isAwaited) {
            turn.timer(Machine.AT_ONCE);
        }
    }

    private boolean isOwed(Progress progress) {
        return progress.written() < progress.read() * program.answers();
    }

    private static Progress progress(Turn turn) {
        return turn.get() instanceof Progress progress ? progress : Progress.NONE;
    }

    private static Json onOneLine(Json value) {
        ByteSink sink = new ByteSink(value.length());
        sink.putOnOneLine(value);
        return new Json(sink.array(), 0, sink.size());
    }

    // ------------------------------------------------------------------ the log

    private static Progress logged(Progress progress, Turn turn) {
        List<Json> recent = progress.recent();
        int bytes = 0;
        for (Json line : recent) {
            bytes += line.length();
        }
        if (recent.size() < LOG_LINES && bytes < LOG_BYTES) {
            return progress;
        }
        // the last line may be as large as an event can be, and goes by itself then
        int together = recent.size() > 1 && recent.getLast().length() >= LOG_BYTES ? recent.size() - 1 : recent.size();
        write(progress.logged(), recent.subList(0, together), turn);
        if (together < recent.size()) {
            write(progress.read() - 1, recent.subList(together, recent.size()), turn);
        }
        return new Progress(progress.read(), progress.written(), progress.digest(), progress.kept(), List.of());
    }

    private static void write(long number, List<Json> lines, Turn turn) {
        ByteSink sink = begun(turn);
        sink.putUtf8(",\"n\":");
        sink.putLong(number);
        sink.putUtf8(",\"lines\":");
        ProgressCodec.put(lines, sink);
        sink.put('}');
        turn.write(turn.program().log(), Json.of(sink.toBytes()));
    }

    private static void write(Snapshot snapshot, Turn turn) {
        List<String> parts = snapshot.parts();
        for (int i = 0; i < parts.size(); i++) {
            ByteSink sink = begun(turn);
            sink.putUtf8(",\"snapshot\":" + snapshot.place().lines() + ",\"part\":" + i + ",\"of\":" + parts.size()
                    + ",\"text\":");
            sink.putString(parts.get(i));
            sink.put('}');
            turn.write(turn.program().log(), Json.of(sink.toBytes()));
        }
    }

    private static ByteSink begun(Turn turn) {
        ByteSink sink = new ByteSink();
        sink.putUtf8("{\"key\":");
        sink.putString(turn.key());
        return sink;
    }
}
