package dev.weir.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole template of a bus, as an outline in the repository: what a change of the constructs changes is seen in the change of that file.
 * {@code mvn test -pl infra -am -Dtest=SnapshotTest -Dweir.accept=true} accepts it.
 */
@NeedsNode
class SnapshotTest {
    private static final Path ACCEPTED = Path.of("src/test/snapshots/bus.txt");

    @Test
    void theTemplateIsTheOneThatWasAccepted(@TempDir Path folder) throws IOException {
        String outline =
                Outline.of(Synthesized.of(folder, Samples.PLAIN, Samples.BOTS).template());
        if (Boolean.getBoolean("weir.accept")) {
            Files.createDirectories(ACCEPTED.getParent());
            Files.writeString(ACCEPTED, outline);
        }

        assertThat(outline.lines())
                .as("see %s; -Dweir.accept=true accepts what is new", ACCEPTED)
                .containsExactlyElementsOf(Files.readAllLines(ACCEPTED));
    }
}
