package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.weir.fuzz.Fuzz;
import dev.weir.fuzz.FuzzTests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/** Any bytes as compressed data; the JDK's own readers are the judge. */
class InflationFuzzTest implements FuzzTests {

    private static final byte[] GZIP_HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] ZLIB_HEADER = {0x78, (byte) 0x9C};
    private static final int BYTES_MAX = 100_000;

    private final Inflation inflation = new Inflation();

    /** The input is what is between header and checksum, so that the engine need not guess a CRC; the bound is the first two bytes. */
    @Fuzz
    void inflatesWhatTheJdkInflatesWithinTheBound(byte[] input) throws DataFormatException {
        int bound = input.length < 2 ? 0 : (input[0] & 0xFF) << 8 | input[1] & 0xFF;
        byte[] body = Arrays.copyOfRange(input, Math.min(2, input.length), input.length);
        byte[] expected = jdk(body);
        byte[] checked = expected == null ? new byte[0] : expected;
        byte[] gzip = RecordDecoderTest.join(RecordDecoderTest.join(GZIP_HEADER, body), trailer(checked));
        byte[] zlib = RecordDecoderTest.join(RecordDecoderTest.join(ZLIB_HEADER, body), adler(checked));
        if (expected == null || expected.length < BYTES_MAX) {
            byte[] within = expected == null || expected.length > bound ? null : expected;
            assertGives(inflation.gzip(gzip, 0, gzip.length, bound), within, bound);
            assertGives(inflation.zlib(zlib, 0, zlib.length, bound), within, bound);
            byte[] more = RecordDecoderTest.join(zlib, new byte[1]);
            assertGives(inflation.zlib(more, 0, more.length, bound), null, bound);
        }
    }

    private static void assertGives(Inflation.Inflated inflated, byte[] expected, int bound) {
        switch (inflated) {
            case Inflation.Bytes(byte[] array, int size) -> {
                assertThat(expected).as("inflated, bound=%d", bound).isNotNull();
                assertThat(Arrays.copyOf(array, size)).isEqualTo(expected);
                assertThat(array.length).isLessThanOrEqualTo(bound + 1);
            }
            case Inflation.Broken(String why) ->
                assertThat(expected).as("bound=%d: %s", bound, why).isNull();
        }
    }

    /** The whole of the body, and nothing behind it; null if it is damaged. At most {@value #BYTES_MAX} bytes are given. */
    private static byte[] jdk(byte[] body) {
        var inflater = new Inflater(true);
        try {
            inflater.setInput(body);
            byte[] out = new byte[BYTES_MAX];
            int size = 0;
            int count;
            do {
                count = inflater.inflate(out, size, BYTES_MAX - size);
                size += count;
            } while (count > 0 && size < BYTES_MAX);
            boolean whole = size == BYTES_MAX || inflater.finished() && inflater.getRemaining() == 0;
            return whole ? Arrays.copyOf(out, size) : null;
        } catch (DataFormatException e) {
            return null;
        } finally {
            inflater.end();
        }
    }

    /** Headers with all their fields, and members behind each other. */
    @Fuzz
    void whatIsTakenForGzipTheJdkReadsToo(byte[] input) throws IOException {
        byte[] data = RecordDecoderTest.join(new byte[] {0x1F, (byte) 0x8B, 8}, input);
        if (inflation.gzip(data, 0, data.length, BYTES_MAX) instanceof Inflation.Bytes(byte[] array, int size)) {
            try (var jdk = new GZIPInputStream(new ByteArrayInputStream(data))) {
                assertThat(jdk.readAllBytes()).isEqualTo(Arrays.copyOf(array, size));
            }
        } else {
            assertThatCode(() -> Gzip.decompress(data, BYTES_MAX)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static byte[] trailer(byte[] text) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) checksum(new CRC32(), text))
                .putInt(text.length)
                .array();
    }

    private static byte[] adler(byte[] text) {
        return ByteBuffer.allocate(4)
                .putInt((int) checksum(new Adler32(), text))
                .array();
    }

    private static long checksum(Checksum checksum, byte[] text) {
        checksum.update(text);
        return checksum.getValue();
    }
}
