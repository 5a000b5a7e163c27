package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.bus.DataLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in the call: exit code 2, one clear line, nothing on stdout. */
@Timeout(60)
class UsageTest {
    private static final List<Order> INPUT = List.of(Order.of("sweep", "a", "1"));

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ledger --nonsense            | weir: Unknown option: '--nonsense'; see ./weir ledger --help",
                "ledger file.jsonl            | weir: Unmatched argument at index 1: 'file.jsonl'; see ./weir ledger --help",
                "nonsense                     | weir: Unmatched argument at index 0: 'nonsense'; see ./weir --help",
                "ledger --lanes 0             | weir: --lanes must be 1 to 4096: --lanes=0",
                "ledger --lanes 5000          | weir: --lanes must be 1 to 4096: --lanes=5000",
                "ledger --lanes x             | weir: Invalid value for option '--lanes': 'x' is not an int; see ./weir ledger --help",
                "ledger --lanes               | weir: Missing required parameter for option '--lanes' (N); see ./weir ledger --help",
                "ledger --shards 0            | weir: --shards must be 1 to 50: --shards=0",
                "ledger --shards 51           | weir: --shards must be 1 to 50: --shards=51",
                "ledger --data FOLDER/file    | weir: --data must be a directory: --data=FOLDER/file",
                "ledger --data FOLDER/file/x  | weir: data directory cannot be used: --data=FOLDER/file/x reason=",
                "ledger --balances FOLDER/no/b | weir: --balances cannot be written: --balances=FOLDER/no/b",
                "ledger --balances FOLDER     | weir: --balances cannot be written: --balances=FOLDER",
                "ledger --endpoint nonsense   | weir: endpoint must be a URL such as http://127.0.0.1:4566, kinesis=URL, dynamodb=URL, s3=URL or aws: endpoint=nonsense",
                "ledger --endpoint ftp://x    | weir: endpoint must be a URL such as http://127.0.0.1:4566, kinesis=URL, dynamodb=URL, s3=URL or aws: endpoint=ftp://x",
                "ledger --endpoint kinesis=http://127.0.0.1:1 | weir: both services need an endpoint, or one of them aws: missing=dynamodb",
                "simulate --plan nonsense     | weir: --plan: not a fault: nonsense; a plan is one of bots, crashes, delivery, everything, network, none, producers, or a list like",
                "simulate --plan frozen=2     | weir: --plan: a probability is a number from 0 to 1: frozen=2",
                "simulate --seeds 0           | weir: --seeds and --minutes begin with 1: seeds=0 minutes=1",
                "simulate --seeds x           | weir: Invalid value for option '--seeds': 'x' is not a long; see ./weir simulate --help",
                "demo --seed x                | weir: Invalid value for option '--seed': 'x' is not a long; see ./weir demo --help"
            })
    void isOneClearLine(String call, String expected) throws IOException {
        Files.createFile(folder.resolve("file"));

        Weir.Ran ran = Weir.run(INPUT, call.replace("FOLDER", folder.toString()).split(" +"));

        assertThat(ran.err()).singleElement().asString().startsWith(expected.replace("FOLDER", folder.toString()));
        assertThat(ran.exitCode()).isEqualTo(Main.USAGE);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void helpIsNoMistake() {
        Weir.Ran ran = Weir.run(new byte[0], "ledger", "--help");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).anyMatch(line -> line.contains("--balances=FILE"));
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void noCommandShowsWhatThereIs() {
        Weir.Ran ran = Weir.run(new byte[0]);

        assertThat(ran.exitCode()).isEqualTo(Main.USAGE);
        assertThat(ran.err()).anyMatch(line -> line.contains("ledger")).anyMatch(line -> line.contains("demo"));
    }

    @Test
    void aDirectoryThatAnotherCommandUsesIsRefused() throws IOException {
        try (DataLock _ = DataLock.acquire(folder)) {
            Weir.Ran ran = Weir.run(INPUT, "ledger", "--data", folder.toString());

            assertThat(ran.err())
                    .containsExactly("weir: data directory is in use by another command: --data=" + folder);
            assertThat(ran.exitCode()).isEqualTo(Main.USAGE);
        }
    }

    @Test
    void serversThatAreNotThereFailInOneLineAndAHint() {
        Weir.Ran ran = Weir.run(INPUT, "ledger", "--endpoint", "http://127.0.0.1:1");

        assertThat(ran.exitCode()).isEqualTo(Main.FAILED);
        assertThat(ran.err()).hasSize(2);
        assertThat(ran.err().getFirst()).startsWith("weir: ");
        assertThat(ran.err().getLast()).isEqualTo("weir: for the stack trace: WEIR_JAVA_OPTS=-Dweir.debug=true");
    }
}
