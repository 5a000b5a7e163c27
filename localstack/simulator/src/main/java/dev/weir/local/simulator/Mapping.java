package dev.weir.local.simulator;

import dev.weir.local.mapping.Lineage;
import dev.weir.local.mapping.MappingSettings;
import dev.weir.local.mapping.MappingSettings.Batching;
import dev.weir.local.mapping.MappingSettings.Retrying;
import dev.weir.local.mapping.Next;
import dev.weir.local.mapping.Position;
import dev.weir.local.mapping.ShardPoller;
import dev.weir.local.mapping.ShardSource;
import dev.weir.port.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The event source mapping: a poller for each shard, parents before children, over the same state machine as the local bus. A poller
 * that finds nothing sleeps until something is put.
 */
final class Mapping {
    private static final String STREAM_ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/simulated";
    private static final String FUNCTION_ARN = "arn:aws:lambda:us-east-1:000000000000:function:simulated";
    private static final int POLL_MILLIS_MAX = 600;
    private static final int SECOND_POLLER_BATCHES_MAX = 4;

    /** Who reads a shard. A second reader has a number of batches, and is forgotten after. */
    private final class Reader {
        private final String shard;
        private final boolean isSecond;
        private ShardPoller poller;
        private int batchesLeft;
        private boolean isPlanned;

        Reader(String shard, Position from, boolean isSecond, int batchesLeft) {
            this.shard = shard;
            this.isSecond = isSecond;
            this.batchesLeft = batchesLeft;
            this.poller = new ShardPoller(settings, from);
        }

        void plan(long millis) {
            if (!isPlanned) {
                isPlanned = true;
                agenda.after(millis, () -> {
                    isPlanned = false;
                    step(this);
                });
            }
        }
    }

    private final Agenda agenda;
    private final Faults faults;
    private final Trace trace;
    private final Kinesis kinesis;
    private final Lambda lambda;
    private final MappingSettings settings;
    private final TreeMap<String, Reader> readers = new TreeMap<>();
    private final List<Reader> seconds = new ArrayList<>();
    private final Map<String, Position> done = new HashMap<>();
    private final Map<String, List<Position>> earlier = new HashMap<>();
    private List<Shard> known = List.of(); // the shards for which those that may be read were found
    private List<Shard> readable = List.of();
    private int ends; // of shards that were read to their ends
    private int knownEnds;
    private int steps;

    /**
     * @param batchSize most records of a batch
     * @param window how long a batch waits for company
     * @param bisecting whether a batch that fails is split
     */
    Mapping(
            Agenda agenda,
            Faults faults,
            Trace trace,
            Kinesis kinesis,
            Lambda lambda,
            int batchSize,
            Duration window,
            boolean bisecting) {
        this.agenda = agenda;
        this.faults = faults;
        this.trace = trace;
        this.kinesis = kinesis;
        this.lambda = lambda;
        Retrying retrying = Retrying.DEFAULT.reporting();
        this.settings = MappingSettings.of(STREAM_ARN, FUNCTION_ARN)
                .with(new Batching(batchSize, window))
                .with(bisecting ? retrying.bisecting() : retrying);
        kinesis.onPut(this::wake);
    }

    /** Shards that nobody reads yet and that may be read get a reader; the others look again. */
    private void wake() {
        if (known != kinesis.shards() || ends != knownEnds) {
            known = kinesis.shards();
            knownEnds = ends;
            readable = Lineage.readable(known, done);
        }
        for (Shard shard : readable) {
            readers.computeIfAbsent(shard.id(), id -> new Reader(id, Position.TRIM_HORIZON, false, 0))
                    .plan(pollMillis());
        }
        seconds.forEach(reader -> reader.plan(pollMillis()));
    }

    private long pollMillis() {
        return 1 + Hash.below(Hash.of(steps++, 7, 7), POLL_MILLIS_MAX);
    }

    private void step(Reader reader) {
        if (!reader.isSecond) {
            disturb(reader);
        }
        switch (reader.poller.next(agenda.epochMillis())) {
            case Next.Fetch fetch -> fetch(reader, fetch);
            case Next.Invoke invoke -> invoke(reader, invoke);
            case Next.Wait(long untilMillis) -> reader.plan(untilMillis - agenda.epochMillis());
            case Next.Ended _ -> end(reader);
            case Next.AwaitAnswer _ -> {}
            case Next.Discard _ ->
                throw new IllegalStateException("a mapping without bounds discarded a batch: shard=" + reader.shard);
        }
    }

