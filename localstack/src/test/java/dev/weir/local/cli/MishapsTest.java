package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Counts.Count;
import dev.weir.local.bus.BusOptions;
import dev.weir.local.bus.LocalBus;
import dev.weir.local.kinesis.KinesisModel;
import dev.weir.local.kinesis.ShardView;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reshards and kills in the middle of a run, while its writer sends. */
@Timeout(120)
class MishapsTest {
    private static final int TRANSFERS = 20_000;
    private static final BigInteger THIRD = BigInteger.ONE.shiftLeft(128).divide(BigInteger.valueOf(3));

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void aReshardInTheMiddleChangesNothing(int lanes) throws IOException {
        List<Order> orders = Order.generate(7L * lanes, TRANSFERS);
        try (LocalBus bus = LocalBus.start(BusOptions.defaults().withLanes(lanes))) {
            Shards shards = new Shards(bus);
            Weir.Ran ran = Weir.run(
                    bus,
                    new Mishaps(
                            Weir.bytes(orders),
                            List.of(
                                    shards::splitInTheMiddle,
                                    shards::splitAcrossLanes,
                                    shards::merge,
                                    shards::splitAcrossLanes)));

            assertThat(shards.model.shards(shards.stream)).hasSize(1 + 2 + 2 + 1 + 2);
            isRight(lanes, orders, ran, bus);
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "Lambda's runtime client has natives for Linux alone")
    void killsOfTheFunctionInTheMiddleChangeNothing() throws IOException {
        List<Order> orders = Order.generate(99, TRANSFERS);
        Failures failures = new Failures();
        BusOptions options =
                BusOptions.defaults().withLanes(4).withShards(2).isolating().listening(failures);
        try (LocalBus bus = LocalBus.start(options)) {
            Runnable kill = () -> {
                failures.awaitBusy();
                bus.killFunction();
            };
            Weir.Ran ran = Weir.run(bus, new Mishaps(Weir.bytes(orders), List.of(kill, kill, kill)));

            assertThat(failures.seen())
                    .as("batches that died with the function")
                    .isPositive();
            isRight(4, orders, ran, bus);
        }
    }

    private void isRight(int lanes, List<Order> orders, Weir.Ran ran, LocalBus bus) throws IOException {
        List<String> balances = Weir.balances(bus, folder);
        if (lanes == 1) {
            Oracle oracle = new Oracle();
            assertThat(ran.out()).isEqualTo(oracle.decide(orders));
            assertThat(balances).isEqualTo(oracle.balances());
        }
        Auditor.audit(lanes, orders, ran.out(), balances);
        assertThat(ran.err().getFirst()).endsWith(" 0 parked");
        assertThat(LedgerState.of(bus.bus(), bus.wiring().items()).counts().of(Count.GAPS))
                .isZero();
    }

    /** The open shards of a bus's stream. */
    private static final class Shards {
        private final KinesisModel model;
        private final String stream;

        Shards(LocalBus bus) {
            this.model = bus.model().orElseThrow();
            this.stream = bus.bus().stream("transfers");
        }

        private List<ShardView> open() {
            return model.shards(stream).stream()
                    .filter(ShardView::open)
                    .sorted(Comparator.comparing(ShardView::firstHash))
                    .toList();
        }

        void splitInTheMiddle() {
            model.splitShard(stream, open().getFirst().id(), BigInteger.ONE.shiftLeft(127));
        }

        /** A third of the space is no border of any lane of 4 or 16, and cuts the only one of 1. */
        void splitAcrossLanes() {
            model.splitShard(stream, open().getFirst().id(), THIRD);
        }

        void merge() {
            List<ShardView> open = open();
            model.mergeShards(stream, open.get(0).id(), open.get(1).id());
        }
    }
}
