package dev.weir.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Seeds with some bytes changed, without knowledge of what the code makes of them. The same seeds and number give the same inputs. */
final class Mutations {

    private static final int CHANGES_MAX = 6;
    private static final int RANGE_BYTES_MAX = 64;
    private static final int REPEATS_MAX = 1_000;

    private static final String[] WORDS = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "\\",
        "\n",
        "\r\n",
        " ",
        "null",
        "true",
        "0",
        "-1",
        "1e9",
        "1E-400",
        "9223372036854775808",
        "99999999999999999999999999999999999999",
        "0.1",
        "\\u0000",
        "\\ud800",
        "é",
        "😀",
        "\"event\":",
        "\"payload\":",
        "\"_cmd\":\"chunk\"",
        "\u0000",
        "@",
        "-",
        "/",
        "\uFEFF",
    };

    private final List<byte[]> seeds;
    private final long seed;
    private final Random random;

    Mutations(List<byte[]> seeds, long seed) {
        this.seeds = seeds;
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Runs so many; a failure names the random seed and the input. */
    void run(FuzzTarget target, int count) {
        for (int i = 0; i < count; i++) {
            byte[] input = next();
            try {
                target.run(input);
            } catch (AssertionError e) {
                throw new AssertionError("weir.fuzz.seed=" + seed + " mutation=" + i + " " + e.getMessage(), e);
            }
        }
    }

    byte[] next() {
        byte[] input = any();
        for (int i = random.nextInt(CHANGES_MAX); i >= 0; i--) {
            input = changed(input);
        }
        return input.length <= FuzzTarget.INPUT_BYTES_MAX ? input : Arrays.copyOf(input, FuzzTarget.INPUT_BYTES_MAX);
    }

    private byte[] any() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] changed(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = Math.min(input.length, from + random.nextInt(RANGE_BYTES_MAX));
        return switch (random.nextInt(8)) {
            case 0 -> replaced(input, from, Math.min(from + 1, input.length), new byte[] {(byte) random.nextInt(256)});
            case 1 -> flipped(input, from);
            case 2 -> replaced(input, from, to, new byte[0]);
            case 3 -> replaced(input, from, from, Arrays.copyOfRange(input, from, to));
            case 4 -> spliced(input, from, any());
            case 5 -> repeated(input, from);
            default -> replaced(input, from, random.nextBoolean() ? from : to, word());
        };
    }

    private byte[] word() {
        return WORDS[random.nextInt(WORDS.length)].getBytes(StandardCharsets.UTF_8);
    }

    private byte[] flipped(byte[] input, int at) {
        byte[] copy = input.clone();
        if (at < copy.length) {
            copy[at] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private byte[] spliced(byte[] input, int from, byte[] other) {
        int tail = random.nextInt(other.length + 1);
        return replaced(input, from, input.length, Arrays.copyOfRange(other, tail, other.length));
    }

    private byte[] repeated(byte[] input, int at) {
        var word = new ByteArrayOutputStream();
        byte[] once = word();
        for (int i = random.nextInt(random.nextInt(20) == 0 ? REPEATS_MAX : 10); i >= 0; i--) {
            word.writeBytes(once);
        }
        return replaced(input, at, at, word.toByteArray());
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] middle) {
        byte[] result = new byte[from + middle.length + input.length - to];
        System.arraycopy(input, 0, result, 0, from);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(input, to, result, from + middle.length, input.length - to);
        return result;
    }
}
