package dev.weir.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.functions.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/deploy.md says is so. */
class DeployPageTest {
    private static final Path PAGE = Path.of("../docs/deploy.md");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CONTEXT = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| `([A-Z_]+)` \\|");

    @Test
    void itsJavaCompiles() throws IOException {
        String own = bare(Files.readString(Path.of("src/test/java/dev/weir/infra/OwnApp.java")));
        List<String> blocks = JAVA.matcher(Files.readString(PAGE))
                .results()
                .map(block -> bare(block.group(1)))
                .toList();

        assertThat(blocks).isNotEmpty().allSatisfy(block -> assertThat(own).contains(block));
    }

    @Test
    void itsChoicesAreThoseOfTheApplication() throws IOException {
        String app = Files.readString(Path.of("src/main/java/dev/weir/infra/WeirApp.java"));
        List<MatchResult> choices =
                CONTEXT.matcher(Files.readString(PAGE)).results().toList();

        assertThat(choices).hasSize(7).allSatisfy(choice -> assertThat(app)
                .contains("\"" + choice.group(1) + "\", \"" + choice.group(2) + "\""));
    }

    @Test
    void itTellsOfEachMetricWithItsUnit() throws IOException {
        List<String> table = Files.readString(PAGE)
                .split("### What runs tell", 2)[1]
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(Metric.values()).allSatisfy(metric -> assertThat(table)
                .filteredOn(line -> line.contains("`" + metric.label() + "`"))
                .singleElement()
                .asString()
                .contains(metric.unit().equals("Count") ? "count" : "ms"));
    }

    private static String bare(String code) {
        return code.replaceAll("\\s+", "");
    }
}
