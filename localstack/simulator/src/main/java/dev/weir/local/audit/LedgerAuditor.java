package dev.weir.local.audit;

import dev.weir.model.Lanes;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Says whether a ledger is right, from the transfers that were sent, their outcomes and the balances, without the bot's code.
 *
 * <p>Lanes decide independently, so many results are right. What must hold: the outcomes of each source are its transfers, once each, in
 * their order; what has no outcome was parked, for a reason that holds, or repeats an id; there is an order over all lanes in which no
 * account but sweep goes below zero; nothing is denied to an account whose own lane alone gave it the funds; the balances are what the
 * outcomes make them, and their sum is zero. Every violation is an {@link AssertionError} that names what is wrong.
 */
public final class LedgerAuditor {
    private static final String SWEEP = "sweep";
    private static final String LATE = "arrived after the gap";
    private static final String APPROVED = ",\"outcome\":\"approve\"}";
    private static final String DENIED = ",\"outcome\":\"deny\"}";

    private final Lanes lanes;
    private final Map<String, Transfer> sent = new HashMap<>();
    private final Map<String, List<Transfer>> bySource = new TreeMap<>();
    private final Set<String> noEvents;
    private final Map<String, Integer> laneOf = new HashMap<>();

    /**
     * @param lanes of the bus
     * @param transfers what was sent; those of one source in the order in which they must take effect
     * @param noEvents lines that were sent and are no transfers
     */
    public LedgerAuditor(Lanes lanes, List<Transfer> transfers, Set<String> noEvents) {
        this.lanes = lanes;
        this.noEvents = noEvents;
        for (Transfer transfer : transfers) {
            sent.put(transfer.line(), transfer);
            bySource.computeIfAbsent(transfer.source(), _ -> new ArrayList<>()).add(transfer);
        }
    }

    /** Reads the text of an outcome. */
    public Outcome outcome(String text) {
        boolean isApproved = text.endsWith(APPROVED);
        String end = isApproved ? APPROVED : DENIED;
        Transfer transfer = text.endsWith(end) ? sent.get(text.substring(0, text.length() - end.length()) + "}") : null;
        if (transfer == null) {
            throw new AssertionError("an outcome of a transfer that was never sent: outcome=" + text);
        }
        return new Outcome(transfer, isApproved);
    }

    /**
     * Audits a ledger that is at rest.
     *
     * @param decided the outcomes of each lane, in the order of its queue
     * @param parked what was parked
     * @param balances by account
     */
    public void audit(List<List<Outcome>> decided, List<Parked> parked, Map<String, BigDecimal> balances) {
        Set<String> parkedLines = parked(parked);
        order(decided, parkedLines);
        Books books = replay(decided);
        compare(balances, books.given);
        nobodyBelowZero(balances);
        BigDecimal sum = sum(balances);
        if (sum.signum() != 0) {
            throw new AssertionError("the sum of all balances is not zero: sum=" + sum.toPlainString());
        }
    }

    /**
     * Audits a ledger on its way: nobody is below zero, nobody has more than the outcomes gave him, and what is missing is in flight.
     */
    public void look(List<List<Outcome>> decided, Map<String, BigDecimal> balances) {
        nobodyBelowZero(balances);
        Map<String, BigDecimal> given = new HashMap<>();
        decided.forEach(lane -> lane.stream().filter(Outcome::isApproved).forEach(each -> {
            Transfer transfer = each.transfer();
            given.merge(transfer.source(), transfer.amount().negate(), BigDecimal::add);
            given.merge(transfer.target(), transfer.amount(), BigDecimal::add);
        }));
        balances.forEach((account, balance) -> {
            if (balance.compareTo(given.getOrDefault(account, BigDecimal.ZERO)) > 0) {
                throw new AssertionError("an account has more than the outcomes gave it: account=" + account
                        + " balance=" + balance + " given=" + given.get(account));
            }
        });
        if (sum(balances).signum() > 0) {
            throw new AssertionError("credits in flight are below zero: sum=" + sum(balances));
        }
    }

    private Set<String> parked(List<Parked> parked) {
        Set<String> lines = new HashSet<>();
        for (Parked each : parked) {
            if (!lines.add(each.line())) {
                throw new AssertionError("an event was parked twice: line=" + each.line());
            }
            boolean isNoEvent = noEvents.contains(each.line());
            if (!isNoEvent && !(sent.containsKey(each.line()) && each.reason().startsWith(LATE))) {
                throw new AssertionError(
                        "an event was parked without need: line=" + each.line() + " reason=" + each.reason());
            }
        }
        for (String line : noEvents) {
            if (!lines.contains(line)) {
                throw new AssertionError("a line that is no event was lost: line=" + line);
            }
        }
        return lines;
    }

    /** Each source: what took effect is what was sent, once and in order. */
    private void order(List<List<Outcome>> decided, Set<String> parked) {
        Map<String, List<Transfer>> took = new HashMap<>();
        for (List<Outcome> lane : decided) {
            lane.forEach(outcome -> took.computeIfAbsent(outcome.transfer().source(), _ -> new ArrayList<>())
                    .add(outcome.transfer()));
        }
        bySource.forEach((source, transfers) -> {
            List<Transfer> effects = took.getOrDefault(source, List.of());
            Set<Transfer> effective = new HashSet<>(effects);
            if (effective.size() != effects.size()) {
                throw new AssertionError("a transfer has two outcomes: source=" + source + " outcomes=" + effects.size()
                        + " transfers=" + effective.size());
            }
            List<Transfer> expected = expected(transfers, effective, parked);
            if (!effects.equals(expected)) {
                throw new AssertionError(
                        "the outcomes of a source are not its transfers, once each and in order: source=" + source + " "
                                + difference(expected, effects));
            }
        });
    }

