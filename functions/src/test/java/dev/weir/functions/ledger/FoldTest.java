package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.weir.port.Item;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows brought up to date with the journal after many commits. */
class FoldTest {
    private static final List<String> TRANSFERS = transfers();

    /** After the fold, which comes with the 512th commit, only one account is touched: the others are in their rows alone. */
    private static List<String> transfers() {
        List<String> transfers = Transfers.traffic(new Random(41), 12, 515);
        transfers.addAll(Collections.nCopies(105, Transfers.line("sweep", "last", "1.00")));
        return transfers;
    }

    private static World<Transfer, BigDecimal, Decided> world() {
        var world = World.ledger(1);
        world.put(new Numbered("p", 1).addAll(TRANSFERS).records(1));
        return world;
    }

    private static Delivery<Transfer, BigDecimal, Decided> oneByOne(World<Transfer, BigDecimal, Decided> world) {
        return new Delivery<>(world).inBatchesOf(() -> 1);
    }

    private static TreeMap<String, BigDecimal> rows(World<Transfer, BigDecimal, Decided> world) {
        TreeMap<String, BigDecimal> rows = new TreeMap<>();
        for (Item row : world.items.scan(world.bus.state("ledger", "balances"))) {
            rows.put(row.key().partition(), new BigDecimal(row.text("value")));
        }
        return rows;
    }

    @Test
    void rowsAreWhatTheJournalMadeThemAndTheJournalIsTrimmed() {
        var world = world();
        var delivery = oneByOne(world);
        for (int i = 0; i < 512; i++) {
            delivery.step();
        }
        assertThat(rows(world)).isEqualTo(Oracle.of(TRANSFERS.subList(0, 512)).balances);
        assertThat(world.kept("journal#")).hasSizeGreaterThan(300);
        delivery.drain();

        Auditor.audit(world, TRANSFERS);
        assertThat(world.kept("journal#")).hasSizeLessThanOrEqualTo(108);
        delivery.forget();
        world.put(
                new Numbered("q", 1).add(Transfers.line("sweep", "a0", "1.00")).records(1));
        delivery.drain();
        assertThat(world.results()).hasSize(621);
        assertThat(world.state()).isEqualTo(withOneMore());
    }

    private static TreeMap<String, BigDecimal> withOneMore() {
        List<String> all = new ArrayList<>(TRANSFERS);
        all.add(Transfers.line("sweep", "a0", "1.00"));
        return Oracle.of(all).balances;
    }

    @Test
    void coldStartsInTheMiddleReadRowsAndJournal() {
        var world = world();
        var delivery = oneByOne(world);
        for (int i = 0; delivery.step(); i++) {
            if (i % 37 == 0 || (i > 505 && i < 520)) {
                delivery.forget();
            }
        }

        assertThat(world.results()).isEqualTo(Oracle.of(TRANSFERS).outcomes);
        Auditor.audit(world, TRANSFERS);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"KILLED_BEFORE", "KILLED_AFTER", "REFUSED", "LOST_ANSWER", "LOST_REQUEST"})
    void aFoldThatIsDisturbedAtAnyRowChangesNothing(Fault fault) {
        for (int row = 0; row < 14; row += 3) {
            var world = world();
            int at = row;
            int[] writes = {0};
            Plan plan = call -> call.port() == Call.Port.WRITE && writes[0]++ == at ? fault : Fault.NONE;
            oneByOne(world).by(() -> world.copy(plan)).drain();
            assertThatCode(() -> Auditor.audit(world, TRANSFERS))
                    .as("fault=%s row=%d", fault, row)
                    .doesNotThrowAnyException();
            assertThat(writes[0]).isPositive();
        }
    }

    /** The sleeper stops just before it writes a row; others go on far enough to write all rows again; then it wakes up. */
    @Test
    void aStaleFoldOverwritesNoNewerRow() {
        var world = world();
        world.put(new Numbered("q", 1)
                .addAll(Transfers.traffic(new Random(42), 12, 600))
                .records(1));
        List<TreeMap<String, BigDecimal>> rows = new ArrayList<>();
        Delivery<Transfer, BigDecimal, Decided> others = oneByOne(world);
        Plan sleeps = call -> {
            if (call.port() == Call.Port.WRITE && rows.isEmpty()) {
                rows.add(new TreeMap<>());
                others.drain();
                rows.set(0, rows(world));
            }
            return Fault.NONE;
        };
        oneByOne(world).by(() -> world.copy(sleeps)).drain();

        assertThat(rows).containsExactly(rows(world));
        assertThat(world.results()).hasSize(1_220);
        List<String> all = new ArrayList<>(TRANSFERS);
        all.addAll(Transfers.traffic(new Random(42), 12, 600));
        assertThat(world.state()).isEqualTo(Oracle.of(all).balances);
    }
}
