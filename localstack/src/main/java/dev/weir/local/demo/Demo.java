package dev.weir.local.demo;

import dev.weir.flow.Bus;
import dev.weir.flow.Counts;
import dev.weir.flow.Counts.Count;
import dev.weir.flow.LaneStatus;
import dev.weir.functions.ledger.Ledger;
import dev.weir.local.bus.LocalBus;
import dev.weir.local.kinesis.KinesisModel;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.port.Time;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The demonstration: transfers from a clumsy producer, a reshard and a kill while they are decided, and then the audit. */
public final class Demo {
    private static final int ACCOUNTS = 300;
    private static final Duration ROUND = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String BOT = Ledger.GRAPH.name();

    /**
     * How much is played. In the first tenth of the rounds all money comes in; after three tenths the stream is resharded, after six the
     * function is killed.
     *
     * @param rounds at least 10
     * @param transfersPerRound at least 1
     */
    public record Plan(int rounds, int transfersPerRound) {
        /** Ten seconds of sending. */
        public static final Plan FULL = new Plan(40, 500);

        int transfers() {
            return rounds * transfersPerRound;
        }
    }

    private final LocalBus local;
    private final Plan plan;
    private final Bus bus;
    private final Time time;
    private final RandomGenerator random;
    private final Timeline timeline = new Timeline();
    private final ClumsyProducer producer;
    private final Consumer<String> status;

    /**
     * @param status takes a line about the present moment, often
     */
    public Demo(LocalBus local, Plan plan, RandomGenerator random, Consumer<String> status) {
        this.local = local;
        this.plan = plan;
        this.bus = local.bus();
        this.time = local.wiring().time();
        this.random = random;
        this.status = status;
        this.producer = new ClumsyProducer(bus, local.wiring().streams(), random);
    }

    /** Sends, reshards, kills, and waits until everything is at rest. */
    public void play() {
        for (int round = 0; round < plan.rounds; round++) {
            mishap(round);
            for (int i = 0; i < plan.transfersPerRound; i++) {
                transfer(round);
            }
            producer.flush();
            look();
            time.pause(ROUND);
        }
        awaitRest();
    }

    private void mishap(int round) {
        KinesisModel kinesis = local.model().orElseThrow();
        String stream = bus.stream(Ledger.GRAPH.source().stream());
        if (round == plan.rounds * 3 / 10) {
            long before = kinesis.shards(stream).stream()
                    .filter(shard -> shard.open())
                    .count();
            int after = (int) before + 1;
            kinesis.updateShardCount(stream, after);
            timeline.mark('R', "reshard: " + before + " -> " + after + " shards, cutting across lanes");
        }
        if (round == plan.rounds * 6 / 10) {
            local.killFunction();
            timeline.mark('K', "kill -9 of the function, in the middle of its batches");
        }
    }

    private void transfer(int round) {
        String source = round < plan.rounds / 10 || random.nextInt(10) == 0 ? Ledger.SWEEP : account();
        String target = random.nextInt(20) == 0 ? Ledger.SWEEP : account();
        BigDecimal amount = BigDecimal.valueOf(random.nextInt(100, 10_000), 2);
        producer.put(
                source,
                Json.of("{\"source\":\"" + source + "\",\"target\":\"" + target + "\",\"amount\":" + amount + ",\"n\":"
                        + (producer.sent() + 1) + "}"));
    }

    private String account() {
        return String.format(Locale.ROOT, "account-%03d", random.nextInt(ACCOUNTS));
    }

    private void look() {
        Counts counts = counts();
        timeline.sample(counts.of(Count.PROCESSED));
        status.accept(String.format(
                Locale.ROOT,
                "%,d of %,d sent, %,d decided",
                producer.sent(),
                plan.transfers(),
                counts.of(Count.PROCESSED)));
    }

    private void awaitRest() {
        long end = time.epochMillis() + PATIENCE.toMillis();
        while (!isAtRest() && time.epochMillis() < end) {
            look();
            time.pause(ROUND);
        }
        look();
    }

    private boolean isAtRest() {
        List<LaneStatus> lanes = lanes();
        return lanes.size() == bus.lanes().count() && lanes.stream().allMatch(this::isAtRest);
    }

    private boolean isAtRest(LaneStatus lane) {
        if (lane.held() > 0 || !(lane.lane() instanceof LaneId.Slice(int index))) {
            return false;
        }
        boolean tookAll = lane.nextByProducer().getOrDefault(producer.id(), 1L) == producer.next(index);
        return tookAll
                && lanes().stream()
                        .allMatch(from -> from.nextByLane().getOrDefault(index, 1L)
                                <= lane.nextByProducer().getOrDefault(LaneStatus.producer(BOT, from.lane()), 1L));
    }

    private List<LaneStatus> lanes() {
        return LaneStatus.all(bus, BOT, LaneStatus.slices(bus), local.wiring().items());
    }

    private Counts counts() {
        Counts counts = new Counts();
        lanes().forEach(lane -> counts.addAll(lane.counts()));
        return counts;
    }

    // ------------------------------------------------------------------ the audit

    /** Prints the picture and the audit; answers whether the audit found nothing wrong. */
    public boolean report(PrintStream out) {
        Counts counts = counts();
        timeline.draw(ROUND.toMillis() / 1000.0).forEach(out::println);
        out.println();
        row(out, "transfers sent", producer.sent(), "");
        row(out, "records sent twice", producer.sentTwice(), "");
        row(out, "records sent in the wrong order", producer.swapped(), "");
        row(out, "events dropped as seen before", dropped(counts), "by producer's number or by shard position");
        row(out, "events held until their turn", counts.of(Count.HELD), "");
        row(out, "credits that travelled between lanes", counts.of(Count.MERGED), "");
        Audit audit = Audit.of(bus, local.wiring().items(), local.wiring().time(), producer.sent());
        audit.print(out);
        return audit.isSound();
    }

    private static long dropped(Counts counts) {
        return counts.of(Count.RETRIED_BY_PRODUCER) + counts.of(Count.REDELIVERED);
    }

    private static void row(PrintStream out, String what, long value, String note) {
        out.println(String.format(Locale.ROOT, "  %-40s %,10d   %s", what, value, note)
                .stripTrailing());
    }
}