    /** Without what was parked; of those with one id or one sequence number, the first that was not. */
    private static List<Transfer> expected(List<Transfer> transfers, Set<Transfer> effective, Set<String> parked) {
        List<Transfer> expected = new ArrayList<>();
        Set<String> used = new HashSet<>();
        Set<String> usedByParked = new HashSet<>();
        for (Transfer transfer : transfers) {
            Optional<String> identity = identity(transfer);
            if (parked.contains(transfer.line())) {
                if (effective.contains(transfer)) {
                    throw new AssertionError("a transfer was parked and decided: line=" + transfer.line());
                }
                identity.ifPresent(usedByParked::add);
            } else if (identity.isEmpty() || used.add(identity.get())) {
                expected.add(transfer);
            }
        }
        // Which of two was seen first when one of them came late cannot be known from outside: both ways are right.
        expected.removeIf(transfer ->
                identity(transfer).filter(usedByParked::contains).isPresent() && !effective.contains(transfer));
        return expected;
    }

    private static Optional<String> identity(Transfer transfer) {
        return transfer.id()
                .or(() -> transfer.sequence().isPresent()
                        ? Optional.of("sequence " + transfer.sequence().getAsLong())
                        : Optional.empty());
    }

    private static String difference(List<Transfer> expected, List<Transfer> effects) {
        int at = 0;
        while (at < expected.size() && at < effects.size() && expected.get(at).equals(effects.get(at))) {
            at++;
        }
        return "at=" + at + " of=" + expected.size() + " expected="
                + (at < expected.size() ? expected.get(at).line() : "nothing") + " found="
                + (at < effects.size() ? effects.get(at).line() : "nothing");
    }

    /** Balances while outcomes are taken one by one. */
    private static final class Books {
        private final Map<String, BigDecimal> given = new HashMap<>(); // with what is on its way
        private final Map<String, BigDecimal> sure = new HashMap<>(); // without what came from other lanes
    }

    /** Takes the next outcome of any lane that is possible, until none is left. */
    private Books replay(List<List<Outcome>> decided) {
        Books books = new Books();
        List<Deque<Outcome>> left = new ArrayList<>();
        decided.forEach(lane -> left.add(new ArrayDeque<>(lane)));
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Deque<Outcome> lane : left) {
                while (!lane.isEmpty() && isPossible(lane.getFirst(), books)) {
                    take(lane.removeFirst(), books);
                    moved = true;
                }
            }
        }
        for (Deque<Outcome> lane : left) {
            if (!lane.isEmpty()) {
                throw new AssertionError("a transfer was approved that spends what nobody gave: line="
                        + lane.getFirst().transfer().line());
            }
        }
        return books;
    }

    private static boolean isPossible(Outcome outcome, Books books) {
        String source = outcome.transfer().source();
        return !outcome.isApproved()
                || source.equals(SWEEP)
                || books.given
                                .getOrDefault(source, BigDecimal.ZERO)
                                .compareTo(outcome.transfer().amount())
                        >= 0;
    }

    private void take(Outcome outcome, Books books) {
        Transfer transfer = outcome.transfer();
        String source = transfer.source();
        BigDecimal amount = transfer.amount();
        if (!outcome.isApproved()) {
            boolean hadFunds = books.sure.getOrDefault(source, BigDecimal.ZERO).compareTo(amount) >= 0;
            if (hadFunds || source.equals(SWEEP)) {
                throw new AssertionError("a transfer was denied though the funds were there: line=" + transfer.line());
            }
            return;
        }
        boolean isLocal = transfer.target().equals(SWEEP) || lane(source) == lane(transfer.target());
        books.given.merge(source, amount.negate(), BigDecimal::add);
        books.given.merge(transfer.target(), amount, BigDecimal::add);
        books.sure.merge(source, amount.negate(), BigDecimal::add);
        if (isLocal) {
            books.sure.merge(transfer.target(), amount, BigDecimal::add);
        }
    }

    private int lane(String account) {
        return laneOf.computeIfAbsent(account, lanes::of);
    }

    private static void compare(Map<String, BigDecimal> balances, Map<String, BigDecimal> given) {
        Set<String> accounts = new HashSet<>(given.keySet());
        accounts.addAll(balances.keySet());
        for (String account : accounts) {
            BigDecimal balance = balances.getOrDefault(account, BigDecimal.ZERO);
            BigDecimal expected = given.getOrDefault(account, BigDecimal.ZERO);
            if (balance.compareTo(expected) != 0) {
                throw new AssertionError("a balance is not what the outcomes make it: account=" + account + " balance="
                        + balance + " expected=" + expected);
            }
        }
    }

    private static void nobodyBelowZero(Map<String, BigDecimal> balances) {
        balances.forEach((account, balance) -> {
            if (balance.signum() < 0 && !account.equals(SWEEP)) {
                throw new AssertionError("an account is below zero: account=" + account + " balance=" + balance);
            }
        });
    }

    private static BigDecimal sum(Map<String, BigDecimal> balances) {
        return balances.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
