package dev.weir.bench;

import dev.weir.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Transfers between accounts, one in ten of them from the outside world; the same ones for the same arguments.
 *
 * @param accounts how many accounts there are
 * @param skewed whether an account's share is 1/rank (Zipf with exponent 1); else all accounts are alike
 */
record Workload(int accounts, boolean skewed) {
    private static final long SEED = 1978;
    private static final int ONE_IN = 10;
    private static final int CENTS_MAX = 10_000;

    /** For people, for example {@code 1,000 accounts, Zipf 1}. */
    String text() {
        return String.format(Locale.ROOT, "%,d accounts, %s", accounts, skewed ? "Zipf 1" : "uniform");
    }

    /** Transfers, in order. */
    Json[] transfers(int count) {
        Zipf zipf = new Zipf(accounts);
        SplittableRandom random = new SplittableRandom(SEED + accounts);
        Json[] transfers = new Json[count];
        for (int i = 0; i < count; i++) {
            String source = random.nextInt(ONE_IN) == 0 ? "sweep" : account(pick(zipf, random));
            transfers[i] = transfer(source, account(pick(zipf, random)), 1 + random.nextInt(CENTS_MAX));
        }
        return transfers;
    }

    /** One transfer from the outside world to each account, so that all exist. */
    Json[] funding() {
        Json[] transfers = new Json[accounts];
        Arrays.setAll(transfers, i -> transfer("sweep", account(i), CENTS_MAX));
        return transfers;
    }

    static String account(int index) {
        return String.format(Locale.ROOT, "acct%07d", index);
    }

    private static Json transfer(String source, String target, int cents) {
        String amount = cents / 100 + "." + (char) ('0' + cents / 10 % 10) + (char) ('0' + cents % 10);
        return Json.of(("{\"source\":\"" + source + "\",\"target\":\"" + target + "\",\"amount\":" + amount + "}")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private int pick(Zipf zipf, SplittableRandom random) {
        return skewed ? zipf.pick(random) : random.nextInt(accounts);
    }
}
