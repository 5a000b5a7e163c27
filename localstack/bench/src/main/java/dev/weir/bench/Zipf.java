package dev.weir.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Numbers from 0 of which the n-th has a share of 1/n. Immutable. */
final class Zipf {
    private final double[] sums;

    Zipf(int count) {
        sums = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += 1.0 / (i + 1);
            sums[i] = sum;
        }
    }

    /** One of them. */
    int pick(SplittableRandom random) {
        int found = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
        return Math.min(sums.length - 1, found < 0 ? -found - 1 : found);
    }
}
