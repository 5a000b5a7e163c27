package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fuzz.Fuzz;
import dev.weir.fuzz.FuzzTests;
import dev.weir.model.Json;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/** Any bytes as the data of a Kinesis record. */
class RecordDecoderFuzzTest implements FuzzTests {

    private final RecordDecoder decoder = new RecordDecoder();
    private final Gzip gzip = new Gzip(Gzip.LEVEL_DEFAULT);

    @Fuzz
    void givesLinesWithinTheBoundsOrARefusal(byte[] data) {
        List<RecordDecoder.Part> parts = decoder.decode(data);
        assertThat(parts).isNotEmpty();
        long lines = 0;
        long inflated = 0;
        for (RecordDecoder.Part part : parts) {
            assertThat(part.refusal() == null || part.lines().isEmpty()).isTrue();
            part.lines().forEach(RecordDecoderFuzzTest::assertIsALine);
            lines += part.lines().size();
            inflated += part.lines().isEmpty() || part.lines().getFirst().array() == data
                    ? 0
                    : part.lines().getLast().to();
        }
        assertThat(lines).isLessThanOrEqualTo(RecordDecoder.LINES_MAX);
        assertThat(inflated).isLessThanOrEqualTo(RecordDecoder.INFLATED_BYTES_MAX);
        assertThat(decoder.decode(data))
                .as("a decoder keeps nothing of a record")
                .isEqualTo(parts);
    }

    private static void assertIsALine(Json line) {
        assertThat(line.from()).isNotNegative();
        assertThat(line.to()).isLessThanOrEqualTo(line.array().length);
        assertThat(line.length()).isPositive();
        assertThat(JsonText.isSpace(line.array()[line.from()])).isFalse();
        assertThat(JsonText.isSpace(line.array()[line.to() - 1])).isFalse();
    }

    /** Nothing is lost: every line of a text is there, however it was packed; unless the header says that it is no record of events. */
    @Fuzz
    void aTextHasTheSameLinesHoweverItIsPacked(byte[] input) {
        byte[] text = withoutMagic(input);
        RecordDecoder.Part plain = only(text);
        if (plain.refusal() == null) {
            int header = plain.chunk() == null ? 0 : 1;
            assertThat(plain.lines()).hasSize(expectedLines(text) - header);
        }
        assertThat(only(gzip.compress(text, 0, text.length))).isEqualTo(plain);
        assertThat(only(halves(text))).isEqualTo(plain);
        assertThat(only(zlib(text))).isEqualTo(plain);
        RecordDecoder.Part aggregated = only(KplFuzzTest.sealed(KplFuzzTest.message(List.of("k"), List.of(text))));
        assertThat(new RecordDecoder.Part(null, aggregated.chunk(), aggregated.lines(), aggregated.refusal()))
                .isEqualTo(plain);
    }

    private RecordDecoder.Part only(byte[] data) {
        List<RecordDecoder.Part> parts = decoder.decode(data);
        assertThat(parts).hasSize(1);
        return parts.getFirst();
    }

    /** A text that does not look as if it were compressed or an aggregate. */
    private static byte[] withoutMagic(byte[] input) {
        boolean magic = Inflation.isGzip(input, 0, input.length)
                || Inflation.isZlib(input, 0, input.length)
                || KplAggregate.is(input);
        return magic ? RecordDecoderTest.join(new byte[] {' '}, input) : input;
    }

    /** Counted in another way than the decoder does: by looking at each byte once. */
    private static int expectedLines(byte[] text) {
        int from =
                text.length >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF ? 3 : 0;
        var lines = new ArrayList<byte[]>();
        var line = new ByteArrayOutputStream();
        boolean seen = false;
        for (int i = from; i < text.length; i++) {
            if (text[i] == '\n') {
                addUnlessBlank(line, lines);
            } else {
                line.write(text[i]);
            }
            seen |= text[i] == '{' || text[i] == '[';
        }
        addUnlessBlank(line, lines);
        byte[] rest = java.util.Arrays.copyOfRange(text, from, text.length);
        return seen && lines.size() > 1 && JsonCursorFuzzTest.isJson(rest) ? 1 : lines.size();
    }

    private static void addUnlessBlank(ByteArrayOutputStream line, List<byte[]> lines) {
        byte[] bytes = line.toByteArray();
        line.reset();
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                lines.add(bytes);
                return;
            }
        }
    }

    private byte[] halves(byte[] text) {
        int middle = text.length / 2;
        return RecordDecoderTest.join(gzip.compress(text, 0, middle), gzip.compress(text, middle, text.length));
    }

    private static byte[] zlib(byte[] text) {
        var deflater = new Deflater(1 + text.length % 9);
        try {
            deflater.setInput(text);
            deflater.finish();
            byte[] out = new byte[text.length + text.length / 1000 + 64];
            return java.util.Arrays.copyOf(out, deflater.deflate(out));
        } finally {
            deflater.end();
        }
    }
}
