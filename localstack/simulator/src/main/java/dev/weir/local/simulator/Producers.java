package dev.weir.local.simulator;

import dev.weir.model.Json;
import dev.weir.port.Streams;
import dev.weir.writer.Producer;
import dev.weir.writer.SteppedWriter;
import dev.weir.writer.WriterLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Who puts events: a writer of Weir's, which crashes and begins again; a producer that numbers its events but sends records twice, late and
 * in the wrong order; and one that knows nothing of lanes and numbers.
 */
final class Producers {
    /** How many events are given at once, at most: some runs are fine-grained, most are quick. */
    private static final int[] EVENTS_AT_ONCE_MAX = {50, 200, 300, 300};

    private static final int PAUSE_MILLIS_MAX = 600;

    /** Of so many runs one is slow: deadlines pass while it goes on. */
    private static final int SLOW_ONE_OF = 8;

    private static final int SLOW_PAUSE_MILLIS_MAX = 40_000;

    /** In so many runs one ends without faults: what had lost its way must find it again. */
    private static final int CALM_ONE_OF = 4;

    private static final int CALM_EVENTS = 100;
    private static final Duration UNTIL = Duration.ofHours(10);
    private static final int CLUMSY_EVENTS_MIN = 6;

    private static final int CLUMSY_PARTS = 8;

    private static final int KINDS = 12;

    private final Setup setup;
    private final Agenda agenda;
    private final Faults faults;
    private final Trace trace;
    private final SplittableRandom random;
    private final Streams streams;
    private final List<Submission> given = new ArrayList<>();
    private final Deque<Submission> left = new ArrayDeque<>();
    private final List<Submission> written = new ArrayList<>(); // by the writer
    private final Clumsy clumsy;
    private final Foreign foreign;
    private final int eventsAtOnceMax;
    private final int pauseMillisMax;
    private final boolean endsCalm;
    private SteppedWriter writer;
    private int badLines;

    Producers(Scenario scenario, World world) {
        this.setup = world.setup;
        this.agenda = world.agenda;
        this.faults = world.faults;
        this.trace = world.trace;
        Kinesis kinesis = world.kinesis;
        this.random = world.random.split();
        this.streams = new SimulatedStreams(kinesis, agenda, faults, new Network(agenda, faults));
        this.clumsy = new Clumsy("clumsy", setup.bus().lanes(), agenda, faults, kinesis, setup.streamName());
        this.foreign = new Foreign(agenda, kinesis, setup.streamName());
        this.eventsAtOnceMax = EVENTS_AT_ONCE_MAX[random.nextInt(EVENTS_AT_ONCE_MAX.length)];
        this.pauseMillisMax = random.nextInt(SLOW_ONE_OF) == 0 ? SLOW_PAUSE_MILLIS_MAX : PAUSE_MILLIS_MAX;
        this.endsCalm = random.nextInt(CALM_ONE_OF) == 0;
        this.writer = newWriter();
        left.addAll(scenario.submissions(random));
    }

    /** What was given to producers so far, in order, with the lines that are no events. */
    List<Submission> given() {
        return given;
    }

    void start() {
        agenda.after(0, this::step);
    }

    boolean isDone() {
        return left.isEmpty() && writer.isDrained() && clumsy.isDone() && foreign.isDone();
    }

    private void step() {
        for (int i = random.nextInt(eventsAtOnceMax); i >= 0 && !left.isEmpty(); i--) {
            Submission next = left.removeFirst();
            give(next);
            if (faults.strike(Fault.BAD_LINE)) {
                give(new Submission(next.key(), badLine(next.key()), false));
            }
        }
        if (endsCalm && left.size() < CALM_EVENTS) {
            faults.calm(true);
        }
        if (left.isEmpty()) {
            writer.flush();
            clumsy.flush();
            foreign.flush();
        }
        crash();
        write();
        clumsy.step(random, Math.max(CLUMSY_EVENTS_MIN, eventsAtOnceMax / CLUMSY_PARTS));
        if (!isDone()) {
            agenda.after(1 + random.nextInt(pauseMillisMax), this::step);
        }
    }

    /** Now text, now what a stranger might write who knows how the bot's lanes talk to each other. */
    private String badLine(String key) {
        int n = badLines++;
        return n % 2 == 0
                ? "bad line " + n
                : "{\"_cmd\":\"add\",\"bot\":\"" + setup.bot() + "\",\"key\":\"" + key + "\",\"value\":1.00,\"bad\":"
                        + n + "}";
    }

    /** A key has one producer: else nobody could say what its order is. */
    private void give(Submission submission) {
        given.add(submission);
        switch (Math.floorMod(submission.key().hashCode(), KINDS)) {
            case 0 -> foreign.put(submission);
            case 1, 2, 3 -> clumsy.add(submission);
            default -> {
                written.add(submission);
                writer.put(submission.key(), Json.of(submission.line()));
            }
        }
    }

    private void write() {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = writer.step();
        }
    }

    private SteppedWriter newWriter() {
        WriterLimits limits = WriterLimits.DEFAULTS
                .withRecord(64 * 1024, 1 + random.nextInt(eventsAtOnceMax))
                .withDelayMax(Duration.ofMillis(random.nextInt(PAUSE_MILLIS_MAX)))
                .withRetry(UNTIL, Duration.ofMillis(20), Duration.ofSeconds(2));
        Producer producer =
                Producer.fresh("writer", setup.streamName(), setup.bus().lanes());
        return new SteppedWriter(streams, producer, agenda, random, limits);
    }

    /** The process that writes dies, and the next one sends everything again, under the same name and numbers, in other records. */
    private void crash() {
        if (faults.strike(Fault.PRODUCER_CRASH)) {
            trace.line(() -> "the writer begins again with " + written.size() + " events");
            writer = newWriter();
            written.forEach(submission -> writer.put(submission.key(), Json.of(submission.line())));
        }
    }
}
