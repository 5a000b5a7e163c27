package dev.weir.pipeline;

import java.math.BigDecimal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Numbers of stored rows: whole, within 64 bits. */
final class WholeNumber {
    private WholeNumber() {}

    /** The number; empty for none, and for any other. */
    static OptionalLong of(@Nullable BigDecimal number) {
        try {
            return number == null ? OptionalLong.empty() : OptionalLong.of(number.longValueExact());
        } catch (ArithmeticException _) {
            return OptionalLong.empty();
        }
    }
}
