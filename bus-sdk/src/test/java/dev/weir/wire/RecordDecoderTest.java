package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Chunk;
import dev.weir.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordDecoderTest {

    private static final String HEADER = "{\"_cmd\":\"chunk\",\"producer\":\"p\",\"lane\":3,\"lanes\":16,\"seq\":101}";

    private final RecordDecoder decoder = new RecordDecoder();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "one object|{\"a\":1}|{\"a\":1}",
                "one object and a line feed|{\"a\":1}~|{\"a\":1}",
                "white space around|  ~ {\"a\":1} \t ~ ~|{\"a\":1}",
                "two lines|{\"a\":1}~{\"a\":2}|{\"a\":1};{\"a\":2}",
                "CR LF and empty lines|{\"a\":1}^~^~~  {\"a\":2}^~|{\"a\":1};{\"a\":2}",
                "a byte order mark|\uFEFF{\"a\":1}~{\"a\":2}|{\"a\":1};{\"a\":2}",
                "one value over several lines|{~  \"a\": [1,~ 2]~}~|{~  \"a\": [1,~ 2]~}",
                "two values over several lines are lines|{~\"a\":1}~{~\"a\":2}|{;\"a\":1};{;\"a\":2}",
                "a bad line between good ones|{\"a\":1}~{oops~{\"a\":2}|{\"a\":1};{oops;{\"a\":2}",
                "a bad first line|{oops~{\"a\":2}|{oops;{\"a\":2}",
                "values that are not objects|1~\"x\"~[2]~null|1;\"x\";[2];null",
                "a number that looks like zlib|80~801|80;801",
                "another command|{\"_cmd\":\"registerSnapshot\"}~{\"a\":1}|{\"_cmd\":\"registerSnapshot\"};{\"a\":1}",
                "a header that is not first|{\"a\":1}~{\"_cmd\":\"chunk\"}|{\"a\":1};{\"_cmd\":\"chunk\"}",
                "a header inside an event|{\"p\":{\"_cmd\":\"chunk\"}}|{\"p\":{\"_cmd\":\"chunk\"}}",
                "a malformed line that only mentions it|{\"x\":\"_cmd chunk|{\"x\":\"_cmd chunk",
            })
    void readsLinesPlainAndCompressed(String name, String text, String lines) throws IOException {
        byte[] data = lineBreaks(text).getBytes(StandardCharsets.UTF_8);
        String expected = lineBreaks(lines);
        for (byte[] form :
                List.of(data, gzip(data), zlib(data, 1), zlib(data, 6), zlib(data, 9), zlib(data, 0), halves(data))) {
            RecordDecoder.Part part = only(form);
            assertThat(part.refusal()).isNull();
            assertThat(part.chunk()).isNull();
            assertThat(part.partitionKey()).isNull();
            assertThat(String.join(";", texts(part))).isEqualTo(expected);
        }
    }

    @Test
    void readsAHeaderAndLeavesItOutOfTheLines() throws IOException {
        byte[] data = (HEADER + "\n{\"a\":1}\noops\n{\"a\":3}\n").getBytes(StandardCharsets.UTF_8);
        for (byte[] form : List.of(data, gzip(data))) {
            RecordDecoder.Part part = only(form);
            assertThat(part.chunk()).isEqualTo(new Chunk("p", 3, 16, 101));
            assertThat(texts(part)).containsExactly("{\"a\":1}", "oops", "{\"a\":3}");
        }
        RecordDecoder.Part alone = only(HEADER.getBytes(StandardCharsets.UTF_8));
        assertThat(alone.chunk()).isNotNull();
        assertThat(alone.lines()).isEmpty();
    }

    @Test
    void takesAsManyLinesAsAWriterPutsIntoARecordAndRefusesMore() {
        byte[] most = "1\n".repeat(RecordDecoder.LINES_MAX).getBytes(StandardCharsets.UTF_8);
        byte[] tooMany = "1\n".repeat(RecordDecoder.LINES_MAX + 1).getBytes(StandardCharsets.UTF_8);

        assertThat(decoder.decode(most).getFirst().lines()).hasSize(RecordDecoder.LINES_MAX);
        RecordDecoder.Part refused = decoder.decode(tooMany).getFirst();
        assertThat(refused.lines()).isEmpty();
        assertThat(refused.refusal()).isNotNull();
        assertThat(refused.refusal().reason()).contains("too many lines", "max=100001");
    }

    @Test
    void ignoresUnknownFieldsOfAHeader() {
        RecordDecoder.Part part =
                only("{\"seq\":7,\"lanes\":1,\"new\":[1],\"lane\":0,\"producer\":\"é\",\"_cmd\":\"chunk\"}");
        assertThat(part.chunk()).isEqualTo(new Chunk("é", 0, 1, 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_cmd\":\"chunk\"}",
                "{\"_cmd\":\"chunk\",\"producer\":\"p\",\"lane\":3,\"lanes\":16,\"seq\":10",
                "{\"_cmd\":\"chunk\",\"producer\":\"p\",\"lane\":3,\"lanes\":16,\"seq\":101}}",
                "{\"_cmd\":\"chunk\",\"producer\":\"\",\"lane\":3,\"lanes\":16,\"seq\":101}",
                "{\"_cmd\":\"chunk\",\"producer\":7,\"lane\":3,\"lanes\":16,\"seq\":101}",
                "{\"_cmd\":\"chunk\",\"producer\":\"p\",\"lane\":16,\"lanes\":16,\"seq\":101}",
                "{\"_cmd\":\"chunk\",\"producer\":\"p\",\"lane\":-1,\"lanes\":16,\"seq\":101}",
                "{\"_cmd\":\"chunk\",\"producer\":\"p\",\"lane\":0,\"lanes\":4097,\"seq\":101}",
                "{\"_cmd\":\"chunk\",\"producer\":\"p\",\"lane\":3,\"lanes\":16,\"seq\":0}",
                "{\"_cmd\":\"chunk\",\"producer\":\"p\",\"lane\":3,\"lanes\":16,\"seq\":1.5}",
                "{\"_cmd\":\"chunk\",\"producer\":\"p\",\"lane\":3,\"lanes\":16,\"seq\":\"101\"}",
                "{\"_cmd\":\"chunk\",\"producer\":\"p\",\"lane\":3,\"lanes\":16,\"seq\":1e999999999}",
                "{\"_cmd\":\"chunk\",\"producer\":\"p\",\"lane\":3,\"lanes\":16,\"seq\":9223372036854775807}"
            })
    void refusesARecordWithAMalformedHeader(String header) {
        RecordDecoder.Part part = only(header + "\n{\"a\":1}\n");
        assertThat(String.valueOf(part.refusal())).contains("chunk header: ");
        assertThat(part.lines()).isEmpty();
        assertThat(part.chunk()).isNull();
    }

    @Test
    void refusesAProducerOfMoreThan128Characters() {
        assertThat(only(HEADER.replace("\"p\"", "\"" + "p".repeat(128) + "\"")).chunk())
                .isNotNull();
        assertThat(only(HEADER.replace("\"p\"", "\"" + "p".repeat(129) + "\"")).refusal())
                .isNotNull();
    }

    @Test
    void anEmptyRecordHasNoLines() throws IOException {
        for (byte[] form : List.of(
                new byte[0], " \n\r\n".getBytes(StandardCharsets.UTF_8), gzip(new byte[0]), zlib(new byte[0], 6))) {
            assertThat(only(form)).isEqualTo(new RecordDecoder.Part(null, null, List.of(), null));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5})
    void readsWhatTheNodeClientWrites(int capture) throws IOException {
        List<String> expected = new String(resource("rec-" + capture + ".data.txt"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        RecordDecoder.Part part = only(resource("rec-" + capture + ".data.gz"));
        assertThat(part.refusal()).isNull();
        assertThat(texts(part)).isEqualTo(expected).isNotEmpty();
    }

    @Test
    void linesAreViewsAndAreNotCopied() {
        byte[] data = "{\"a\":1}\n{\"a\":2}".getBytes(StandardCharsets.UTF_8);
        assertThat(only(data).lines())
                .allSatisfy(line -> assertThat(line.array()).isSameAs(data));
    }

    @Test
    void compressedDataCutAnywhereIsRefusedAndNeverThrows() throws IOException {
        byte[] text = lines(40);
        for (byte[] whole :
                List.of(gzip(text), zlib(text, 6), join(gzip(text), gzip(text)), gzipWithEveryHeaderField(text))) {
            assertThat(only(whole).refusal()).isNull();
            int memberTo = whole.length == 2 * gzip(text).length ? whole.length / 2 : 0;
            for (int to = 2; to < whole.length; to++) {
                RecordDecoder.Part part = only(Arrays.copyOf(whole, to));
                assertThat(part.refusal() == null)
                        .as("cut at %s of %s", to, whole.length)
                        .isEqualTo(to == memberTo);
                assertThat(part.lines().isEmpty()).isEqualTo(to != memberTo);
            }
        }
    }

    @Test
    void compressedDataWithAnyBitFlippedIsRefusedOrTheSame() throws IOException {
        byte[] text = lines(5);
        for (byte[] whole : List.of(gzip(text), zlib(text, 6))) {
            for (int bit = 16; bit < whole.length * 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                RecordDecoder.Part part = only(flipped);
                assertThat(part.refusal() != null || texts(part).equals(texts(only(text))))
                        .as("bit %s", bit)
                        .isTrue();
            }
        }
    }

    @Test
    void bytesBehindCompressedDataAreRefused() throws IOException {
        byte[] text = lines(3);
        assertThat(only(join(gzip(text), new byte[8])).refusal()).isNotNull();
        assertThat(only(join(zlib(text, 6), new byte[1])).refusal()).isNotNull();
    }

    @Test
    void refusesDataThatInflatesToMoreThanTheBound() throws IOException {
        byte[] most = new byte[RecordDecoder.INFLATED_BYTES_MAX];
        Arrays.fill(most, (byte) ' ');
        byte[] more = Arrays.copyOf(most, most.length + 1);
        more[most.length] = ' ';
        byte[] gzip = gzip(most);
        assertThat(only(gzip).refusal()).isNull();
        assertRefusedAsTooLarge(gzip(more));
        assertRefusedAsTooLarge(join(gzip, gzip(new byte[] {' '})));
        assertThat(only(zlib(most, 1)).refusal()).isNull();
        assertRefusedAsTooLarge(zlib(more, 1));
    }

    private void assertRefusedAsTooLarge(byte[] data) {
        assertThat(String.valueOf(only(data).refusal())).contains("bytesMax=33554432");
    }

    @Test
    void anythingAtAllIsDecodedWithoutAnException() {
        var random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            byte[] data = new byte[random.nextInt(40)];
            random.nextBytes(data);
            byte[][] starts = {
                {},
                {0x1F, (byte) 0x8B, 8, 0},
                {0x78, (byte) 0x9C},
                {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2},
                {'{', '\n'}
            };
            byte[] start = starts[round % starts.length];
            System.arraycopy(start, 0, data, 0, Math.min(start.length, data.length));
            assertThat(decoder.decode(data)).as("round=%s", round).hasSize(1);
        }
    }

    private RecordDecoder.Part only(String text) {
        return only(text.getBytes(StandardCharsets.UTF_8));
    }

    private RecordDecoder.Part only(byte[] data) {
        List<RecordDecoder.Part> parts = decoder.decode(data);
        assertThat(parts).hasSize(1);
        return parts.getFirst();
    }

    private static List<String> texts(RecordDecoder.Part part) {
        return part.lines().stream().map(Json::toString).toList();
    }

    private static String lineBreaks(String text) {
        return text.replace('~', '\n').replace('^', '\r');
    }

    private static byte[] lines(int count) {
        var lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("{\"source\":\"acct")
                    .append(i * 7919 % 1000)
                    .append("\",\"amount\":")
                    .append(i)
                    .append("}\n");
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] halves(byte[] data) throws IOException {
        int middle = data.length / 2;
        return join(gzip(Arrays.copyOf(data, middle)), gzip(Arrays.copyOfRange(data, middle, data.length)));
    }

    static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    static byte[] gzip(byte[] data) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(data);
        }
        return bytes.toByteArray();
    }

    static byte[] zlib(byte[] data, int level) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(bytes, new Deflater(level))) {
            out.write(data);
        }
        return bytes.toByteArray();
    }

    /** Extra field, name, comment and checksum of the header (RFC 1952, 2.3). */
    private static byte[] gzipWithEveryHeaderField(byte[] data) throws IOException {
        byte[] plain = gzip(data);
        byte[] header = {0x1F, (byte) 0x8B, 8, 0x1F, 1, 2, 3, 4, 2, 3, 3, 0, 'x', 0, 'y', 'n', 'a', 'm', 'e', 0, 'c', 0
        };
        var crc = new CRC32();
        crc.update(header);
        byte[] checksum = {(byte) crc.getValue(), (byte) (crc.getValue() >>> 8)};
        return join(join(header, checksum), Arrays.copyOfRange(plain, 10, plain.length));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = RecordDecoderTest.class.getResourceAsStream("/rstreams/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no such test resource: name=" + name);
            }
            return in.readAllBytes();
        }
    }
}
