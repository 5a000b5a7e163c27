package dev.weir.local.simulator;

import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** DynamoDB as one process sees it: through a network and with throttling, conflicts, and answers that get lost. */
final class SimulatedItems implements Items {
    private static final long LATE_MILLIS_MAX = 120_000;
    private static final long REPEATED_MILLIS_MAX = 1_800_000;

    private final Store store;
    private final Agenda agenda;
    private final Faults faults;
    private final Calls calls;
    private final Deque<Runnable> late = new ArrayDeque<>();

    SimulatedItems(Store store, Agenda agenda, Faults faults, Calls calls) {
        this.store = store;
        this.agenda = agenda;
        this.faults = faults;
        this.calls = calls;
    }

    @Override
    public Optional<Item> get(Key key) {
        return read("get", () -> store.items().get(key));
    }

    @Override
    public List<Item> getAll(Collection<Key> keys) {
        return read("getAll", () -> store.items().getAll(keys));
    }

    @Override
    public List<Item> query(Table table, String partition, String fromInclusive, String toExclusive, int limit) {
        return read("query", () -> store.items().query(table, partition, fromInclusive, toExclusive, limit));
    }

    @Override
    public Iterable<Item> scan(Table table) {
        return read("scan", () -> store.items().scan(table));
    }

    @Override
    public WriteOutcome write(Write write) {
        calls.before("write");
        WriteOutcome outcome = written(List.of(write), false);
        calls.after();
        return outcome;
    }

    @Override
    public WriteOutcome transact(List<Write> writes) {
        calls.before("transact");
        while (!late.isEmpty()) {
            late.remove().run();
        }
        WriteOutcome outcome = faults.strike(Fault.TRANSACTION_CONFLICT)
                ? new WriteOutcome.Retry("TransactionConflict")
                : written(writes, true);
        calls.after();
        return outcome;
    }

    @Override
    public void deleteAll(Collection<Key> keys) {
        for (Key key : keys) {
            calls.before("delete");
            if (faults.strike(Fault.DELETE_UNAVAILABLE)) {
                throw new StoreUnavailableException("a delete got no answer: key=" + key);
            }
            store.items().deleteAll(List.of(key));
            calls.after();
        }
    }

    private <R> R read(String what, Supplier<R> read) {
        calls.before(what);
        if (faults.strike(Fault.READ_UNAVAILABLE)) {
            throw new StoreUnavailableException("a read got no answer: call=" + what);
        }
        R answer = read.get();
        calls.after();
        return answer;
    }

    private WriteOutcome written(List<Write> writes, boolean hasToken) {
        if (faults.strike(Fault.WRITE_THROTTLED)) {
            return new WriteOutcome.Retry("ThrottlingException");
        }
        if (faults.strike(Fault.WRITE_LOST_REQUEST)) {
            return new WriteOutcome.Unknown("the request was lost");
        }
        if (faults.strike(Fault.WRITE_LATE)) {
            arriveLate(writes);
            return new WriteOutcome.Unknown("the request is still on its way");
        }
        WriteOutcome outcome = store.transact(writes);
        if (faults.strike(Fault.WRITE_REPEATED)) {
            repeat(writes, hasToken);
        }
        return faults.strike(Fault.WRITE_LOST_ANSWER) ? new WriteOutcome.Unknown("the answer was lost") : outcome;
    }

    /** At some time; or else just before the next transaction of the same process, which may have given this one up. */
    private void arriveLate(List<Write> writes) {
        boolean[] hasArrived = {false};
        Runnable arrival = () -> {
            if (!hasArrived[0]) {
                hasArrived[0] = true;
                store.transact(writes);
            }
        };
        agenda.after(faults.delayMillis(Fault.WRITE_LATE, LATE_MILLIS_MAX), arrival);
        if (faults.amount(Fault.WRITE_LATE, 2) == 0) {
            late.add(arrival);
        }
    }

    /** Half of the repeated transactions come when their token is forgotten. */
    private void repeat(List<Write> writes, boolean hasToken) {
        long millis = faults.delayMillis(Fault.WRITE_REPEATED, REPEATED_MILLIS_MAX);
        boolean isForgotten = faults.amount(Fault.WRITE_REPEATED, 2) == 0;
        long after = hasToken && isForgotten ? Math.max(millis, Store.TOKEN_MILLIS) : millis;
        if (!hasToken || after >= Store.TOKEN_MILLIS) {
            agenda.after(after, () -> store.transact(writes));
        }
    }
}
