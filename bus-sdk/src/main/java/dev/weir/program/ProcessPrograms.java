package dev.weir.program;

import dev.weir.flow.Bus;
import dev.weir.model.Json;
import dev.weir.pipeline.Program;
import dev.weir.pipeline.Programs;
import dev.weir.port.StoreUnavailableException;
import dev.weir.queue.Queues;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs as processes of this machine. Thread-safe; at most {@value #CHILDREN_MAX} processes, of which the one that was idle longest
 * gives way.
 */
public final class ProcessPrograms implements Programs, AutoCloseable {
    private static final int CHILDREN_MAX = 16;

    /** After a misbehaviour, so many lines are given one by one, to find out which it was. */
    private static final int CAREFUL_LINES = 10_000;

    /** Most answers that are waited for while further lines are given. */
    private static final long AHEAD_MAX = 20_000;

    /** How often a line may end a program before it is the line's fault. */
    private static final int TRIES = 2;

    private final ProgramLog log;
    private final Consumer<String> stderr;
    private final long patienceMillis;
    /** The longest idle first. */
    private final LinkedHashMap<Id, Talk> talks = new LinkedHashMap<>(CHILDREN_MAX, 0.75f, true);

    private final AtomicLong linesReplayed = new AtomicLong();
    private final Map<Id, Integer> careful = new HashMap<>();
    private final Map<Id, Suspect> suspects = new HashMap<>();

    /** A line at which a program misbehaved when it was given nothing else. */
    private record Suspect(long number, Json line, int tries, String reason) {}

    /**
     * @param queues of the bus, to read what programs have read
     * @param stderr takes each line that a program writes to its standard error; called by several threads
     * @param patience how long a program may take to answer
     */
    public ProcessPrograms(Bus bus, Queues queues, Consumer<String> stderr, Duration patience) {
        this.log = new ProgramLog(bus, queues);
        this.stderr = stderr;
        this.patienceMillis = patience.toMillis();
    }

    @Override
    public Answers give(Id id, Program program, Progress progress, Json line) {
        if (isCareful(id)) {
            return giveAlone(id, program, progress, line);
        }
        try {
            Talk talk = talk(id, program, progress, line);
            talk.give(id, progress, line, log);
            if (talk.ahead() > AHEAD_MAX) {
                talk.awaitAll();
            }
            return talk.answers(progress);
        } catch (Child.MisbehavedException e) {
            throw again(id, e);
        }
    }

    @Override
    public Answers rest(Id id, Program program, Progress progress) {
        try {
            Talk talk = talk(id, program, progress, null);
            talk.awaitAll();
            return talk.answers(progress);
        } catch (Child.MisbehavedException e) {
            throw again(id, e);
        }
    }

    /**
     * With nothing else on its way, so that it is known which line it was. What the process has read since the last commit is in no log yet, so
     * another one can only begin with the batch; a line at which that was tried often enough is not given again.
     */
    private Answers giveAlone(Id id, Program program, Progress progress, Json line) {
        Suspect suspect = suspect(id, progress, line);
        if (suspect.tries >= TRIES) {
            throw new IllegalStateException(suspect.reason);
        }
        try {
            Talk talk = talk(id, program, progress, line);
            talk.give(id, progress, line, log);
            talk.awaitAll();
            return talk.answers(progress);
        } catch (Child.MisbehavedException e) {
            synchronized (talks) {
                suspects.put(id, new Suspect(progress.read(), line, suspect.tries + 1, String.valueOf(e.getMessage())));
            }
            throw again(id, e);
        }
    }

    private Suspect suspect(Id id, Progress progress, Json line) {
        synchronized (talks) {
            Suspect suspect = suspects.get(id);
            return suspect != null && suspect.number == progress.read() && suspect.line.equals(line)
                    ? suspect
                    : new Suspect(progress.read(), line, 0, "");
        }
    }

    private StoreUnavailableException again(Id id, Child.MisbehavedException e) {
        end(id);
        synchronized (talks) {
            careful.put(id, CAREFUL_LINES);
        }
        return new StoreUnavailableException(e.getMessage() + ": bot=" + id.bot() + " step=" + id.step(), e);
    }

    private boolean isCareful(Id id) {
        synchronized (talks) {
            return !careful.isEmpty()
                    && careful.computeIfPresent(id, (_, lines) -> lines == 1 ? null : lines - 1) != null;
        }
    }

    /** A process that has read just what is committed, and at most this line more. */
    private Talk talk(Id id, Program program, Progress progress, @Nullable Json line) throws Child.MisbehavedException {
        Talk known;
        synchronized (talks) {
            known = talks.get(id);
        }
        if (known != null && known.canGoOn(progress, line)) {
            return known;
        }
        end(id);
        Talk talk = new Talk(start(id, program), program);
        put(id, talk);
        linesReplayed.addAndGet(talk.replay(id, progress, log));
        return talk;
    }

    private Child start(Id id, Program program) {
        try {
            return new Child(program.command(), stderr, patienceMillis);
        } catch (IOException e) {
            String why = "the program cannot be started: bot=" + id.bot() + " step=" + id.step() + " reason="
                    + e.getMessage();
            stderr.accept(why); // it is tried again and again, and whoever waits for results wants to know why
            throw new StoreUnavailableException(why, e);
        }
    }

    private void put(Id id, Talk talk) {
        synchronized (talks) {
            talks.put(id, talk);
            if (talks.size() > CHILDREN_MAX) {
                talks.pollFirstEntry().getValue().close();
            }
        }
    }

    private void end(Id id) {
        synchronized (talks) {
            Talk talk = talks.remove(id);
            if (talk != null) {
                talk.close();
            }
        }
    }

    /** The processes that run, for whoever wants to see or to end them. */
    public List<Long> pids() {
        synchronized (talks) {
            return talks.values().stream().map(Talk::pid).toList();
        }
    }

    /** How many lines new processes have read again so far. */
    public long linesReplayed() {
        return linesReplayed.get();
    }

    @Override
    public void close() {
        synchronized (talks) {
            talks.values().forEach(Talk::close);
            talks.clear();
        }
    }
}
