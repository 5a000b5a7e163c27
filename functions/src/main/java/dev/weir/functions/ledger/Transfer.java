package dev.weir.functions.ledger;

import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import dev.weir.model.Refusal;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An order to move money.
 *
 * @param source account that gives, not empty
 * @param target account that takes, not empty; may be the source
 * @param amount above zero, at most 38 digits
 * @param id business id, if it has one: sent again within the horizon it is not decided again
 * @param sequence number among the transfers of its source, from 1, if it has one
 * @param text the JSON object as it came, unknown fields included
 */
public record Transfer(
        String source, String target, BigDecimal amount, Optional<String> id, OptionalLong sequence, Json text) {

    /** Reads a transfer; anything that is not one is refused with the reason. */
    public static Decoded<Transfer> decode(Json text) {
        return new TransferReader(text).read();
    }

    static Decoded<Transfer> refused(String reason) {
        return new Decoded.Refused<>(new Refusal(reason));
    }
}
