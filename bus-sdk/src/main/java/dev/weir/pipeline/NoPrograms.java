package dev.weir.pipeline;

import dev.weir.model.Json;

/** For pipelines that are only looked at, or have no programs. */
final class NoPrograms implements Programs {
    @Override
    public Answers give(Id id, Program program, Progress progress, Json line) {
        throw missing(id);
    }

    @Override
    public Answers rest(Id id, Program program, Progress progress) {
        throw missing(id);
    }

    private static IllegalStateException missing(Id id) {
        return new IllegalStateException("nothing runs programs here: bot=" + id.bot() + " step=" + id.step()
                + "; run the pipeline with graph(programs)");
    }
}
