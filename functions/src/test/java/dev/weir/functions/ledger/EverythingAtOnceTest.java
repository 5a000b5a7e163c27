package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.port.StreamRecord;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault at once, drawn from a seed: what producers, the network, the store, the function and an operator can do to a bus. */
class EverythingAtOnceTest {
    private static final int SEEDS = 200;
    private static final int TRANSFERS = 60;

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void theBooksAreRight(int lanes) {
        for (int seed = lanes; seed < lanes + SEEDS / 3 + 1; seed++) {
            try {
                new Run(lanes, seed).play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("lanes=" + lanes + " seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static final class Run {
        private final Random random;
        private final World<Transfer, BigDecimal, Decided> world;
        private final List<String> transfers;
        private final List<String> bad = new ArrayList<>();
        private final List<Delivery<Transfer, BigDecimal, Decided>> mappings = new ArrayList<>();

        Run(int lanes, int seed) {
            random = new Random(seed);
            world = new World<>(Ledger.GRAPH, lanes, 1 + random.nextInt(3));
            transfers = Transfers.traffic(random, 8, TRANSFERS);
        }

        void play() {
            List<StreamRecord> records = records();
            mapping(0.03);
            mapping(0.01); // a second copy that has the same records: it is behind, and believes that it is not
            for (StreamRecord record : records) {
                world.put(record);
                if (random.nextInt(12) == 0) {
                    reshard();
                }
                act();
            }
            int acts = 0;
            while (acts < 2_000 && act()) {
                acts++;
            }
            mappings.forEach(Delivery::drain);
            Auditor.audit(world, transfers);
            assertThat(world.parkedPayloads()).containsExactlyInAnyOrderElementsOf(bad);
        }

        private void mapping(double faults) {
            mappings.add(new Delivery<>(world)
                    .by(() -> world.copy(zombies(Plan.random(random, faults))))
                    .inBatchesOf(() -> 1 + random.nextInt(6))
                    .choosing(random::nextInt));
        }

        /** Now and then a process stands still for as long as the second mapping takes a batch. */
        private Plan zombies(Plan faults) {
            boolean[] asleep = {false};
            return call -> {
                if (call.port() == Call.Port.TRANSACT && !asleep[0] && random.nextInt(30) == 0) {
                    asleep[0] = true;
                    new Delivery<>(world)
                            .inBatchesOf(() -> 5)
                            .choosing(random::nextInt)
                            .step();
                    asleep[0] = false;
                }
                return faults.at(call);
            };
        }

        private boolean act() {
            var mapping = mappings.get(random.nextInt(mappings.size()));
            if (random.nextInt(5) == 0) {
                mapping.forget();
            }
            if (random.nextInt(40) == 0) {
                world.tick();
            }
            return mapping.step();
        }

        /** The transfers with bad lines between them, in records out of order, some of them twice in other cuts. */
        private List<StreamRecord> records() {
            int lanes = world.bus.lanes().count();
            Numbered producer = new Numbered("p", lanes);
            for (String transfer : transfers) {
                producer.add(transfer);
                if (random.nextInt(10) == 0) {
                    bad.add("{\"bad\":" + bad.size() + "}");
                    producer.add(random.nextInt(lanes), bad.getLast());
                }
            }
            List<StreamRecord> records = producer.records(1 + random.nextInt(4));
            for (int i = 0; i + 4 <= records.size(); i += 4) {
                Collections.shuffle(records.subList(i, i + 4), random);
            }
            for (int i = 0; i < 6; i++) {
                int lane = random.nextInt(lanes);
                int count = producer.count(lane);
                if (count > 0) {
                    int from = 1 + random.nextInt(count);
                    records.add(
                            random.nextInt(records.size()),
                            producer.chunk(lane, from, from + random.nextInt(count - from + 1)));
                }
            }
            return records;
        }

        private void reshard() {
            List<String> open = world.openShards();
            String shard = open.get(random.nextInt(open.size()));
            var range = world.streams.shards(world.stream).stream()
                    .filter(each -> each.id().equals(shard))
                    .findFirst()
                    .orElseThrow();
            BigInteger width = range.lastHash().subtract(range.firstHash());
            var upper = world.streams.shards(world.stream).stream()
                    .filter(each -> each.open()
                            && each.firstHash().equals(range.lastHash().add(BigInteger.ONE)))
                    .findFirst();
            if (upper.isPresent() && random.nextBoolean()) {
                world.streams.merge(world.stream, shard, upper.get().id());
            } else {
                world.streams.split(
                        world.stream,
                        shard,
                        range.firstHash().add(width.divide(BigInteger.valueOf(2 + random.nextInt(3)))));
            }
        }
    }
}
