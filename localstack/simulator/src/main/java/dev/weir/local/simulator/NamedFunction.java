package dev.weir.local.simulator;

import dev.weir.port.Items;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Streams;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A function that is started by name, in the copies of a {@link Lambda} of its own. Asynchronous invocations that fail are repeated twice,
 * with the same request id; one that there is no room for waits. Source: Lambda developer guide, "How Lambda handles errors and retries with
 * asynchronous invocation".
 */
final class NamedFunction {
    private static final long START_MILLIS_MAX = 50;
    private static final long LATE_MILLIS_MAX = 300_000;
    private static final long[] REPEATED_AFTER_MILLIS = {60_000, 120_000};
    private static final long NO_ROOM_MILLIS = 2_000;
    private static final int NO_ROOM_MAX = 100;
    private static final byte[] FAILED = {0};

    /** What a copy can reach, through its process. */
    interface PortsOf {
        StartedFunction.Ports of(Process process, Items items, Streams streams, Supplier<String> incarnations);
    }

    private final String name;
    private final Agenda agenda;
    private final Faults faults;
    private final Trace trace;
    private final Lambda lambda;
    private int requests;

    NamedFunction(String name, World world, StartedFunction.Factory factory, PortsOf ports) {
        this.name = name;
        this.agenda = world.agenda;
        this.faults = world.faults;
        this.trace = world.trace;
        this.lambda = new Lambda(
                agenda,
                faults,
                trace,
                world.store,
                world.kinesis,
                name + "-",
                (process, items, streams, incarnations) ->
                        copy(factory.start(ports.of(process, items, streams, incarnations)), process));
    }

    boolean isRunning() {
        return lambda.isRunning();
    }

    void close() {
        lambda.close();
    }

    /** Takes an asynchronous invocation: it will run, most times once. */
    void start(byte[] event) {
        String request = name + "-request-" + requests++;
        if (faults.strike(Fault.START_FORGOTTEN)) {
            return;
        }
        plan(request, event);
        if (faults.strike(Fault.START_TWICE)) {
            plan(request, event);
        }
    }

    private void plan(String request, byte[] event) {
        long millis = faults.strike(Fault.START_LATE)
                ? faults.delayMillis(Fault.START_LATE, LATE_MILLIS_MAX)
                : 1 + Hash.below(Hash.of(requests, 5, 5), START_MILLIS_MAX);
        agenda.after(millis, () -> attempt(request, event, 0, 0));
    }

    private void attempt(String request, byte[] event, int failures, int waits) {
        invoke(request, event, result -> {
            switch (result) {
                case Lambda.Result.Answered _ -> {}
                case Lambda.Result.Failed _ -> {
                    if (failures < REPEATED_AFTER_MILLIS.length) {
                        agenda.after(
                                REPEATED_AFTER_MILLIS[failures], () -> attempt(request, event, failures + 1, waits));
                    }
                }
                case Lambda.Result.NotInvoked _ -> {
                    if (waits < NO_ROOM_MAX) {
                        agenda.after(NO_ROOM_MILLIS, () -> attempt(request, event, failures, waits + 1));
                    }
                }
            }
        });
    }

    /** Invokes it and waits, as a mapping or a schedule does, which repeat by rules of their own. */
    void invoke(byte[] event, Consumer<Lambda.Result> then) {
        invoke(name + "-request-" + requests++, event, then);
    }

    private void invoke(String request, byte[] event, Consumer<Lambda.Result> then) {
        trace.line(() -> "start " + request);
        lambda.invoke(enveloped(request, event), result -> {
            boolean failed = result instanceof Lambda.Result.Answered(byte[] answer) && Arrays.equals(answer, FAILED);
            Lambda.Result told = failed ? new Lambda.Result.Failed() : result;
            trace.line(() -> "ended " + request + " " + told.text());
            then.accept(told);
        });
    }

    /** The request's id travels in front of the event. */
    private static byte[] enveloped(String request, byte[] event) {
        byte[] id = (request + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(id, id.length + event.length);
        System.arraycopy(event, 0, both, id.length, event.length);
        return both;
    }

    private static BotFunction copy(StartedFunction function, Process process) {
        return new BotFunction() {
            @Override
            public byte[] invoke(byte[] enveloped, long deadlineMillis) {
                int end = 0;
                while (enveloped[end] != '\n') {
                    end++;
                }
                try {
                    return function.run(
                            Arrays.copyOfRange(enveloped, end + 1, enveloped.length),
                            new String(enveloped, 0, end, StandardCharsets.UTF_8),
                            deadlineMillis - process.epochMillis());
                } catch (StoreUnavailableException _) {
                    return FAILED;
                }
            }

            @Override
            public boolean tick(long deadlineMillis) {
                throw new UnsupportedOperationException("a function that is started by name has no tick");
            }
        };
    }
}
