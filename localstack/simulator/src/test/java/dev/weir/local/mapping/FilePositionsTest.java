package dev.weir.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.model.SequenceNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePositionsTest {

    @TempDir
    Path directory;

    @Test
    void keepsPositionsOverARestart() throws IOException {
        Path file = directory.resolve("data").resolve("ledger.positions");
        var positions = new FilePositions(file);
        assertThat(positions.load()).isEmpty();
        positions.save("shardId-1", Position.TRIM_HORIZON);
        positions.save("shardId-2", new Position.After(new SequenceNumber("4959")));
        positions.save("shardId-1", Position.END);

        assertThat(new FilePositions(file).load())
                .isEqualTo(
                        Map.of("shardId-1", Position.END, "shardId-2", new Position.After(new SequenceNumber("4959"))));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void refusesAFileThatIsNotOne() throws IOException {
        Path file = Files.writeString(directory.resolve("other"), "hello\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FilePositions(file))
                .withMessageContaining("line=hello");
    }
}
