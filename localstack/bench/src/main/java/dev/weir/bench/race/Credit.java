package dev.weir.bench.race;

/**
 * A result of {@link Job#TRANSFERS}.
 *
 * @param account who got it
 * @param cents how much
 */
public record Credit(String account, long cents) {
    private static final long LARGE_CENTS = 5_000;

    /** The filter: about a half. Not named like a property, so that it is no field of the JSON. */
    public boolean passes() {
        return cents >= LARGE_CENTS;
    }
}
