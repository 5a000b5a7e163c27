package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Chunk;
import dev.weir.model.Json;
import dev.weir.port.StreamRecord;
import dev.weir.wire.ChunkEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches and events of sizes at which a careless commit breaks a limit of DynamoDB. {@link FaultyItems} checks each commit. */
class CommitLimitsTest {

    /** Text that does not compress. */
    static String noise(Random random, int characters) {
        byte[] bytes = new byte[characters * 3 / 4 + 3];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes).substring(0, characters);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void tenThousandTransfersOverTwentyThousandAccounts(int lanes) {
        var world = World.ledger(lanes);
        List<String> transfers = new ArrayList<>();
        Numbered producer = new Numbered("p", lanes);
        for (int i = 0; i < 10_000; i++) {
            transfers.add(Transfers.line("s" + i, "t" + i, "1.00"));
        }
        for (int i = 0; i < 10_000; i += 2) {
            transfers.set(i, Transfers.line("sweep", "t" + i, "1.00"));
        }
        producer.addAll(transfers);
        world.put(producer.records(500));
        new Delivery<>(world).inBatchesOf(() -> 10_000).drain();

        Auditor.audit(world, transfers);
    }

    @Test
    void oneAccountHitTenThousandTimesTakesFewWrites() {
        var world = World.ledger(1);
        List<String> transfers = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            transfers.add(i % 3 == 0 ? Transfers.line("sweep", "a", "1.00") : Transfers.line("a", "b", "0.40"));
        }
        world.put(new Numbered("p", 1).addAll(transfers).records(1_000));
        new Delivery<>(world).inBatchesOf(() -> 10_000).drain();

        assertThat(world.results()).isEqualTo(Oracle.of(transfers).outcomes);
        assertThat(world.commits()).isLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void eventsOf380KilobytesGoThroughAlsoWhenTheyWereHeldAndDoNotCompress(int lanes) {
        Random random = new Random(1);
        var world = World.ledger(lanes);
        Numbered producer = new Numbered("p", lanes);
        List<String> transfers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String line = Transfers.line("sweep", "a" + i, "1.00");
            transfers.add(Transfers.with(line, "\"note\":\"" + noise(random, 380_000) + "\""));
        }
        producer.addAll(transfers);
        var records = producer.records(1);
        var first = records.removeFirst();
        world.put(records);
        world.deliver();
        assertThat(world.held()).isEqualTo(19);
        world.put(first);
        world.deliver();

        Auditor.audit(world, transfers);
    }

    /** Held or not, in a lane or on the way to it. */
    @Test
    void anEventTooLargeForAnyItemIsParkedByReferenceAndItsNeighboursGoOn() {
        Random random = new Random(2);
        String large =
                Transfers.with(Transfers.line("sweep", "a", "1.00"), "\"note\":\"" + noise(random, 600_000) + "\"");
        String small = Transfers.line("sweep", "a", "1.00");
        var world = World.ledger(1);
        Numbered producer = new Numbered("p", 1).add(small).add(large).add(small);
        world.put(producer.chunk(0, 1, 3));
        Numbered late = new Numbered("q", 1).add(small).add(large).add(small);
        world.put(late.chunk(0, 2, 3));
        world.deliver();
        world.put(late.chunk(0, 1, 1));
        world.putForeign("x", large);
        world.deliver();

        assertThat(world.results()).hasSize(4).containsOnly(Transfers.approved(small));
        assertThat(world.parked()).hasSize(3).allSatisfy(item -> {
            assertThat(item.get("payload")).isNull();
            assertThat(item.text("shard")).isEqualTo("shardId-000000000000");
            assertThat(item.text("reason")).contains("too large");
        });
    }

    @Test
    void manyBadEventsOfAnySizeAreParked() {
        Random random = new Random(3);
        var world = World.ledger(1);
        Numbered producer = new Numbered("p", 1);
        for (int i = 0; i < 150; i++) {
            producer.add("k", noise(random, i < 20 ? 380_000 : 1 + random.nextInt(2_000)));
        }
        world.put(producer.records(2));
        world.deliver();

        assertThat(world.parked()).hasSize(150);
    }

    @Test
    void aThousandProducersWithTheLongestNamesAndNumbersFitIntoACheckpoint() {
        var world = World.ledger(1);
        ChunkEncoder encoder = new ChunkEncoder();
        for (int i = 0; i < 1_000; i++) {
            encoder.begin(new Chunk("\u65e5".repeat(124) + (1_000 + i), 0, 1, 900_000_000_000_000_000L));
            encoder.add(Json.of(Transfers.line("sweep", "a", "1.00")));
            world.put(new StreamRecord("any", "0", encoder.finish()));
        }
        world.deliver();
        world.time.advance(Duration.ofSeconds(31));
        assertThat(world.tick()).isTrue();

        assertThat(world.results()).hasSize(1_000);
    }

    @Test
    void stateOfTheLongestNamesFits() {
        Random random = new Random(4);
        var world = World.ledger(4);
        List<String> transfers = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            transfers.add(Transfers.line("sweep", noise(random, 1_000), "1.00"));
        }
        world.put(new Numbered("p", 4).addAll(transfers).records(500));
        new Delivery<>(world).inBatchesOf(() -> 10_000).drain();

        Auditor.audit(world, transfers);
    }
}
