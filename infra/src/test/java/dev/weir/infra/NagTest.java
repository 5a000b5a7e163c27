package dev.weir.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.Aspects;

/** The checks of cdk-nag, pack AwsSolutions: what they find is mended, or has its reason in {@link Reasons}. */
@NeedsNode
class NagTest {

    static Stream<BusConfig> configs() {
        return Stream.of(Samples.PLAIN, Samples.OTHER);
    }

    @ParameterizedTest
    @MethodSource("configs")
    void nothingIsFoundThatHasNoReason(BusConfig config, @TempDir Path folder) throws IOException {
        Synthesized bus = Synthesized.of(folder, config, Samples.BOTS, app -> Aspects.of(app)
                .add(AwsSolutionsChecks.Builder.create().verbose(true).build()));

        // One line for each resource and rule: "AwsSolutions-S1","path","Non-Compliant","N/A","Error","what it is
        // about".
        List<String> report = Files.readAllLines(
                folder.resolve("cdk.out/AwsSolutions-" + bus.stack().getStackName() + "-NagReport.csv"));

        assertThat(report).hasSizeGreaterThan(60);
        assertThat(report.stream().filter(line -> line.contains("\"Non-Compliant\"") || line.contains("\"UNKNOWN\"")))
                .isEmpty();
    }
}
