package dev.weir.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineEndTest {
    private static final byte[] ALPHABET = {'\n', 'a', 0x0B, 0x09, (byte) 0x8A, (byte) 0xFF, 0, 0x0A ^ 0x01};

    @Test
    void theFirstLineFeedIsFoundWhateverStandsAroundIt() {
        SplittableRandom random = new SplittableRandom(42);
        for (int turn = 0; turn < 20_000; turn++) {
            byte[] text = new byte[random.nextInt(40)];
            for (int i = 0; i < text.length; i++) {
                text[i] = random.nextInt(12) == 0 ? ALPHABET[0] : ALPHABET[1 + random.nextInt(ALPHABET.length - 1)];
            }
            int from = random.nextInt(text.length + 1);
            assertThat(LineEnd.from(text, from)).as("seed=42 turn=" + turn).isEqualTo(byteByByte(text, from));
        }
    }

    private static int byteByByte(byte[] text, int from) {
        int at = from;
        while (at < text.length && text[at] != '\n') {
            at++;
        }
        return at;
    }
}
