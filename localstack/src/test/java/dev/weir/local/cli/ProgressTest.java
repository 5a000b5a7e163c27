package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);

    @Test
    void thereIsNoneUnlessSomebodyLooks() {
        Progress progress = new Progress(stream, false);
        progress.show("1 sent");
        progress.done();

        assertThat(err.size()).isZero();
    }

    @Test
    void onATerminalItRewritesItsLineAndTakesItAway() {
        Progress progress = new Progress(stream, true);
        progress.show("1 sent");
        progress.show("2 sent");
        progress.log("from the function");
        progress.done();

        assertThat(err.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"))
                .isEqualTo("\r\u001b[Kweir: 1 sent\r\u001b[Kweir: 2 sent\r\u001b[Kfrom the function\n\r\u001b[K");
    }

    @Test
    void linesOfTheFunctionAreAlwaysShown() {
        new Progress(stream, false).log("from the function");

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("from the function");
    }
}
