package dev.weir.functions.ledger;

import dev.weir.graph.StateCodec;
import dev.weir.model.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** An amount as a JSON number without exponent, trailing zeros kept: {@code 12.30}. */
final class AmountCodec implements StateCodec<BigDecimal> {

    @Override
    public Json encode(BigDecimal amount) {
        return Json.of(amount.toPlainString().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public BigDecimal decode(Json text) {
        return new BigDecimal(text.toString());
    }

    @Override
    public int encodedBytesMax(BigDecimal amount) {
        return 2 * Amounts.DIGITS_MAX + 4;
    }
}
