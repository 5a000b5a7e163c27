package dev.weir.local.kinesis.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireFormatTest {

    private static final long MILLIS = 1_795_194_307_123L;

    private static byte[] written(WireFormat format, long epochMillis) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = format.generator(bytes)) {
            out.writeStartObject();
            format.writeTimestamp(out, "t", epochMillis);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"1795194307123, 1795194307.123", "1795194307000, 1795194307.000", "1, 0.001", "0, 0.000"})
    void jsonHasSecondsWithMilliseconds(long epochMillis, String seconds) throws IOException {
        assertThat(new String(written(WireFormat.JSON, epochMillis), StandardCharsets.UTF_8))
                .isEqualTo("{\"t\":" + seconds + "}");
    }

    /** bf: map; 61 74: "t"; c1: tag 1; 1b: eight bytes follow; ff: end. */
    @Test
    void cborHasTaggedMilliseconds() throws IOException {
        assertThat(HexFormat.of().formatHex(written(WireFormat.CBOR, MILLIS)))
                .isEqualTo("bf6174c11b" + HexFormat.of().toHexDigits(MILLIS) + "ff");
    }

    @ParameterizedTest
    @CsvSource({"JSON", "CBOR"})
    void whatIsWrittenIsReadBack(WireFormat format) throws IOException {
        try (JsonParser in = format.parser(written(format, MILLIS))) {
            JsonNode node = in.readValueAsTree();
            assertThat(format.readTimestamp(node.get("t"))).isEqualTo(MILLIS);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-amz-json-1.1, JSON",
        "application/x-amz-cbor-1.1, CBOR",
        "application/x-amz-cbor-1.1; charset=x, CBOR",
        "text/plain, JSON",
        ", JSON"
    })
    void theContentTypeDecides(String contentType, WireFormat format) {
        assertThat(WireFormat.of(contentType)).isEqualTo(format);
    }
}
