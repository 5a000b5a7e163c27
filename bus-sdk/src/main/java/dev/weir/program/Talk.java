package dev.weir.program;

import dev.weir.model.Json;
import dev.weir.pipeline.Programs;
import dev.weir.program.Child.MisbehavedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was said to a process and what it said. Used by one thread at a time. */
final class Talk implements AutoCloseable {
    private final Child child;
    private final int answersPerLine;

    private long read;
    private @Nullable Json lastLine;

    /** Answers that may be asked for again, and the number of the first of them. */
    private final List<Json> kept = new ArrayList<>();

    private long keptFrom;

    Talk(Child child, int answersPerLine) {
        this.child = child;
        this.answersPerLine = answersPerLine;
    }

    /** Lets the process read again what it has read, and throws away what went on. */
    void replay(Programs.Id id, Programs.Progress progress, ProgramLog log) throws MisbehavedException {
        List<MisbehavedException> trouble = new ArrayList<>();
        log.read(id, progress.read(), line -> {
            try {
                if (trouble.isEmpty()) {
                    feed(line);
                    child.poll(kept::add);
                    forgetBefore(progress.written());
                }
            } catch (MisbehavedException e) {
                trouble.add(e);
            }
        });
        if (!trouble.isEmpty()) {
            throw trouble.getFirst();
        }
        lastLine = null;
        child.flush();
        while (keptFrom + kept.size() < progress.written()) {
            kept.add(child.take());
            forgetBefore(progress.written());
        }
    }

    /** Whether it has read just what is committed, or this line too. */
    boolean canGoOn(Programs.Progress progress, @Nullable Json line) {
        boolean isRightPlace =
                read == progress.read() || (read == progress.read() + 1 && line != null && line.equals(lastLine));
        return isRightPlace && keptFrom <= progress.written();
    }

    /** Gives a line, unless it was given and then taken back. */
    void give(Programs.Progress progress, Json line) throws MisbehavedException {
        if (read == progress.read()) {
            feed(line);
        }
        child.poll(kept::add);
    }

    private void feed(Json line) throws MisbehavedException {
        child.write(line);
        read++;
        lastLine = line;
    }

    /** How many answers are still to come. */
    long ahead() {
        return read * answersPerLine - keptFrom - kept.size();
    }

    void awaitAll() throws MisbehavedException {
        child.flush();
        while (ahead() > 0) {
            kept.add(child.take());
        }
    }

    /** The answers from a number on; those before it are never asked for again. */
    List<Json> answers(long from) {
        forgetBefore(from);
        return List.copyOf(kept);
    }

    private void forgetBefore(long number) {
        int count = (int) Math.min(number - keptFrom, kept.size());
        if (count > 0) {
            kept.subList(0, count).clear();
            keptFrom += count;
        }
    }

    long pid() {
        return child.pid();
    }

    @Override
    public void close() {
        child.close();
    }
}
