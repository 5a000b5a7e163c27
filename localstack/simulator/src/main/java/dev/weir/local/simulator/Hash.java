package dev.weir.local.simulator;

/**
 * Numbers that look random and are a pure function of what they are for: the seed, a purpose and a count. So one choice does not move
 * when another is added or taken away. Formula: the finaliser of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
 * Generators, 2014).
 */
final class Hash {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private Hash() {}

    static long of(long seed, long purpose, long count) {
        return mix(mix(mix(seed + GOLDEN_GAMMA) + purpose * GOLDEN_GAMMA) + count * GOLDEN_GAMMA);
    }

    /** From 0 to below 1, of 53 bits. */
    static double unit(long hash) {
        return (hash >>> 11) * 0x1.0p-53;
    }

    /** From 0 to below the bound. */
    static long below(long hash, long bound) {
        return Math.floorMod(hash, bound);
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
