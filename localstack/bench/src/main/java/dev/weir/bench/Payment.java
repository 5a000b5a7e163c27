package dev.weir.bench;

import java.math.BigDecimal;

/** The payload of {@link LeoBench}, as a program has it. */
record Payment(
        int i, String source, String target, BigDecimal amount, String currency, String reference, String text) {}
