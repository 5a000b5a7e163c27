package dev.weir.bench.race;

import java.math.BigDecimal;

/** An event of {@link Job#TRANSFERS}: {@code {"source":"acct0000001","target":"acct0000002","amount":12.50}}. */
public record Transfer(String source, String target, BigDecimal amount) {

    /** The map. */
    public Credit credit() {
        return new Credit(target, amount.movePointRight(2).longValueExact());
    }
}
