package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.local.bus.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
    private static final Map<String, String> POSITIONS = Map.of("queue", "z/1");
    private static final Map<String, Long> COUNTS = Map.of("processed", 7L);
    private static final Map<Integer, Long> COMMITS = Map.of(3, 12L);

    @TempDir
    Path folder = Path.of("");

    /** A record as the next process finds it. */
    private RunRecord record() {
        return RunRecord.in(Optional.of(folder));
    }

    private static RunRecord.Stored begin(RunRecord record, String input) {
        return record.begin(input, POSITIONS, COUNTS, COMMITS);
    }

    @Test
    void anUnfinishedRunIsTakenOverWithTheStateAtItsBeginning() {
        RunRecord.Stored first = begin(record(), "same");

        assertThat(record().begin("same", Map.of(), Map.of(), Map.of()))
                .isEqualTo(first)
                .isEqualTo(new RunRecord.Stored(first.run(), "same", false, POSITIONS, COUNTS, COMMITS));
    }

    @Test
    void afterAFinishedRunTheSameInputIsAnotherRun() {
        RunRecord record = record();
        RunRecord.Stored first = begin(record, "same");
        record.finish();

        assertThat(begin(record(), "same").run()).isNotEqualTo(first.run());
    }

    @Test
    void anotherInputIsRefusedUntilTheRunIsFinished() {
        RunRecord record = record();
        begin(record, "one");

        assertThatThrownBy(() -> begin(record(), "other"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("an unfinished run of another input is in " + folder.resolve("run.json"));
        record.finish();
        assertThat(begin(record(), "other").input()).isEqualTo("other");
    }

    @Test
    void aRecordThatCannotBeReadIsNotTakenForNone() throws IOException {
        Files.writeString(folder.resolve("run.json"), "{\"run\":");

        assertThatThrownBy(() -> begin(record(), "any"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("file=" + folder.resolve("run.json"));
    }

    @Test
    void withoutADirectoryEveryRunIsNew() {
        RunRecord record = RunRecord.in(Optional.empty());

        assertThat(begin(record, "same").run())
                .isNotEqualTo(begin(record, "same").run());
        record.finish();
    }

    @Test
    void whatWasNotBegunCannotBeFinished() {
        assertThatThrownBy(() -> record().finish()).isInstanceOf(IllegalStateException.class);
    }
}
