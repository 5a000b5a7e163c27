package dev.weir.aws;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of a state table, as people look at it. It lags behind the commits by what is not yet folded.
 *
 * @param account the key of the state, for example {@code alice}
 * @param lane the lane that owns the state, for example {@code lane-3}
 * @param value JSON text of the state; for a balance an exact decimal such as {@code 12.30}
 * @param version the version of the state, rising with each commit that changed it
 * @param updated when the row was written
 */
public record BalanceRow(String account, String lane, String value, long version, Instant updated) {

    /**
     * The value as an amount.
     *
     * @throws NumberFormatException if it is not a decimal
     */
    public BigDecimal amount() {
        return new BigDecimal(value);
    }

    /** What the mapping fills attribute by attribute. Not thread-safe. */
    static final class Builder {
        private @Nullable String account;
        private @Nullable String lane;
        private @Nullable String value;
        private long version;
        private long updatedMillis;

        void account(String account) {
            this.account = account;
        }

        void lane(String lane) {
            this.lane = lane;
        }

        void value(String value) {
            this.value = value;
        }

        void version(Long version) {
            this.version = version;
        }

        void updatedMillis(Long updatedMillis) {
            this.updatedMillis = updatedMillis;
        }

        BalanceRow build() {
            return new BalanceRow(
                    Objects.requireNonNull(account, "a row has a key"),
                    Objects.requireNonNull(lane, "a row has a lane"),
                    Objects.requireNonNull(value, "a row has a value"),
                    version,
                    Instant.ofEpochMilli(updatedMillis));
        }
    }
}
