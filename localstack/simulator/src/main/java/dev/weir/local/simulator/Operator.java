package dev.weir.local.simulator;

import dev.weir.port.Shard;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Splits and merges shards while the bot runs, at lanes' borders and across them. */
final class Operator {
    private static final int FIRST_RESHARD_MILLIS_MAX = 1_500;
    private static final int LOOK_MILLIS = 1_000;
    private static final int OPEN_SHARDS_MAX = 5;
    private static final int RESHARDS_MAX = 12;
    private static final int PARTS_MAX = 8;

    private final Agenda agenda;
    private final Faults faults;
    private final Kinesis kinesis;
    private final SplittableRandom random;
    private int reshards;

    Operator(World world) {
        this.agenda = world.agenda;
        this.faults = world.faults;
        this.kinesis = world.kinesis;
        this.random = world.random.split();
    }

    /** One reshard is part of every run; more are faults. */
    void start() {
        agenda.after(1 + random.nextInt(FIRST_RESHARD_MILLIS_MAX), this::reshard);
        startFaults();
    }

    /** Reshards as faults, and no other. */
    void startFaults() {
        agenda.inBackground(LOOK_MILLIS, this::look);
    }

    private void look() {
        if (reshards < RESHARDS_MAX && faults.strike(Fault.RESHARD)) {
            reshard();
        }
        agenda.inBackground(LOOK_MILLIS, this::look);
    }

    private void reshard() {
        reshards++;
        List<Shard> open = kinesis.shards().stream().filter(Shard::open).toList();
        Shard shard = open.get(random.nextInt(open.size()));
        Optional<Shard> upper = open.stream()
                .filter(each -> each.firstHash().equals(shard.lastHash().add(BigInteger.ONE)))
                .findFirst();
        boolean merges = random.nextInt(3) == 0;
        if (upper.isPresent() && (merges || open.size() >= OPEN_SHARDS_MAX)) {
            kinesis.merge(shard.id(), upper.get().id());
        } else if (open.size() < OPEN_SHARDS_MAX) {
            split(shard);
        }
    }

    private void split(Shard shard) {
        BigInteger width = shard.lastHash().subtract(shard.firstHash()).add(BigInteger.ONE);
        int parts = 2 + random.nextInt(PARTS_MAX - 1);
        BigInteger at = shard.firstHash().add(width.divide(BigInteger.valueOf(parts)));
        if (at.compareTo(shard.firstHash()) > 0 && at.compareTo(shard.lastHash()) <= 0) {
            kinesis.split(shard.id(), at);
        }
    }
}
