package dev.weir.local.simulate;

import dev.weir.local.audit.Transfer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Transfers of a run: deposits first, then payments of which some are too large. */
final class LedgerTraffic {
    private static final int ACCOUNTS = 14;

    /** Accounts whose transfers are numbered, and not always sent in the order of their numbers. */
    private static final int NUMBERED_ACCOUNTS = 3;

    /** About so many transfers, of all accounts, use the same few ids: an id is the source's own. */
    private static final int ID_SHARED_BY = 50;

    private static final int DEPOSIT_CENTS_MAX = 10_000;
    private static final int PAYMENT_CENTS_MAX = 6_000;

    private static final List<String> NAMES =
            IntStream.range(0, ACCOUNTS).mapToObj(i -> "a" + i).toList();

    private final RandomGenerator random;
    private final List<Transfer> transfers = new ArrayList<>();
    private final long[] sequences = new long[ACCOUNTS];

    LedgerTraffic(RandomGenerator random, int count) {
        this.random = random;
        for (int i = 0; i < ACCOUNTS; i++) {
            add("sweep", NAMES.get(i), DEPOSIT_CENTS_MAX, Optional.empty(), OptionalLong.empty());
        }
        while (transfers.size() < count) {
            pay();
        }
    }

    List<Transfer> transfers() {
        return transfers;
    }

    private void pay() {
        int source = random.nextInt(ACCOUNTS);
        String target = random.nextInt(12) == 0 ? "sweep" : NAMES.get(random.nextInt(ACCOUNTS));
        if (random.nextInt(10) == 0) {
            add("sweep", NAMES.get(source), DEPOSIT_CENTS_MAX, Optional.empty(), OptionalLong.empty());
        } else if (source < NUMBERED_ACCOUNTS) {
            payNumbered(source, target);
        } else if (random.nextInt(12) == 0) {
            Optional<String> id = Optional.of("id-" + transfers.size() / ID_SHARED_BY);
            add(NAMES.get(source), target, PAYMENT_CENTS_MAX, id, OptionalLong.empty());
            add(NAMES.get(source), target, PAYMENT_CENTS_MAX, id, OptionalLong.empty());
        } else {
            add(NAMES.get(source), target, PAYMENT_CENTS_MAX, Optional.empty(), OptionalLong.empty());
        }
    }

    /** One, or two of which the second is sent first. */
    private void payNumbered(int source, String target) {
        long next = sequences[source] + 1;
        boolean swaps = random.nextInt(4) == 0;
        if (swaps) {
            add(NAMES.get(source), target, PAYMENT_CENTS_MAX, Optional.empty(), OptionalLong.of(next + 1));
        }
        add(NAMES.get(source), target, PAYMENT_CENTS_MAX, Optional.empty(), OptionalLong.of(next));
        if (random.nextInt(4) == 0) { // another transfer with a number that was used
            add(NAMES.get(source), target, PAYMENT_CENTS_MAX, Optional.empty(), OptionalLong.of(next));
        }
        sequences[source] = swaps ? next + 1 : next;
    }

    private void add(String source, String target, int centsMax, Optional<String> id, OptionalLong sequence) {
        BigDecimal amount = BigDecimal.valueOf(1L + random.nextInt(centsMax), 2);
        String line = "{\"source\":\"" + source + "\",\"target\":\"" + target + "\",\"amount\":" + amount + ",\"n\":"
                + transfers.size()
                + id.map(text -> ",\"id\":\"" + text + '"').orElse("")
                + (sequence.isPresent() ? ",\"sequence\":" + sequence.getAsLong() : "")
                + '}';
        transfers.add(new Transfer(line, source, target, amount, id, sequence));
    }
}
