package dev.weir.functions.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.bot.Bot;
import dev.weir.bot.Bots;
import dev.weir.cron.Controls;
import dev.weir.cron.CronRow;
import dev.weir.cron.CronRows;
import dev.weir.flow.Bus;
import dev.weir.flow.LaneCount;
import dev.weir.functions.QuietContext;
import dev.weir.functions.Wiring;
import dev.weir.functions.ledger.Ledger;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryStreams;
import dev.weir.model.Lanes;
import dev.weir.port.InvokeOutcome;
import dev.weir.port.Item;
import dev.weir.queue.QueueName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rows of the bots of a deployed bus. */
class BotRowsTest {
    private static final Bot COPY =
            Bot.of(Bots.enrich("copy.all", "orders", "orders.copied", event -> List.of(event.payload())));
    private static final Bot SHOP = new Bot.Source(
            "shop", "orders", "*/5 * * * *", List.of(), List.of(), List.of(), _ -> (cursor, most) -> Optional.empty());

    private final Bus bus = new Bus("weir", new Lanes(4));
    private final MemoryItems items = new MemoryItems();
    private final ManualTime time = new ManualTime(1_795_194_300_000L);
    private final Wiring wiring = new Wiring(bus, items, new MemoryStreams(time), time);
    private final CronRows rows = new CronRows(bus.cron(), items, time);
    private final Controls controls = new Controls(bus.cron(), items, time);

    private CronRow row(String bot) {
        return rows.find(bot).orElseThrow();
    }

    private BotRows of(Bot... bots) {
        return new BotRows(wiring, List.of(bots));
    }

    @Test
    void eachBotHasARowThatSaysWhatRunsItAndWhatWakesIt() {
        List<String> changed = of(Bot.of(Ledger.GRAPH), COPY, SHOP).write();

        assertThat(changed).containsExactly("ingest", "ledger", "copy.all", "shop");
        assertThat(row("ingest").stream()).contains("bus");
        assertThat(row("ledger").stream()).contains("transfers");
        assertThat(row("ledger").function()).isEmpty();
        assertThat(row("copy.all").function()).contains("weir-copy_all:live");
        assertThat(row("copy.all").triggers()).containsExactly(QueueName.of("orders"));
        assertThat(row("shop").function()).contains("weir-shop:live");
        assertThat(row("shop").schedule()).contains("*/5 * * * *");
    }

    @Test
    void whatIsThereAlreadyIsNotWrittenAgain() {
        of(COPY, SHOP).write();
        Item before = row("copy.all").item();

        assertThat(of(COPY, SHOP).write()).isEmpty();
        assertThat(row("copy.all").item()).isEqualTo(before);
    }

    @Test
    void aChangedBotChangesItsRowAndKeepsWhatOthersStoredThere() {
        of(COPY).write();
        controls.pause("copy.all");
        controls.checkpoint("copy.all", QueueName.of("orders"), "z/2026");

        Bot changed = Bot.of(Bots.enrich("copy.all", "returns", "orders.copied", event -> List.of(event.payload())));

        assertThat(of(changed).write()).containsExactly("copy.all");
        assertThat(row("copy.all").triggers()).containsExactly(QueueName.of("returns"));
        assertThat(row("copy.all").isPaused()).isTrue();
        assertThat(row("copy.all").read(QueueName.of("orders"))).isPresent();
    }

    @Test
    void theNumberOfLanesIsNotedForToolsAndNeverChanges() {
        of(COPY).write();

        assertThat(LaneCount.recorded(bus, items)).hasValue(4);
        Wiring other = new Wiring(new Bus("weir", new Lanes(8)), items, new MemoryStreams(time), time);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new BotRows(other, List.of(COPY)).write())
                .withMessageContaining("lanes=4 deployed=8");
    }

    @Test
    void theScheduledFunctionDoesItOnceAndThenRunsWhatIsDue() throws IOException {
        TriggerWiring trigger = TriggerWiring.of(wiring, (_, _) -> InvokeOutcome.ACCEPTED);
        CronTick tick = new CronTick(trigger, Optional.of(of(COPY, SHOP)));
        QuietContext context = new QuietContext(60_000);

        tick.handleRequest(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), context);
        tick.handleRequest(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), context);

        assertThat(context.lines).containsExactly("rows of bots were made or changed: bots=[ingest, copy.all, shop]");
    }

    @Test
    void aNameThatNoFunctionCanHaveIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BotRows.functionName(bus, "b".repeat(60)))
                .withMessageContaining("characters=65 max=64");
    }
}
