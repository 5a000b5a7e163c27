package dev.weir.local.simulator;

import dev.weir.port.Items;
import dev.weir.port.Streams;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lambda: keeps copies of the function warm, gives each invocation an idle one, kills what takes too long. An invocation is done at once,
 * in one go, unless it is to stand still; then others go on in between.
 */
final class Lambda implements AutoCloseable {
    static final long TIMEOUT_MILLIS = 30_000;

    /** What the handler keeps for its answer. */
    private static final long ANSWER_MILLIS = 2_000;

    private static final long SHORT_MILLIS_MAX = 500;
    private static final long FROZEN_MILLIS_MAX = 150_000;
    private static final int FROZEN_CALLS_MAX = 16;
    private static final Duration INVOCATION = Duration.ofMillis(2);

    /** One warm copy. */
    private record Copy(Process process, BotFunction function) {}

    /** What an invocation ended with. */
    sealed interface Result {

        /** For the trace. */
        default String text() {
            return switch (this) {
                case Answered(byte[] answer) -> new String(answer, StandardCharsets.UTF_8);
                case Failed _ -> "failed";
                case NotInvoked _ -> "not invoked";
            };
        }

        record Answered(byte[] answer) implements Result {}

        record Failed() implements Result {}

        record NotInvoked() implements Result {}
    }

    private final Agenda agenda;
    private final Faults faults;
    private final Trace trace;
    private final Store store;
    private final Kinesis kinesis;
    private final String name;
    private final Maker maker;
    private final List<Copy> idle = new ArrayList<>();
    private int copies;
    private int snapshots;
    private int incarnations;
    private final Map<Coroutine, Process> standing = new LinkedHashMap<>();

    /** Makes one copy of the function in a process. */
    interface Maker {
        BotFunction make(Process process, Items items, Streams streams, Supplier<String> incarnations);
    }

    Lambda(Agenda agenda, Faults faults, Trace trace, Store store, Kinesis kinesis, BotFunction.Factory factory) {
        this(
                agenda,
                faults,
                trace,
                store,
                kinesis,
                "",
                (process, items, streams, incarnations) -> factory.start(items, streams, process, incarnations));
    }

    /** @param name begins the names of its copies */
    Lambda(Agenda agenda, Faults faults, Trace trace, Store store, Kinesis kinesis, String name, Maker maker) {
        this.agenda = agenda;
        this.faults = faults;
        this.trace = trace;
        this.store = store;
        this.kinesis = kinesis;
        this.name = name;
        this.maker = maker;
    }

    /** Whether an invocation has not ended: one that stands still. */
    boolean isRunning() {
        return !standing.isEmpty();
    }

    /** Invokes the function; tells what came of it, now or when the invocation's time is up. */
    void invoke(byte[] event, Consumer<Result> then) {
        if (faults.strike(Fault.NOT_INVOKED)) {
            then.accept(new Result.NotInvoked());
            return;
        }
        Copy copy = idleCopy();
        long timeoutMillis = faults.strike(Fault.SHORT_OF_TIME)
                ? faults.amount(Fault.SHORT_OF_TIME, SHORT_MILLIS_MAX)
                : TIMEOUT_MILLIS - ANSWER_MILLIS;
        copy.process.begin(agenda.epochMillis() + timeoutMillis + ANSWER_MILLIS);
        if (faults.strike(Fault.FROZEN)) {
            invokeFrozen(copy, event, timeoutMillis, then);
        } else {
            Optional<byte[]> answer = run(copy, event, timeoutMillis);
            answer.ifPresent(_ -> idle.add(copy));
            then.accept(delivered(answer));
        }
    }

    /** The invocation stands still on its way, and may end long after it was given up. */
    private void invokeFrozen(Copy copy, byte[] event, long timeoutMillis, Consumer<Result> then) {
        boolean[] isOver = {false};
        Consumer<Result> once = result -> {
            if (!isOver[0]) {
                isOver[0] = true;
                then.accept(result);
            }
        };
        Coroutine[] self = new Coroutine[1];
        self[0] = new Coroutine(() -> {
            Optional<byte[]> answer = run(copy, event, timeoutMillis);
            standing.remove(self[0]);
            answer.ifPresent(_ -> idle.add(copy));
            once.accept(delivered(answer));
        });
        standing.put(self[0], copy.process);
        copy.process.freeze(
                self[0],
                (int) faults.amount(Fault.FROZEN, FROZEN_CALLS_MAX),
                faults.delayMillis(Fault.FROZEN, FROZEN_MILLIS_MAX));
        agenda.after(timeoutMillis + ANSWER_MILLIS, () -> once.accept(new Result.Failed()));
        self[0].resume();
    }

    private Optional<byte[]> run(Copy copy, byte[] event, long timeoutMillis) {
        agenda.pause(INVOCATION);
        return unlessKilled(copy, () -> copy.function.invoke(event, copy.process.epochMillis() + timeoutMillis));
    }

    private <A> Optional<A> unlessKilled(Copy copy, Supplier<A> work) {
        try {
            A answer = work.get();
            trace.line(() -> copy.process.name() + " ended");
            return Optional.of(answer);
        } catch (Death _) {
            trace.line(() -> copy.process.name() + " died");
            return Optional.empty();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Death) {
                trace.line(() -> copy.process.name() + " died");
                return Optional.empty();
            }
            throw e;
        }
    }

    private Result delivered(Optional<byte[]> answer) {
        return answer.isEmpty() || faults.strike(Fault.ANSWER_LOST)
                ? new Result.Failed()
                : new Result.Answered(answer.get());
    }

    /** A scheduled tick, by a copy of its own; it is not repeated when it fails. */
    void tick() {
        Copy copy = newCopy("tick");
        copy.process.begin(agenda.epochMillis() + TIMEOUT_MILLIS);
        Optional<Boolean> _ = unlessKilled(
                copy, () -> copy.function.tick(copy.process.epochMillis() + TIMEOUT_MILLIS - ANSWER_MILLIS));
    }

    private Copy idleCopy() {
        if (idle.isEmpty() || faults.strike(Fault.COLD_START)) {
            return newCopy("copy");
        }
        return idle.remove(copies % idle.size());
    }

    private Copy newCopy(String kind) {
        Process process = new Process(name + kind + "-" + copies++, agenda, faults);
        Items items = new SimulatedItems(store, agenda, faults, process);
        Streams streams = new SimulatedStreams(kinesis, agenda, faults, process);
        snapshots += faults.strike(Fault.SNAPSHOT) ? 0 : 1;
        boolean[] isRestored = {false};
        BotFunction function = maker.make(
                process,
                items,
                streams,
                () -> isRestored[0] ? "incarnation-" + incarnations++ : "snapshot-" + snapshots);
        isRestored[0] = true;
        return new Copy(process, function);
    }

    /** Kills what still stands somewhere: its threads end. */
    @Override
    public void close() {
        Map.copyOf(standing).forEach((coroutine, process) -> {
            process.kill();
            coroutine.resume();
        });
    }
}
