package dev.weir.functions;

import dev.weir.port.Table;
import dev.weir.port.TableChanges;
import java.util.List;
import java.util.function.Supplier;

/** {@link TableChanges} that are made when they are first asked. Thread-safe. */
final class ChangesOnDemand implements TableChanges {
    private final Supplier<TableChanges> changes;

    ChangesOnDemand(Supplier<TableChanges> make) {
        this.changes = new OnDemand<>(make);
    }

    @Override
    public List<ChangeShard> shards(Table table) {
        return changes.get().shards(table);
    }

    @Override
    public Page read(Table table, String shard, String after, int limit) {
        return changes.get().read(table, shard, after, limit);
    }
}
