package dev.weir.functions.ledger;

import java.math.BigDecimal;

/**
 * Exact decimal amounts of at most {@value #DIGITS_MAX} digits, before and after the point together: what DynamoDB's numbers hold.
 */
final class Amounts {
    static final int DIGITS_MAX = 38;

    /** Whether an amount has at most {@value #DIGITS_MAX} digits, written without an exponent. */
    static boolean fits(BigDecimal amount) {
        long scale = amount.scale();
        long whole = amount.precision() - scale;
        return amount.precision() <= DIGITS_MAX && scale <= DIGITS_MAX && whole <= DIGITS_MAX;
    }

    /**
     * The exact sum.
     *
     * @throws ArithmeticException if it has more digits than fit
     */
    static BigDecimal sum(BigDecimal a, BigDecimal b) {
        BigDecimal sum = a.add(b);
        boolean small = sum.precision() <= 18 && sum.scale() >= 0; // an exponent stands for digits too
        if (!small && !fits(sum)) {
            throw new ArithmeticException("balance has more than " + DIGITS_MAX + " digits: balance=" + sum);
        }
        return sum;
    }

    private Amounts() {}
}
