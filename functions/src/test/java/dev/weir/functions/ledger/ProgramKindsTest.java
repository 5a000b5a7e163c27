package dev.weir.functions.ledger;

import static dev.weir.functions.ledger.ProgramWorld.transfers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.functions.examples.PythonBank;
import dev.weir.pipeline.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Other programs than the bank of {@link ProgramTest}, each with everything that can go wrong. */
@Timeout(240)
class ProgramKindsTest {

    @TempDir
    Path folder;

    @Test
    void jqWritesWhatItWritesAlone() throws Exception {
        assumeTrue(ProgramWorld.isThere("jq"), "jq is not on the PATH");
        stormed(
                transfers(new Random(1), 300),
                Program.of("jq", "--unbuffered", "-c", "{to: .target, cents: (.amount * 100)}"));
    }

    /** One that has nothing to say to a line says {@code null}, and the pipeline filters it out. */
    @Test
    void jqWithAFilterAnswersNullForWhatItLeavesOut() throws Exception {
        assumeTrue(ProgramWorld.isThere("jq"), "jq is not on the PATH");
        stormed(
                transfers(new Random(2), 300),
                Program.of("jq", "--unbuffered", "-c", "if .source == \"sweep\" then .n else null end"));
    }

    @Test
    void aProgramThatWritesSeveralLinesForEach() throws Exception {
        assumeTrue(ProgramWorld.isThere("jq"), "jq is not on the PATH");
        stormed(
                transfers(new Random(3), 200),
                Program.of("jq", "--unbuffered", "-c", ".source, .target, .amount")
                        .answering(3));
    }

    /** Python writes what it prints at once because Weir asks it to, by {@code PYTHONUNBUFFERED}. */
    @Test
    void aPythonProgramThatPrints() throws Exception {
        ProgramWorld.assumePython();
        stormed(
                transfers(new Random(6), 200),
                Program.of("python3", "-c", "import sys\nfor line in sys.stdin:\n    print(line.strip())"));
    }

    /** One that keeps what it writes until it has much of it, and has no option against that. */
    @Test
    void aProgramOfTheCLibraryUnderStdbuf() throws Exception {
        assumeTrue(ProgramWorld.isThere("stdbuf"), "stdbuf is not on the PATH");
        assumeTrue(ProgramWorld.isThere("grep"), "grep is not on the PATH");
        stormed(transfers(new Random(8), 200), Program.of("stdbuf", "-oL", "grep", "amount"));
    }

    private void stormed(List<String> lines, Program program) throws Exception {
        Random random = new Random(lines.size());
        try (ProgramWorld bank = ProgramWorld.of(program)) {
            bank.put(lines, 30);
            bank.storm(random, 20);
            bank.world.drain();

            assertThat(bank.decided())
                    .isEqualTo(
                            ProgramWorld.alone(folder, lines, program.command().toArray(String[]::new)));
            assertThat(bank.world.parked()).isEmpty();
        }
    }

    @Test
    void thePythonBankDecidesAsItDoesAlone() throws Exception {
        ProgramWorld.assumePython();
        Random random = new Random(4);
        List<String> lines = transfers(random, 400);
        try (ProgramWorld bank = new ProgramWorld(PythonBank.PIPELINE)) {
            for (int from = 0; from < lines.size(); from += 40) {
                bank.world.put("bank.transfers", lines.subList(from, from + 40));
            }
            bank.storm(random, 30);
            bank.world.drain();

            assertThat(bank.world.payloads("bank.decided"))
                    .isEqualTo(ProgramWorld.alone(folder, lines, "python3", "-c", PythonBank.SOURCE))
                    .anyMatch(line -> line.contains("\"deny\""));
        }
    }

    @Test
    void aProgramThatIsNotThereIsToldOf() {
        try (ProgramWorld bank = ProgramWorld.of(Program.of("no-such-program-anywhere"))) {
            bank.put(transfers(new Random(5), 3), 3);
            bank.world.run();

            assertThat(bank.stderr).anyMatch(line -> line.contains("no-such-program-anywhere"));
            assertThat(bank.world.parked()).isEmpty();
            assertThat(bank.decided()).isEmpty();
        }
    }
}
