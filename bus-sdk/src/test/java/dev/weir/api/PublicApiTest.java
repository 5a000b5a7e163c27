package dev.weir.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What users compile against changes only when somebody says so: the signatures are in {@code src/api/api.txt}, and whoever changes them
 * changes that file in the same commit, where a reviewer sees it. This command writes it:
 *
 * <pre>mvn test -pl bus-sdk -Dtest=PublicApiTest -Dweir.api=accept</pre>
 */
class PublicApiTest {
    private static final Path BASELINE = Path.of(System.getProperty("weir.api.baseline", "src/api/api.txt"));
    private static final boolean IS_ACCEPTED = "accept".equals(System.getProperty("weir.api"));

    /** Packages for users; {@code flow}, {@code aws} and {@code memory} are behind them. */
    private static final Set<String> PACKAGES = Set.of(
            "bot", "cron", "graph", "model", "parking", "pipeline", "port", "program", "queue", "wire", "writer");

    @Test
    void thePublicSignaturesAreThoseThatWereAccepted() throws IOException {
        List<String> now =
                PublicApi.of(PACKAGES).stream().map(PublicApiTest::brief).toList();
        if (IS_ACCEPTED) {
            Files.createDirectories(BASELINE.toAbsolutePath().getParent());
            Files.write(BASELINE, now);
        }
        assertThat(difference(Files.readAllLines(BASELINE), now))
                .as("signatures that were removed or changed (-), which breaks those who use them, and added (+);"
                        + " to accept them: mvn test -pl bus-sdk -Dtest=PublicApiTest -Dweir.api=accept,"
                        + " and tell of those that were removed in CHANGELOG.md")
                .isEmpty();
    }

    private static String brief(String line) {
        return line.replace("dev.weir.", "")
                .replace("java.lang.", "")
                .replace("java.util.function.", "")
                .replace("java.util.", "");
    }

    /** Lines of one and not of the other, each below its type. */
    private static List<String> difference(List<String> before, List<String> now) {
        List<String> difference = new ArrayList<>();
        Set<String> old = Set.copyOf(members(before));
        Set<String> fresh = Set.copyOf(members(now));
        members(before).stream().filter(line -> !fresh.contains(line)).forEach(line -> difference.add("- " + line));
        members(now).stream().filter(line -> !old.contains(line)).forEach(line -> difference.add("+ " + line));
        return difference;
    }

    private static List<String> members(List<String> lines) {
        List<String> members = new ArrayList<>();
        String type = "";
        for (String line : lines) {
            if (line.startsWith("    ")) {
                members.add(type + ":" + line.substring(3));
            } else {
                type = line;
                members.add(line);
            }
        }
        return members;
    }

    @Test
    void whatDescribesABotNamesNothingOfWhatRunsIt() throws IOException {
        assertThat(PublicApi.of(Set.of("graph", "pipeline")))
                .hasSizeGreaterThan(100)
                .noneMatch(line -> line.contains("dev.weir.flow.")
                        || line.contains("dev.weir.aws.")
                        || line.contains("dev.weir.memory.")
                        || line.contains("software.amazon"));
    }
}
