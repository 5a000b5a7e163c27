package dev.weir.functions.ledger;

import static dev.weir.functions.ledger.ProgramWorld.QUEUE;
import static dev.weir.functions.ledger.ProgramWorld.transfers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Json;
import dev.weir.pipeline.Program;
import dev.weir.pipeline.Programs;
import dev.weir.pipeline.Programs.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Python program with its balances in memory as a step: what comes out is what it writes when it runs alone, whatever dies. */
@Timeout(120)
class ProgramTest {
    @TempDir
    static Path folder;

    private static Path script;

    private ProgramWorld bank;

    @BeforeAll
    static void findPython() throws IOException {
        ProgramWorld.assumePython();
        script = ProgramWorld.file(folder, "bank.py");
    }

    @BeforeEach
    void open() {
        bank = ProgramWorld.of(Program.of("python3", script.toString()));
    }

    @AfterEach
    void close() {
        if (bank != null) {
            bank.close();
        }
    }

    private static List<String> alone(List<String> lines) throws IOException, InterruptedException {
        return ProgramWorld.alone(folder, lines, "python3", script.toString());
    }

    @Test
    void itWritesWhatItWritesAloneThoughItAndItsHostAreKilledAllTheTime() throws Exception {
        Random random = new Random(1978);
        List<String> lines = transfers(random, 600);
        bank.put(lines, 50);
        bank.storm(random, 30);
        bank.world.drain();

        assertThat(bank.decided()).isEqualTo(alone(lines));
        assertThat(bank.world.parked()).isEmpty();
    }

    @Test
    void aLineOfWhichItDiesIsParkedAndTheProgramGoesOnAsIfItHadNotBeen() throws Exception {
        List<String> lines = transfers(new Random(7), 60);
        bank.world.put(QUEUE, lines.subList(0, 30));
        bank.world.put(QUEUE, List.of("{\"exit\": 3}"));
        bank.world.drain();

        assertThat(bank.decided()).isEqualTo(alone(lines.subList(0, 30)));
        assertThat(bank.world.parked()).singleElement().satisfies(item -> assertThat(item.text("reason"))
                .contains("the program has ended: exit=3", "stderr=told to exit"));
        assertThat(bank.stderr).contains("told to exit");
    }

    @Test
    void whatIsNoJsonIsNotSentOn() throws Exception {
        bank.world.put(QUEUE, transfers(new Random(7), 5));
        bank.world.put(QUEUE, List.of("{\"say\": \"Traceback (most recent\"}"));
        bank.world.drain();

        assertThat(bank.decided()).hasSize(5);
        assertThat(bank.world.parked()).singleElement().satisfies(item -> assertThat(item.text("reason"))
                .contains("the program wrote what is no JSON: line=Traceback (most recent"));
    }

    @Test
    void aProgramThatDoesNotAnswerIsNotWaitedForForEver() {
        bank.restart(Duration.ofSeconds(2));
        bank.world.put(QUEUE, transfers(new Random(7), 5));
        bank.world.put(QUEUE, List.of("{\"sleep\": 60, \"source\": \"sweep\", \"target\": \"a\", \"amount\": 1}"));
        bank.world.drain();

        assertThat(bank.decided()).hasSize(5);
        assertThat(bank.world.parked()).singleElement().satisfies(item -> assertThat(item.text("reason"))
                .contains("the program does not answer: waitedMillis=2000"));
    }

    @Test
    void whatTheProgramHasReadIsKeptInOrder() {
        List<String> lines = transfers(new Random(7), 40);
        bank.world.put(QUEUE, lines);
        bank.world.drain();

        assertThat(bank.world.payloads("bank.decide.log"))
                .containsExactly(
                        "{\"key\":\"bank\",\"n\":0,\"lines\":[" + String.join(",", lines.subList(0, 16)) + "]}",
                        "{\"key\":\"bank\",\"n\":16,\"lines\":[" + String.join(",", lines.subList(16, 32)) + "]}");
    }

    /** Two copies of a bot on several queues may have read them in another order: then the numbers are the same, and the memory is not. */
    @Test
    void aProcessThatHasReadOtherLinesThanAreCommittedIsNotGoneOnWith() {
        Program program = Program.of("python3", script.toString());
        Programs.Id id = new Programs.Id("bank", "decide", "bank");
        Json toAlice = Json.of("{\"source\": \"sweep\", \"target\": \"alice\", \"amount\": 5}");
        Json toBob = Json.of("{\"source\": \"sweep\", \"target\": \"bob\", \"amount\": 5}");
        Json ofBob = Json.of("{\"source\": \"bob\", \"target\": \"alice\", \"amount\": 5}");
        bank.programs().give(id, program, Progress.NONE, toAlice);
        Progress committed = Progress.NONE.and(toBob);

        bank.programs().give(id, program, committed, ofBob);

        assertThat(bank.programs().rest(id, program, committed.and(ofBob)).lines())
                .last()
                .asString()
                .endsWith("\"ok\": true}");
    }
}
