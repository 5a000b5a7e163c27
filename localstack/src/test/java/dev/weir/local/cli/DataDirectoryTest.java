package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a data directory keeps between runs, however they end. */
@Timeout(180)
class DataDirectoryTest {
    private static final int KILLS = 3;
    private static final int TRANSFERS = 20_000;
    private static final int CHECK_MILLIS = 5;

    @TempDir
    Path folder = Path.of("");

    private Weir.Ran run(List<Order> orders, String... more) {
        List<String> arguments = new ArrayList<>(List.of("ledger", "--data", data(), "--balances", balancesFile()));
        arguments.addAll(List.of(more));
        return Weir.run(orders, arguments.toArray(String[]::new));
    }

    @Test
    void theNextRunGoesOnWithTheBalancesOfTheLastAndDecidesTheSameInputAnew() throws IOException {
        List<Order> orders = Order.generate(1, 300);
        Oracle oracle = new Oracle();

        assertThat(run(orders).out()).isEqualTo(oracle.decide(orders));
        Weir.Ran again = run(orders);
        assertThat(again.out()).isEqualTo(oracle.decide(orders));
        assertThat(again.err())
                .singleElement()
                .asString()
                .startsWith("weir: 300 lines in ")
                .endsWith(" 0 parked");
        assertThat(balances()).isEqualTo(oracle.balances());

        Weir.Ran other = run(orders, "--lanes", "2");
        assertThat(other.exitCode()).isEqualTo(Main.USAGE);
        assertThat(other.err())
                .containsExactly("weir: this bus has another number of lanes, which never changes: lanes=1 --lanes=2;"
                        + " leave --lanes out, or use another --data directory");
    }

    @Test
    void onlyWhatThisRunParkedIsTold() {
        Order good = Order.of("sweep", "a", "1");
        assertThat(run(List.of(malformed("bad")), "--lanes", "4").exitCode()).isEqualTo(Main.PARKED);

        Weir.Ran next = run(List.of(good, malformed("worse")));

        assertThat(next.out()).containsExactly(good.decided(true));
        assertThat(next.err()).hasSize(3);
        assertThat(next.err().getFirst()).endsWith(": 1 approved, 0 denied, 1 parked");
        assertThat(next.err().getLast()).startsWith("  line 2: ").endsWith(" | worse");
    }

    private static Order malformed(String line) {
        return new Order("", "", BigDecimal.ZERO, line);
    }

    @ParameterizedTest
    @CsvSource({"1, 1978", "4, 1979"})
    void aRunThatIsKilledAgainAndAgainIsFinishedByTheLast(int lanes, long seed) throws Exception {
        List<Order> orders = Order.generate(seed, TRANSFERS);
        Path input = Files.write(folder.resolve("in.jsonl"), Weir.bytes(orders));
        Random random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            // The first dies before it has printed anything, the others when they are somewhere in their output.
            killAfter(kill == 0 ? 0 : random.nextLong(Files.size(input) / 2), start(input, lanes));
        }
        Process last = start(input, lanes);
        assertThat(last.waitFor(120, TimeUnit.SECONDS)).isTrue();
        Weir.Ran ran = Weir.ended(last, out());
        assertThat(ran.exitCode()).as("stderr: %s", ran.err()).isZero();
        if (lanes == 1) {
            Oracle oracle = new Oracle();
            assertThat(ran.out()).isEqualTo(oracle.decide(orders));
            assertThat(balances()).isEqualTo(oracle.balances());
        }
        Auditor.audit(lanes, orders, ran.out(), balances());
    }

    private Process start(Path input, int lanes) throws IOException {
        return Weir.start(
                input,
                out(),
                "ledger",
                "--data",
                data(),
                "--balances",
                balancesFile(),
                "--lanes",
                Integer.toString(lanes),
                "--shards=2");
    }

    /** Kills the command as soon as it has a run, and has printed so many bytes; what it started must die with it. */
    private void killAfter(long bytes, Process command) throws Exception {
        Path run = folder.resolve("data").resolve("run.json");
        while (!(Files.exists(run) && Files.size(out()) >= bytes)) {
            assertThat(command.waitFor(CHECK_MILLIS, TimeUnit.MILLISECONDS))
                    .as("ended before the kill: %s", Files.readString(Path.of(out() + ".err")))
                    .isFalse();
        }
        List<ProcessHandle> children = command.descendants().toList();
        assertThat(children).as("DynamoDB Local").isNotEmpty();
        command.destroyForcibly();
        assertThat(command.waitFor(20, TimeUnit.SECONDS)).isTrue();
        for (ProcessHandle child : children) {
            child.onExit().get(20, TimeUnit.SECONDS);
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private Path out() {
        return folder.resolve("out.jsonl");
    }

    private String balancesFile() {
        return folder.resolve("balances.jsonl").toString();
    }

    private List<String> balances() throws IOException {
        return Files.readAllLines(Path.of(balancesFile()));
    }
}
