package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.port.Item;
import dev.weir.port.ItemSize;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store as one process sees it, with faults. Checks that nothing exceeds DynamoDB's limits, by its own count. */
final class FaultyItems implements Items {
    private static final int WRITES_MAX = 100;
    private static final int TRANSACTION_BYTES = 4 * 1024 * 1024;
    private static final int ITEM_BYTES = 400 * 1024;

    private final Items items;
    private final Calls calls;

    FaultyItems(Items items, Calls calls) {
        this.items = items;
        this.calls = calls;
    }

    @Override
    public Optional<Item> get(Key key) {
        return answered(Call.Port.READ, () -> items.get(key));
    }

    @Override
    public List<Item> getAll(Collection<Key> keys) {
        return answered(Call.Port.READ, () -> items.getAll(keys));
    }

    @Override
    public List<Item> query(Table table, String partition, String fromInclusive, String toExclusive, int limit) {
        return answered(Call.Port.READ, () -> items.query(table, partition, fromInclusive, toExclusive, limit));
    }

    @Override
    public Iterable<Item> scan(Table table) {
        return answered(Call.Port.READ, () -> items.scan(table));
    }

    @Override
    public WriteOutcome write(Write write) {
        assertThat(ItemSize.bytes(write)).isLessThanOrEqualTo(ITEM_BYTES);
        return written(Call.Port.WRITE, () -> items.write(write));
    }

    @Override
    public WriteOutcome transact(List<Write> writes) {
        assertThat(writes).hasSizeBetween(1, WRITES_MAX).extracting(Write::key).doesNotHaveDuplicates();
        assertThat(writes).allMatch(write -> ItemSize.bytes(write) <= ITEM_BYTES, "fits into an item");
        assertThat(writes.stream().mapToLong(ItemSize::bytes).sum()).isLessThanOrEqualTo(TRANSACTION_BYTES);
        return written(Call.Port.TRANSACT, () -> items.transact(writes));
    }

    @Override
    public void deleteAll(Collection<Key> keys) {
        for (Key key : keys) {
            answered(Call.Port.DELETE, () -> {
                items.deleteAll(List.of(key));
                return key;
            });
        }
    }

    private <R> R answered(Call.Port port, Supplier<R> call) {
        Fault fault = calls.before(port);
        if (fault == Fault.UNAVAILABLE) {
            throw new StoreUnavailableException("the test says so: port=" + port);
        }
        R answer = call.get();
        calls.after(fault);
        return answer;
    }

    private WriteOutcome written(Call.Port port, Supplier<WriteOutcome> call) {
        Fault fault = calls.before(port);
        return switch (fault) {
            case REFUSED -> new WriteOutcome.Retry("the test says so");
            case LOST_REQUEST -> new WriteOutcome.Unknown("the test lost the request");
            case LOST_ANSWER -> {
                call.get();
                yield new WriteOutcome.Unknown("the test lost the answer");
            }
            case DELAYED -> {
                calls.delay(call::get);
                yield new WriteOutcome.Unknown("the test delays the request");
            }
            case NONE, LANDS, UNAVAILABLE, KILLED_BEFORE, KILLED_AFTER -> {
                WriteOutcome outcome = call.get();
                calls.after(fault);
                yield outcome;
            }
        };
    }
}
