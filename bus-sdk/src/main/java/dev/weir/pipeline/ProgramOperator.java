package dev.weir.pipeline;

import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import dev.weir.pipeline.Programs.Progress;
import dev.weir.wire.JsonCursor;
import java.util.List;
import java.util.OptionalLong;

/**
 * A program as a step. Of a key it keeps how many lines the program has read and written; what it wrote beyond, because a process is ahead
 * of its last commit, is asked for again. Which answer goes out with which event does not matter: what goes out is always the
 * beginning of what the program writes for what it has read.
 */
final class ProgramOperator implements Operator {
    private static final Progress NONE = new Progress(0, 0);

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
        Json line = (Json) value;
        List<Json> answers = turn.programs().give(turn.program(), program, before, line);
        turn.write(turn.program().log(), entry(turn.key(), before.read(), line));
        go(new Progress(before.read() + 1, before.written()), answers, turn);
    }

    /** What it has still to write comes at the end of the batch. */
    @Override
    public void due(long millis, Turn turn) {
        Progress before = progress(turn);
        go(before, turn.programs().rest(turn.program(), program, before), turn);
    }

    private void go(Progress read, List<Json> answers, Turn turn) {
        Progress after = new Progress(read.read(), read.written() + answers.size());
        turn.set(after);
        answers.forEach(turn::add);
        if (after.written() < after.read() * program.answers()) {
            turn.timer(Machine.AT_ONCE);
        }
    }

    private static Progress progress(Turn turn) {
        return turn.get() instanceof Progress progress ? progress : NONE;
    }

    private static Json entry(String key, long number, Json line) {
        return Json.of("{\"key\":" + Json.quoted(key) + ",\"n\":" + number + ",\"line\":" + line + "}");
    }

    /** {@code [17,16]}: lines read and written. */
    private static final class ProgressCodec implements Codec<Progress> {
        @Override
        public Json encode(Progress value) {
            return Json.of("[" + value.read() + "," + value.written() + "]");
        }

        @Override
        public Decoded<Progress> decode(Json text) {
            JsonCursor cursor = new JsonCursor();
            cursor.reset(text);
            OptionalLong read = WholeNumber.of(cursor.enterArray() && cursor.nextElement() ? cursor.number() : null);
            OptionalLong written = WholeNumber.of(read.isPresent() && cursor.nextElement() ? cursor.number() : null);
            return read.isPresent() && written.isPresent() && cursor.expectEnd()
                    ? Decoded.value(new Progress(read.getAsLong(), written.getAsLong()))
                    : Decoded.refused("no progress of a program: text=" + text);
        }

        @Override
        public String type() {
            return "program";
        }
    }
}
