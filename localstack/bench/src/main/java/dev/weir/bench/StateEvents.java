package dev.weir.bench;

import dev.weir.bench.race.Count;
import dev.weir.bench.race.JsonText;
import dev.weir.bench.race.Tally;
import dev.weir.model.Json;
import java.math.BigInteger;

/**
 * Transfers in which each account is the source once in each round, and no two in a row are near each other.
 *
 * @param accounts how many
 * @param rounds how often each
 */
record StateEvents(int accounts, int rounds) {
    /** A prime; accounts are taken in steps of it. */
    private static final long STEP = 611_953;

    StateEvents {
        if (!BigInteger.valueOf(STEP).gcd(BigInteger.valueOf(accounts)).equals(BigInteger.ONE)) {
            throw new IllegalArgumentException("so many accounts are not all met: accounts=" + accounts);
        }
    }

    long count() {
        return (long) accounts * rounds;
    }

    /** So many, from one on. */
    Json[] from(long first, int count) {
        Json[] events = new Json[count];
        for (int i = 0; i < count; i++) {
            events[i] = Json.of("{\"source\":\"" + account(first + i) + "\",\"target\":\"sweep\",\"amount\":1.25}");
        }
        return events;
    }

    private String account(long event) {
        return Workload.account((int) (event * STEP % accounts));
    }

    /** What all results come to. */
    Tally expected() {
        Tally tally = new Tally();
        JsonText json = new JsonText();
        for (long event = 0; event < count(); event++) {
            tally.add(json.write(new Count(account(event), event / accounts + 1)));
        }
        return tally;
    }
}