    private void fetch(Reader reader, Next.Fetch fetch) {
        ShardSource.Read read = kinesis.read(reader.shard, fetch.from(), fetch.recordsMax(), fetch.bytesMax());
        reader.poller.fetched(read, agenda.epochMillis());
        if (!read.records().isEmpty() || read.atEnd()) {
            reader.plan(0);
        } else if (fetch.wakeAtMillis().isPresent()) {
            reader.plan(fetch.wakeAtMillis().getAsLong() - agenda.epochMillis());
        }
    }

    private void invoke(Reader reader, Next.Invoke invoke) {
        ShardPoller poller = reader.poller;
        trace.line(() -> "invoke " + reader.shard + (reader.isSecond ? " second " : " ")
                + invoke.batch().records().stream()
                        .map(each -> each.sequenceNumber().digits())
                        .toList());
        lambda.invoke(invoke.event(), result -> {
            long nowMillis = agenda.epochMillis();
            trace.line(() -> "result " + reader.shard + " " + result.text());
            switch (result) {
                case Lambda.Result.Answered(byte[] answer) -> poller.answered(answer, nowMillis);
                case Lambda.Result.Failed _ -> poller.failed(nowMillis);
                case Lambda.Result.NotInvoked _ -> poller.notInvoked(nowMillis);
            }
            if (reader.poller == poller) {
                progress(reader);
            }
        });
    }

    private void progress(Reader reader) {
        if (reader.isSecond) {
            if (--reader.batchesLeft <= 0) {
                seconds.remove(reader);
                return;
            }
        } else {
            Position position = reader.poller.done();
            done.put(reader.shard, position);
            earlier.computeIfAbsent(reader.shard, _ -> new ArrayList<>(List.of(Position.TRIM_HORIZON)))
                    .add(position);
        }
        reader.plan(0);
    }

    private void end(Reader reader) {
        if (reader.isSecond) {
            seconds.remove(reader);
            return;
        }
        done.put(reader.shard, Position.END);
        readers.remove(reader.shard);
        ends++;
        wake();
    }

    /** A shard is read again from an earlier place, by the same reader or by a second one beside it. */
    private void disturb(Reader reader) {
        if (faults.strike(Fault.REWOUND)) {
            Position from = earlier(reader.shard, Fault.REWOUND);
            List<Position> positions = earlier.getOrDefault(reader.shard, new ArrayList<>());
            positions.subList(positions.indexOf(from) + 1, positions.size()).clear(); // they are ahead now
            reader.poller = new ShardPoller(settings, from);
        }
        if (faults.strike(Fault.SECOND_POLLER)) {
            List<String> known = earlier.keySet().stream().sorted().toList();
            if (!known.isEmpty()) {
                String shard = known.get((int) faults.amount(Fault.SECOND_POLLER, known.size()));
                Reader second = new Reader(
                        shard,
                        earlier(shard, Fault.SECOND_POLLER),
                        true,
                        1 + (int) faults.amount(Fault.SECOND_POLLER, SECOND_POLLER_BATCHES_MAX));
                seconds.add(second);
                second.plan(pollMillis());
            }
        }
    }

    private Position earlier(String shard, Fault fault) {
        List<Position> positions = earlier.getOrDefault(shard, List.of(Position.TRIM_HORIZON));
        int back = (int) Math.min(positions.size(), faults.delayMillis(fault, 2L * positions.size() + 1));
        return positions.get(positions.size() - back);
    }

    /** The shards from which not everything was taken; of a closed one also its end. */
    List<String> unfinished() {
        return Lineage.readable(kinesis.shards(), done).stream()
                .filter(shard -> !shard.open() || !isTaken(shard.id()))
                .map(shard -> shard.id() + " from "
                        + done.getOrDefault(shard.id(), Position.TRIM_HORIZON).text())
                .toList();
    }

    private boolean isTaken(String shard) {
        Position from = done.getOrDefault(shard, Position.TRIM_HORIZON);
        return kinesis.read(shard, from, 1, 1).records().isEmpty();
    }
}
