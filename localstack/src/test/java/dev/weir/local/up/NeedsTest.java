package dev.weir.local.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bot.Bot;
import dev.weir.flow.Bus;
import dev.weir.functions.ledger.Ledger;
import dev.weir.model.Lanes;
import dev.weir.port.Table;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NeedsTest {
    private static final Bus BUS = new Bus("shop", new Lanes(2));

    private static Bot uses(Bot.Use... uses) {
        return new Bot.Reader(Denials.GRAPH, _ -> Denials.GRAPH, Optional.empty(), List.of(uses), List.of());
    }

    private static List<String> tables(Bot... bots) {
        List<Table> tables = Needs.tables(BUS, List.of(bots));
        return tables.subList(BUS.tables().size(), tables.size()).stream()
                .map(Table::name)
                .toList();
    }

    @Test
    void aBotWithStateHasATableForItAndOneWithoutHasNone() {
        assertThat(tables(Bot.of(Ledger.GRAPH))).containsExactly("shop-ledger-balances");
        assertThat(tables(Bot.of(Denials.GRAPH))).isEmpty();
    }

    @Test
    void rowsThatAreWrittenReadOrAwaitedAreTablesThatTellTheirChangesEachOnce() {
        assertThat(tables(
                        Numbers.bot(1, "* * * * *", List.of("prices")),
                        uses(new Bot.Use.WritesRows("prices"), new Bot.Use.ReadsChanges("orders"))))
                .containsExactly("shop-counter-cursor", "shop-rows-prices", "shop-rows-orders");
        assertThat(Needs.tables(BUS, List.of(uses(new Bot.Use.WritesRows("prices")))))
                .last()
                .returns(true, Table::changes);
    }

    @Test
    void streamsAreThoseOfTheBusThatAreReadOrWritten() {
        assertThat(Needs.streams(List.of(
                        Bot.of(Ledger.GRAPH), uses(new Bot.Use.PutsInto("alarms"), new Bot.Use.ReadsObjects("x/")))))
                .containsExactly("alarms", "bus", "transfers");
    }
}
