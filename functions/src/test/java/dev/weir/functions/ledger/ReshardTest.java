package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Counts.Count;
import dev.weir.model.Lanes;
import dev.weir.port.Shard;
import dev.weir.port.StreamRecord;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream whose shards are split and merged while events are held and credits are on their way. */
class ReshardTest {

    enum Change {
        SPLIT_BETWEEN_LANES {
            @Override
            void apply(World<?, ?, ?> world) {
                Shard shard = widest(world);
                world.streams.split(
                        world.stream,
                        shard.id(),
                        border(world.bus.lanes(), shard).orElse(middle(shard)));
            }
        },
        SPLIT_INSIDE_A_LANE {
            @Override
            void apply(World<?, ?, ?> world) {
                Shard shard = widest(world);
                world.streams.split(world.stream, shard.id(), middle(shard).add(BigInteger.valueOf(12_345)));
            }
        },
        SPLIT_AND_MERGE {
            @Override
            void apply(World<?, ?, ?> world) {
                SPLIT_INSIDE_A_LANE.apply(world);
                List<Shard> open = world.streams.shards(world.stream).stream()
                        .filter(Shard::open)
                        .sorted(Comparator.comparing(Shard::firstHash))
                        .toList();
                world.streams.merge(world.stream, open.get(0).id(), open.get(1).id());
            }
        };

        abstract void apply(World<?, ?, ?> world);

        private static Shard widest(World<?, ?, ?> world) {
            return world.streams.shards(world.stream).stream()
                    .filter(Shard::open)
                    .max(Comparator.comparing(shard -> shard.lastHash().subtract(shard.firstHash())))
                    .orElseThrow();
        }

        private static BigInteger middle(Shard shard) {
            return shard.firstHash().add(shard.lastHash()).shiftRight(1);
        }

        private static Optional<BigInteger> border(Lanes lanes, Shard shard) {
            return IntStream.range(0, lanes.count())
                    .mapToObj(lanes::firstHash)
                    .filter(hash -> hash.compareTo(shard.firstHash()) > 0 && hash.compareTo(shard.lastHash()) < 0)
                    .findFirst();
        }
    }

    @ParameterizedTest
    @EnumSource
    void lanesKeepTheirOrderAndTheirPast(Change change) {
        for (int lanes : List.of(4, 16)) {
            for (int seed = 0; seed < 5; seed++) {
                reshard(lanes, seed, change);
            }
        }
    }

    private static void reshard(int lanes, int seed, Change change) {
        Random random = new Random(seed);
        var world = World.ledger(lanes);
        List<String> transfers = Transfers.traffic(random, 20, 200);
        List<StreamRecord> records = new Numbered("p", lanes).addAll(transfers).records(3);
        int half = records.size() / 2;
        swapAround(half, records); // held on one side of the change, released on the other
        records.addAll(half + 5, records.subList(half - 8, half - 4)); // a retry on the other side
        var delivery = new Delivery<>(world).choosing(random::nextInt).inBatchesOf(() -> 1 + random.nextInt(6));

        world.put(records.subList(0, half));
        deliverSome(world, delivery, half / 2);
        change.apply(world);
        world.put(records.subList(half, records.size()));
        delivery.drain();

        Auditor.audit(world, transfers);
        assertThat(world.counted(Count.HELD)).isPositive();
        assertThat(world.counted(Count.RETRIED_BY_PRODUCER)).isPositive();
    }

    /** Swaps the last record of a lane before a place with the first of the same lane after it. */
    private static void swapAround(int place, List<StreamRecord> records) {
        for (int i = place - 1; i >= 0; i--) {
            for (int j = place; j < records.size(); j++) {
                if (Objects.equals(
                        records.get(i).explicitHashKey(), records.get(j).explicitHashKey())) {
                    Collections.swap(records, i, j);
                    return;
                }
            }
        }
    }

    /** Some batches, of which the last one dies with its outbox committed and unsent. */
    private static void deliverSome(
            World<Transfer, BigDecimal, Decided> world, Delivery<Transfer, BigDecimal, Decided> delivery, int batches) {
        for (int i = 0; i < batches / 4; i++) {
            delivery.step();
        }
        delivery.forget();
        delivery.by(() -> world.copy(call -> call.port() == Call.Port.PUT ? Fault.KILLED_BEFORE : Fault.NONE));
        delivery.step();
        delivery.forget();
        delivery.by(world::copy);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void aReshardAfterEveryFewRecordsChangesNothing(int lanes) {
        Random random = new Random(lanes);
        var world = World.ledger(lanes);
        List<String> transfers = Transfers.traffic(random, 20, 200);
        List<StreamRecord> records = new Numbered("p", lanes).addAll(transfers).records(3);
        var delivery = new Delivery<>(world).choosing(random::nextInt).inBatchesOf(() -> 1 + random.nextInt(4));
        for (int i = 0; i < records.size(); i++) {
            world.put(records.get(i));
            if (i % 5 == 4) {
                Change.values()[random.nextInt(3)].apply(world);
            }
            if (random.nextBoolean()) {
                delivery.step();
            }
            if (random.nextInt(5) == 0) {
                delivery.forget();
            }
        }
        delivery.drain();

        Auditor.audit(world, transfers);
    }

    @ParameterizedTest
    @EnumSource
    void aParentThatIsDeliveredAgainAfterItsChildrenChangesNothing(Change change) {
        var world = World.ledger(4);
        List<String> transfers = Transfers.traffic(new Random(9), 20, 60);
        transfers.forEach(line -> world.putForeign(Transfers.source(line), line));
        var delivery = new Delivery<>(world);
        delivery.drain();
        String parent = world.openShards().getFirst();
        change.apply(world);
        List<String> more = Transfers.traffic(new Random(10), 20, 60);
        more.forEach(line -> world.putForeign(Transfers.source(line), line));
        delivery.drain();
        assertThat(world.results()).hasSize(120);

        delivery.forget();
        delivery.redeliver(parent, 0, 60);

        assertThat(world.results()).hasSize(120);
    }
}
