package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.bus.BusOptions;
import dev.weir.local.bus.Endpoints;
import dev.weir.local.bus.LocalBus;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.waiters.KinesisWaiter;

/** What must hold on any servers that speak the APIs of Kinesis and DynamoDB, and know nothing of ours. */
@Timeout(300)
abstract class OtherServersContract {
    private static final int LANES = 4;
    private static final int TRANSFERS = 1_000;
    private static final Duration CHECK = Duration.ofMillis(50);
    private static final int CHECKS_MAX = 200;

    @TempDir
    Path folder = Path.of("");

    /** The values of {@code --endpoint}; the servers are empty. */
    abstract List<String> endpoints();

    @Test
    void theLedgerIsRightAndAReshardInTheMiddleChangesNothing() throws Exception {
        Path file = folder.resolve("balances.jsonl");
        List<String> call = new ArrayList<>(List.of("ledger", "--lanes=" + LANES, "--shards=2", "--balances=" + file));
        endpoints().forEach(endpoint -> call.add("--endpoint=" + endpoint));
        List<Order> orders = Order.generate(4, TRANSFERS);

        Weir.Ran ran = Weir.run(orders, call.toArray(String[]::new));

        assertThat(ran.exitCode()).as("stderr: %s", ran.err()).isZero();
        Auditor.audit(LANES, orders, ran.out(), Files.readAllLines(file));

        List<Order> more = Order.generate(5, TRANSFERS);
        List<Order> all = new ArrayList<>(orders);
        all.addAll(more);
        List<String> outcomes = new ArrayList<>(ran.out());
        try (LocalBus bus = LocalBus.start(BusOptions.defaults().at(Endpoints.parse(endpoints())))) {
            outcomes.addAll(Weir.run(bus, new Mishaps(Weir.bytes(more), List.of(() -> split(bus))))
                    .out());

            Auditor.audit(LANES, all, outcomes, Weir.balances(bus, folder));
            assertThat(bus.kinesis()
                            .listShards(list -> list.streamName(bus.bus().stream("transfers")))
                            .shards())
                    .hasSize(2 + 2);
        }
    }

    /** Splits the first shard at a third of it, which is no border of a lane, and waits until that is done. */
    private static void split(LocalBus bus) {
        String stream = bus.bus().stream("transfers");
        var first = bus.kinesis()
                .listShards(list -> list.streamName(stream).shardFilter(only -> only.type(ShardFilterType.AT_LATEST)))
                .shards()
                .getFirst();
        BigInteger start = new BigInteger(first.hashKeyRange().startingHashKey());
        BigInteger end = new BigInteger(first.hashKeyRange().endingHashKey());
        BigInteger third = start.add(end.subtract(start).divide(BigInteger.valueOf(3)));
        bus.kinesis()
                .splitShard(split ->
                        split.streamName(stream).shardToSplit(first.shardId()).newStartingHashKey(third.toString()));
        try (KinesisWaiter waiter = KinesisWaiter.builder()
                .client(bus.kinesis())
                .overrideConfiguration(checks -> checks.backoffStrategyV2(BackoffStrategy.fixedDelay(CHECK))
                        .maxAttempts(CHECKS_MAX))
                .build()) {
            waiter.waitUntilStreamExists(wait -> wait.streamName(stream));
        }
    }
}
