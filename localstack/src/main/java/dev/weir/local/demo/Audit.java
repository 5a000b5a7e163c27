package dev.weir.local.demo;

import dev.weir.flow.Bus;
import dev.weir.flow.LaneStatus;
import dev.weir.flow.StateView;
import dev.weir.functions.ledger.Ledger;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.model.LaneId;
import dev.weir.port.Items;
import dev.weir.port.Time;
import dev.weir.queue.Page;
import dev.weir.queue.Position;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueReader;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must be true of a ledger at rest, found out from its outcomes and balances alone.
 *
 * @param sent transfers that were sent, numbered from 1 in the order of sending in their field {@code n}
 * @param outcomes outcomes there are
 * @param distinct different transfers that have an outcome
 * @param overtaken outcomes that come before that of an earlier transfer of the same source
 * @param below accounts below zero that may not be
 * @param sum of all balances
 */
record Audit(long sent, long outcomes, long distinct, long overtaken, long below, BigDecimal sum) {
    private static final Pattern OUTCOME =
            Pattern.compile("\\{\"source\":\"([^\"]*)\",.*,\"n\":(\\d+),\"outcome\":\"\\w+\"}");

    static Audit of(Bus bus, Items items, Time time, int sent) {
        Queues queues =
                new Queues(bus.queueTables(), items, new MemoryObjectStore(), time); // outcomes lie in no objects
        BitSet seen = new BitSet();
        Map<String, Integer> last = new HashMap<>();
        long outcomes = 0;
        long overtaken = 0;
        for (LaneId lane : LaneStatus.slices(bus)) {
            QueueReader reader = queues.reader(QueueName.of(bus.queue(Ledger.DECIDED, lane)), Position.beginning());
            Page page;
            do {
                page = reader.next(ReadLimits.DEFAULTS).orThrow();
                for (QueueEvent outcome : page.events()) {
                    Matcher matcher = OUTCOME.matcher(outcome.payload().toString());
                    outcomes++;
                    if (matcher.matches()) {
                        int n = Integer.parseInt(matcher.group(2));
                        seen.set(n);
                        overtaken += last.merge(matcher.group(1), n, Math::max) > n ? 1 : 0;
                    }
                }
            } while (!page.isEnd());
        }
        Map<String, BigDecimal> balances = new StateView<>(Ledger.GRAPH, bus, items).all();
        long below = balances.entrySet().stream()
                .filter(balance -> !balance.getKey().equals(Ledger.SWEEP)
                        && balance.getValue().signum() < 0)
                .count();
        BigDecimal sum = balances.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Audit(sent, outcomes, seen.cardinality(), overtaken, below, sum);
    }

    boolean isSound() {
        return isOnceEach() && overtaken == 0 && below == 0 && isZero();
    }

    void print(PrintStream out) {
        line(out, "outcomes", count(outcomes), "exactly one each", isOnceEach());
        line(out, "outcomes out of their source's order", count(overtaken), "none", overtaken == 0);
        line(out, "accounts below zero", count(below), "none", below == 0);
        line(out, "sum of all balances", sum.toPlainString(), "zero", isZero());
    }

    private boolean isOnceEach() {
        return outcomes == sent && distinct == sent;
    }

    private boolean isZero() {
        return sum.signum() == 0;
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    private static void line(PrintStream out, String what, String found, String wanted, boolean good) {
        out.println(String.format(Locale.ROOT, "  %-40s %10s   %s: %s", what, found, wanted, good ? "yes" : "NO"));
    }
}
