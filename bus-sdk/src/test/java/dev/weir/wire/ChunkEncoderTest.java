package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Chunk;
import dev.weir.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkEncoderTest {

    private static final Chunk CHUNK = new Chunk("p", 3, 16, 101);
    private static final String HEADER =
            "{\"_cmd\":\"chunk\",\"producer\":\"p\",\"lane\":3,\"lanes\":16,\"seq\":101}\n";

    private final ChunkEncoder encoder = new ChunkEncoder();

    @Test
    void writesTheHeaderAndOneLineAnEvent() {
        encoder.begin(CHUNK);
        encoder.add(Json.of("{\"a\":1}"));
        encoder.add(new Json("xx{\"a\":\"é\"}xx".getBytes(StandardCharsets.UTF_8), 2, 12));
        assertThat(encoder.lines()).isEqualTo(2);
        byte[] data = encoder.finish();
        String expected = HEADER + "{\"a\":1}\n{\"a\":\"é\"}\n";
        assertThat(new String(Gzip.decompress(data, 1000), StandardCharsets.UTF_8))
                .isEqualTo(expected);
        assertThat(encoder.rawBytes()).isEqualTo(expected.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void putsPrettyPrintedEventsOnOneLine() {
        byte[] pretty = "{\n  \"a\": [1,\r\n 2]\n}\n".getBytes(StandardCharsets.UTF_8);
        byte[] before = pretty.clone();
        encoder.begin(CHUNK);
        encoder.add(Json.of(pretty));
        encoder.add(Json.of("2"));
        RecordDecoder.Part part = new RecordDecoder().decode(encoder.finish()).getFirst();
        assertThat(part.lines()).containsExactly(Json.of("{   \"a\": [1,   2] }"), Json.of("2"));
        assertThat(pretty).as("the caller's bytes are not touched").isEqualTo(before);
    }

    @Test
    void whatItWritesTheDecoderReadsWithTheSameNumbers() {
        var random = new Random(11);
        var decoder = new RecordDecoder();
        for (int round = 0; round < 300; round++) {
            Chunk chunk = new Chunk("p\"\n" + round, random.nextInt(16), 16, 1 + random.nextLong(1L << 50));
            Json[] lines = new Json[random.nextInt(50)];
            encoder.begin(chunk);
            for (int i = 0; i < lines.length; i++) {
                lines[i] =
                        Json.of("{\"n\":" + random.nextLong() + ",\"text\":\"" + "é".repeat(random.nextInt(9)) + "\"}");
                encoder.add(lines[i]);
            }
            assertThat(decoder.decode(encoder.finish()))
                    .containsExactly(new RecordDecoder.Part(null, chunk, Arrays.asList(lines), null));
        }
    }

    @Test
    void theSameInputGivesTheSameBytes() {
        byte[][] outputs = new byte[2][];
        for (int i = 0; i < outputs.length; i++) {
            var fresh = i == 0 ? encoder : new ChunkEncoder(Gzip.LEVEL_DEFAULT);
            fresh.begin(new Chunk("other", 0, 1, 1));
            fresh.begin(CHUNK);
            fresh.add(Json.of("{\"a\":1}"));
            outputs[i] = fresh.finish();
        }
        assertThat(outputs[0]).isEqualTo(outputs[1]);
        assertThat(Arrays.copyOf(outputs[0], 8)).containsExactly(0x1F, 0x8B, 8, 0, 0, 0, 0, 0);
    }

    @Test
    void refusesALineThatReadersWouldSkip() {
        encoder.begin(CHUNK);
        assertThatThrownBy(() -> encoder.add(Json.of(" \n"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesMoreThanReadersTake() {
        encoder.begin(CHUNK);
        Json half = Json.of("1".repeat(RecordDecoder.INFLATED_BYTES_MAX / 2));
        encoder.add(half);
        assertThatThrownBy(() -> encoder.add(half)).hasMessageContaining("bytesMax=33554432");
        assertThat(new RecordDecoder().decode(encoder.finish()).getFirst().lines())
                .hasSize(1);
    }

    @Test
    void callsOutOfTurnAreBugs() {
        assertThatThrownBy(() -> encoder.add(Json.of("1"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(encoder::finish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new ChunkEncoder(0)).hasMessageContaining("level=0");
    }
}
