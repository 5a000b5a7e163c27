package dev.weir.functions.ledger;

import static dev.weir.functions.ledger.ProgramWorld.transfers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Json;
import dev.weir.pipeline.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that tells its state: what comes out is the same, and a new process reads only what came after. */
@Timeout(240)
class ProgramSnapshotTest {
    private static final int LINES = 40;
    private static final int PAGE = 50;

    @TempDir
    static Path folder;

    private static Program program;
    private static String plain;

    @BeforeAll
    static void findPython() throws IOException {
        ProgramWorld.assumePython();
        plain = ProgramWorld.file(folder, "bank.py").toString();
        program = Program.of(
                        "python3",
                        ProgramWorld.file(folder, "bank-with-snapshots.py").toString())
                .snapshotting(LINES);
    }

    private static List<String> alone(List<String> lines) throws IOException, InterruptedException {
        return ProgramWorld.alone(folder, lines, "python3", plain);
    }

    @Test
    void itWritesWhatOneWithoutSnapshotsWritesAloneThoughItAndItsHostAreKilledAllTheTime() throws Exception {
        Random random = new Random(2026);
        List<String> lines = transfers(random, 600);
        try (ProgramWorld bank = ProgramWorld.of(program)) {
            bank.put(lines, PAGE);
            bank.storm(random, 40);
            bank.world.drain();

            assertThat(bank.decided()).isEqualTo(alone(lines));
            assertThat(bank.world.parked()).isEmpty();
            assertThat(bank.world.payloads("bank.decide.log")).anyMatch(line -> line.contains("\"snapshot\":"));
        }
    }

    @Test
    void aNewProcessReadsAgainWhatCameAfterTheLastSnapshotAlone() throws Exception {
        List<String> lines = transfers(new Random(7), 1_000);
        try (ProgramWorld bank = ProgramWorld.of(program)) {
            bank.world.pageEntries = PAGE;
            bank.put(lines.subList(0, 990), PAGE);
            bank.world.drain();
            bank.restart();
            bank.put(lines.subList(990, 1_000), PAGE);
            bank.world.drain();

            assertThat(bank.decided()).isEqualTo(alone(lines));
            assertThat(bank.programs().linesReplayed()).isLessThanOrEqualTo(LINES + PAGE);
        }
    }

    @Test
    void aStateThatIsLargerThanAnEventIsKeptInSeveral() throws Exception {
        assertThat(snapshots(600_000)).contains("\"part\":3,\"of\":");
    }

    @Test
    void aStateThatIsLargerThanACommitIsPassedOver() throws Exception {
        assertThat(snapshots(2_000_000)).doesNotContain("\"snapshot\":80");
    }

    /** What is kept of a program with so many bytes of noise in its state; it must go on from there as if it had never died. */
    private static String snapshots(int noise) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>(transfers(new Random(7), 100));
        lines.add(50, "{\"grow\": " + noise + ", \"source\": \"sweep\", \"target\": \"a1\", \"amount\": 1}");
        try (ProgramWorld bank = ProgramWorld.of(program)) {
            bank.world.pageEntries = 10;
            bank.put(lines.subList(0, 90), 10);
            bank.world.drain();
            bank.restart();
            bank.put(lines.subList(90, lines.size()), 10);
            bank.world.drain();

            assertThat(bank.decided()).isEqualTo(alone(lines));
            return String.join("\n", bank.world.payloads("bank.decide.log"));
        }
    }

    @Test
    void snapshotsCanBeSwitchedOnAndOffForWhatRuns() throws Exception {
        List<String> lines = transfers(new Random(7), 300);
        Program without = new Program(program.command(), 1, Optional.empty());
        Program often = program.snapshotting(
                7, Program.ASK, state -> Json.of("{\"state\":" + state + ",\"_weir\":\"restore\"}"));
        try (ProgramWorld first = ProgramWorld.of(without)) {
            first.put(lines.subList(0, 100), PAGE);
            first.world.drain();
            for (Program next : List.of(often, without, often)) {
                first.restart();
                first.change(next);
                int from = first.decided().size();
                first.put(lines.subList(from, from + 60), 20);
                first.world.drain();
            }

            assertThat(first.decided()).isEqualTo(alone(lines.subList(0, 280)));
        }
    }
}
