package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.flow.Limits;
import dev.weir.fuzz.Fuzz;
import dev.weir.fuzz.FuzzTests;
import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Any bytes as an order to move money, or as a balance. */
class TransferFuzzTest implements FuzzTests {

    private static final JsonFactory JACKSON = new JsonFactory();

    private final AmountCodec codec = new AmountCodec();

    /** What is taken says the same to Jackson, keeps its bounds, and is taken again from its own text. */
    @Fuzz
    void isRefusedWithAReasonOrMeansWhatJacksonReads(byte[] input) throws IOException {
        switch (Transfer.decode(Json.of(input))) {
            case Decoded.Refused<Transfer>(var refusal) ->
                assertThat(refusal.reason()).isNotEmpty().hasSizeLessThan(2_000);
            case Decoded.Value<Transfer>(Transfer transfer) -> {
                assertIsWithinBounds(transfer);
                Map<String, String> fields = jackson(transfer.text().toBytes());
                assertThat(transfer.source()).isEqualTo(fields.get("source"));
                assertThat(transfer.target()).isEqualTo(fields.get("target"));
                assertThat(transfer.amount()).isEqualTo(new BigDecimal(fields.get("amount")));
                assertThat(transfer.id()).isEqualTo(Optional.ofNullable(fields.get("id")));
                assertThat(Transfer.decode(transfer.text())).isEqualTo(Decoded.value(transfer));
                assertComesBack(transfer.amount());
            }
        }
    }

    private static void assertIsWithinBounds(Transfer transfer) {
        assertThat(transfer.source()).isNotEmpty();
        assertThat(transfer.target()).isNotEmpty();
        assertThat(Limits.fitsKey(transfer.source()) && Limits.fitsKey(transfer.target()))
                .isTrue();
        assertThat(transfer.amount()).isPositive();
        transfer.sequence().ifPresent(number -> assertThat(number).isBetween(1L, 999_999_999_999_999_999L));
    }

    /** The scalars of an object, as text; what is null is not there. */
    private static Map<String, String> jackson(byte[] text) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = JACKSON.createParser(new String(text, StandardCharsets.UTF_8))) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                    fields.put(name, parser.getText());
                }
                parser.skipChildren();
            }
            assertThat(parser.nextToken()).isNull();
        }
        return fields;
    }

    /** A balance that is no number is refused as the port says; one that fits comes back to the last zero. */
    @Fuzz
    void aBalanceIsRefusedOrComesBack(byte[] input) {
        BigDecimal amount;
        try {
            amount = codec.decode(Json.of(input));
        } catch (IllegalArgumentException e) {
            return;
        }
        if (Amounts.fits(amount)) {
            assertComesBack(amount);
        }
    }

    private void assertComesBack(BigDecimal amount) {
        Json text = codec.encode(amount);
        assertThat(text.length()).isLessThanOrEqualTo(codec.encodedBytesMax(amount));
        assertThat(codec.decode(text)).isEqualByComparingTo(amount);
        assertThat(codec.encode(codec.decode(text))).isEqualTo(text);
        assertThat(text.toString()).doesNotContainIgnoringCase("e");
    }
}
