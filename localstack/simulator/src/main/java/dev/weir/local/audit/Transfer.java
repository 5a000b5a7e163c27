package dev.weir.local.audit;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A transfer as it was sent, known by whoever made it and not read from its text.
 *
 * @param line the JSON text; no two are the same
 * @param source account that gives
 * @param target account that takes
 * @param amount above zero
 * @param id business id, if it has one
 * @param sequence number among the transfers of its source, if it has one
 */
public record Transfer(
        String line, String source, String target, BigDecimal amount, Optional<String> id, OptionalLong sequence) {

    /** By the line alone: no two are the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Transfer transfer && transfer.line.equals(line);
    }

    @Override
    public int hashCode() {
        return line.hashCode();
    }
}
