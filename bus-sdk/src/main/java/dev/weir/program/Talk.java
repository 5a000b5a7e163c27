package dev.weir.program;

import dev.weir.model.Json;
import dev.weir.pipeline.Program;
import dev.weir.pipeline.Programs;
import dev.weir.pipeline.Programs.Answers;
import dev.weir.pipeline.Programs.Kept;
import dev.weir.pipeline.Programs.Progress;
import dev.weir.pipeline.Programs.Snapshot;
import dev.weir.program.Child.MisbehavedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was said to a process and what it said. Used by one thread at a time. */
final class Talk implements AutoCloseable {
    /** Bytes of answers that go on with one line: they have to fit into a commit. */
    private static final int ANSWERS_BYTES_MAX = 500_000;

    /** What an answer counts besides its own bytes. */
    private static final int ANSWER_BYTES = 200;

    private final Child child;
    private final Program program;

    private long read;
    private long digest;
    private long digestBefore;
    private @Nullable Json lastLine;

    /** Answers that may be asked for again, and the number of the first of them. */
    private final List<Json> kept = new ArrayList<>();

    private long keptFrom;

    /** Where it was asked for its state last, as long as it has not answered. */
    private @Nullable Kept asked;

    /** After how many lines that was. */
    private long askedAt;

    private Optional<Snapshot> snapshot = Optional.empty();

    Talk(Child child, Program program) {
        this.child = child;
        this.program = program;
    }

    // ------------------------------------------------------------------ what it has read before

    /**
     * Lets the process read again what it has read, from its last snapshot on, and throws away what went on.
     *
     * @return how many lines that were
     */
    long replay(Programs.Id id, Progress progress, ProgramLog log) throws MisbehavedException {
        Kept from = program.snapshots().isPresent() ? progress.kept() : Kept.NONE;
        if (from.lines() > 0) {
            child.write(program.snapshots().orElseThrow().restore().apply(log.snapshot(id, from)));
        }
        read = from.lines();
        askedAt = from.lines();
        keptFrom = from.lines() * program.answers();
        List<MisbehavedException> trouble = new ArrayList<>();
        log.read(id, from, progress.logged(), line -> again(line, progress, trouble));
        progress.recent()
                .subList(
                        (int) Math.max(0, from.lines() - progress.logged()),
                        progress.recent().size())
                .forEach(line -> again(line, progress, trouble));
        if (!trouble.isEmpty()) {
            throw trouble.getFirst();
        }
        lastLine = null;
        digest = progress.digest();
        while (keptFrom + kept.size() < progress.written()) {
            child.await(this::heard);
            forgetBefore(progress.written());
        }
        return progress.read() - from.lines();
    }

    private void again(Json line, Progress progress, List<MisbehavedException> trouble) {
        try {
            if (trouble.isEmpty()) {
                feed(line);
                child.poll(this::heard);
                forgetBefore(progress.written());
            }
        } catch (MisbehavedException e) {
            trouble.add(e);
        }
    }

    // ------------------------------------------------------------------ what it reads now

    /** Whether it has read just what is committed, or this line too. */
    boolean canGoOn(Progress progress, @Nullable Json line) {
        boolean isThere = read == progress.read() && digest == progress.digest();
        boolean isOneAhead = read == progress.read() + 1
                && digestBefore == progress.digest()
                && line != null
                && line.equals(lastLine);
        return (isThere || isOneAhead) && keptFrom <= progress.written();
    }

    /** Gives a line, unless it was given and then taken back. */
    void give(Programs.Id id, Progress progress, Json line, ProgramLog log) throws MisbehavedException {
        if (read == progress.read()) {
            feed(line);
        }
        int lines = program.snapshots().map(Program.Snapshots::lines).orElse(Integer.MAX_VALUE);
        if (asked == null && read - askedAt >= lines) {
            Kept place = new Kept(read, log.end(id));
            child.write(program.snapshots().orElseThrow().ask());
            askedAt = read;
            asked = place;
        }
        child.poll(this::heard);
    }

    private void feed(Json line) throws MisbehavedException {
        child.write(line);
        read++;
        digestBefore = digest;
        digest = Progress.digest(digest, line);
        lastLine = line;
    }

    private void heard(Json answer) {
        if (asked != null && keptFrom + kept.size() == asked.lines() * program.answers()) {
            snapshot = SnapshotText.of(answer, asked);
            asked = null;
        } else {
            kept.add(answer);
        }
    }

    /** How many answers are still to come. */
    long ahead() {
        return read * program.answers() - keptFrom - kept.size() + (asked == null ? 0 : 1);
    }

    void awaitAll() throws MisbehavedException {
        while (ahead() > 0) {
            child.await(this::heard);
        }
    }

    /** The answers from where the progress is on; those before it are never asked for again. */
    Answers answers(Progress progress) {
        forgetBefore(progress.written());
        int count = 0;
        for (int bytes = 0; count < kept.size() && bytes <= ANSWERS_BYTES_MAX; count++) {
            bytes += kept.get(count).length() + ANSWER_BYTES;
        }
        long to = keptFrom + count;
        Optional<Snapshot> newer = snapshot.filter(one ->
                one.place().lines() > progress.kept().lines() && one.place().lines() * program.answers() <= to);
        return new Answers(List.copyOf(kept.subList(0, count)), newer);
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
