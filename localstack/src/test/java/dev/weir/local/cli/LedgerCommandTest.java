package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class LedgerCommandTest {
    private static final long SEED = 1978;

    @TempDir
    Path folder = Path.of("");

    @Test
    void oneLaneDecidesLineByLineAsTheTwentyLineProgram() throws IOException {
        List<Order> orders = Order.generate(SEED, 5_000);
        Oracle oracle = new Oracle();

        Weir.Ran ran = Weir.run(orders, "ledger", "--lanes", "1", "--balances", balances());

        assertThat(ran.out()).isEqualTo(oracle.decide(orders));
        assertThat(Files.readAllLines(Path.of(balances()))).isEqualTo(oracle.balances());
        assertThat(ran.exitCode()).isZero();
        long approved =
                ran.out().stream().filter(line -> line.endsWith("\"approve\"}")).count();
        assertThat(ran.err())
                .singleElement()
                .asString()
                .matches("weir: 5,000 lines in [0-9.]+ s \\([0-9,]+ a second\\): %,d approved, %,d denied, 0 parked"
                        .formatted(approved, 5_000 - approved));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 16})
    void manyLanesDecideEachTransferOnceInTheOrderOfItsSource(int lanes) throws IOException {
        List<Order> orders = Order.generate(SEED + lanes, 5_000);

        Weir.Ran ran =
                Weir.run(orders, "ledger", "--lanes=" + lanes, "--shards=" + lanes / 2, "--balances", balances());

        Auditor.audit(lanes, orders, ran.out(), Files.readAllLines(Path.of(balances())));
        assertThat(ran.exitCode()).isZero();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "Lambda's runtime client has natives for Linux alone")
    void theDeployedJarDecidesTheSame() throws IOException {
        List<Order> orders = Order.generate(SEED, 2_000);
        Oracle oracle = new Oracle();

        Weir.Ran ran = Weir.run(orders, "ledger", "--isolated", "--balances", balances());

        assertThat(ran.out()).isEqualTo(oracle.decide(orders));
        assertThat(Files.readAllLines(Path.of(balances()))).isEqualTo(oracle.balances());
        assertThat(ran.exitCode()).isZero();
    }

    private String balances() {
        return folder.resolve("balances.jsonl").toString();
    }
}
