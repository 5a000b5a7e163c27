package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputLinesTest {

    private static InputLines over(String text) {
        return new InputLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Lines as {@code number:text}. */
    private static List<String> all(InputLines lines) throws IOException {
        List<String> all = new ArrayList<>();
        for (InputLines.Line line = lines.next(); line != null; line = lines.next()) {
            all.add(line.number() + ":" + line.text());
        }
        return all;
    }

    @Test
    void linesEndWithANewlineOrTheInput() throws IOException {
        assertThat(all(over("a\nb"))).containsExactly("1:a", "2:b");
        assertThat(all(over("a\nb\n"))).containsExactly("1:a", "2:b");
        assertThat(all(over(""))).isEmpty();
    }

    @Test
    void aCarriageReturnBeforeTheNewlineIsDroppedAndNoOther() throws IOException {
        assertThat(all(over("a\r\nb\rc\r\n\rd\r"))).containsExactly("1:a", "2:b\rc", "3:\rd");
    }

    @Test
    void blankLinesAreSkippedButCounted() throws IOException {
        assertThat(all(over("\n \t\n\r\na\n\n \nb\n  "))).containsExactly("4:a", "7:b");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 65_535, 65_536, 65_537, 1_000_000})
    void linesOfAnyLengthAreReadWholeHoweverTheInputComes(int longest) throws IOException {
        Random random = new Random(longest);
        List<String> expected = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 20; i++) {
            String line = Integer.toString(i % 10).repeat(i == 10 ? longest : 1 + random.nextInt(longest));
            expected.add(i + ":" + line);
            text.append(line).append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        InputLines lines = new InputLines(new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] buffer, int from, int length) {
                return super.read(buffer, from, 1 + random.nextInt(Math.min(length, 50_000)));
            }
        });

        assertThat(all(lines)).isEqualTo(expected);
    }

    @Test
    void aLineKeepsItsBytesWhenMoreAreRead() throws IOException {
        InputLines lines = over("first\n" + "x".repeat(200_000) + "\nlast\n");
        InputLines.Line first = lines.next();
        all(lines);

        assertThat(first.text()).hasToString("first");
    }

    @Test
    void theFingerprintTakesNothingAwayAndKnowsTheFirstHundredLines() throws IOException {
        String hundred = "line\n".repeat(100);
        InputLines lines = over("\n" + hundred + "a\n");

        assertThat(lines.fingerprint())
                .isEqualTo(over(hundred + "b\n").fingerprint())
                .isNotEqualTo(over("line\n".repeat(99)).fingerprint())
                .isNotEqualTo(over("lin\nel" + hundred).fingerprint())
                .matches("[0-9a-f]{64}");
        assertThat(all(lines)).hasSize(101).startsWith("2:line").endsWith("102:a");
    }
}
