package dev.weir.functions.ledger;

import dev.weir.port.StreamRecord;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * An input small enough to be run once for every call that a process makes: transfers within and between lanes, some denied, two records
 * in the wrong order, and one twice.
 */
final class Small {
    private static final int BATCH_RECORDS = 4;

    static final List<String> TRANSFERS = Transfers.traffic(new Random(3), 5, 16);

    private Small() {}

    static World<Transfer, BigDecimal, Decided> world(int lanes) {
        World<Transfer, BigDecimal, Decided> world = World.ledger(lanes);
        List<StreamRecord> records = new Numbered("p", lanes).addAll(TRANSFERS).records(2);
        Collections.swap(records, 3, 4);
        records.add(6, records.get(2));
        world.put(records);
        return world;
    }

    static Delivery<Transfer, BigDecimal, Decided> delivery(World<Transfer, BigDecimal, Decided> world) {
        return new Delivery<>(world).inBatchesOf(() -> BATCH_RECORDS);
    }

    /** How many calls one process makes that takes everything. */
    static int calls(int lanes) {
        World<Transfer, BigDecimal, Decided> world = world(lanes);
        World.Copy<Transfer, BigDecimal, Decided> copy = world.copy();
        delivery(world).by(() -> copy).drain();
        audit(world);
        return copy.calls().count();
    }

    static void audit(World<Transfer, BigDecimal, Decided> world) {
        Auditor.audit(world, TRANSFERS);
    }
}
