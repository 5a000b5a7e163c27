package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 9})
    void whatItWritesOthersRead(int level) throws IOException {
        var gzip = new Gzip(level);
        var random = new Random(level);
        for (int length : new int[] {0, 1, 500, 100_000, 3}) {
            byte[] bytes = new byte[length + 7];
            random.nextBytes(bytes); // cannot be compressed, so the output is longer than the input
            byte[] compressed = gzip.compress(bytes, 3, length + 3);
            byte[] expected = Arrays.copyOfRange(bytes, 3, length + 3);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes())
                    .isEqualTo(expected);
            assertThat(Gzip.decompress(compressed, length)).isEqualTo(expected);
        }
    }

    @Test
    void readsSeveralMembers() throws IOException {
        byte[] both = RecordDecoderTest.join(
                RecordDecoderTest.gzip(new byte[] {1, 2}), RecordDecoderTest.gzip(new byte[] {3}));
        assertThat(Gzip.decompress(both, 3)).containsExactly(1, 2, 3);
    }

    @Test
    void refusesDamageAndMoreThanTheBound() {
        byte[] compressed = new Gzip(1).compress(new byte[100], 0, 100);
        assertThatThrownBy(() -> Gzip.decompress(compressed, 99))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bytesMax=99");
        compressed[compressed.length - 5]++;
        assertThatThrownBy(() -> Gzip.decompress(compressed, 100)).hasMessageContaining("checksum");
        assertThatThrownBy(() -> Gzip.decompress(new byte[0], 100)).isInstanceOf(IllegalArgumentException.class);
    }
}
