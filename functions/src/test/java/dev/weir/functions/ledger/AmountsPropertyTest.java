package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Sums of amounts, and how balances are written. */
class AmountsPropertyTest {

    private final AmountCodec codec = new AmountCodec();

    /** The judge is the text without exponent: the digits of it are what may be 38. */
    @Property(tries = 5_000)
    void aSumIsExactAndFitsOrIsRefused(@ForAll("amounts") BigDecimal a, @ForAll("amounts") BigDecimal b) {
        BigDecimal exact = a.add(b);
        if (Amounts.fits(exact)) {
            assertThat(Amounts.sum(a, b)).isEqualTo(exact);
            assertThat(codec.encode(exact).length()).isLessThanOrEqualTo(codec.encodedBytesMax(exact));
        } else {
            assertThatThrownBy(() -> Amounts.sum(a, b)).isInstanceOf(ArithmeticException.class);
        }
    }

    /** A warm function has 9e37 in memory, a cold one reads it back with 38 digits: both must refuse the same. */
    @Test
    void aSumOfAmountsWithExponentsIsRefusedAsTheirDigitsAre() {
        var warm = new BigDecimal("9e37");
        BigDecimal cold = codec.decode(codec.encode(warm));
        assertThatThrownBy(() -> Amounts.sum(cold, warm)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Amounts.sum(warm, warm)).isInstanceOf(ArithmeticException.class);
    }

    @Property(tries = 2_000)
    void aBalanceComesBackWithItsZeros(@ForAll("amounts") BigDecimal amount) {
        BigDecimal read = codec.decode(codec.encode(amount));
        assertThat(read).isEqualByComparingTo(amount);
        assertThat(read.scale()).isEqualTo(Math.max(0, amount.scale()));
    }

    @Provide
    Arbitrary<BigDecimal> amounts() {
        Arbitrary<BigInteger> digits = Arbitraries.bigIntegers()
                .between(
                        BigInteger.TEN.pow(38).negate().add(BigInteger.ONE),
                        BigInteger.TEN.pow(38).subtract(BigInteger.ONE));
        return Combinators.combine(digits, Arbitraries.integers().between(-37, 38))
                .as(BigDecimal::new)
                .filter(Amounts::fits);
    }
}
