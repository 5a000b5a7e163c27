package dev.weir.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.memory.ManualTime;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Edit;
import dev.weir.port.InvokeOutcome;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Path;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import dev.weir.queue.QueueName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A bus with bots, a clock that tests move, and a function service that keeps what it was asked. */
abstract class CronFixture {
    static final Table CRON = new Table("weir-cron", "id", null, true);
    static final Table HEADS = new Table("weir-event", "event", null, true);
    static final QueueName ORDERS = QueueName.of("orders");
    static final QueueName BILLS = QueueName.of("bills");
    static final String BOT = "shipper";
    static final int LANES = 4;
    static final long START = 1_795_194_307_123L;

    final TroubledItems items = new TroubledItems();
    final ManualTime time = new ManualTime(START);
    final List<byte[]> invoked = new ArrayList<>();
    InvokeOutcome service = InvokeOutcome.ACCEPTED;

    final CronRows rows = new CronRows(CRON, items, time);
    final Controls controls = new Controls(CRON, items, time);
    final Runs runs = new Runs(CRON, items, time);
    final Waker waker = new Waker(CRON, HEADS, items, LANES, time);
    final Cron cron = new Cron(
            CRON,
            items,
            (function, payload) -> {
                assertThat(function).isEqualTo(BOT + "-function");
                invoked.add(payload);
                return service;
            },
            time);

    final void register(QueueName... triggers) {
        controls.register(Registration.onQueues(BOT, BOT + "-function", List.of(triggers)));
    }

    final CronRow row() {
        return rows.find(BOT).orElseThrow();
    }

    final Decision decision() {
        return Decide.of(row(), time.epochMillis());
    }

    static String eid(int index) {
        return "z/2026/11/20/17/05/1795194307123-%07d".formatted(index);
    }

    static Checkpoint at(String eid) {
        return new Checkpoint(eid, 1, 2, 3, 4);
    }

    /** Runs the bot as the cron does, and begins the run as the bot does. */
    final Lock beginRun(String requestId) {
        assertThat(cron.consider(BOT)).isInstanceOf(Decision.Run.class);
        return runs.begin(invocation(), requestId, 60_000).orElseThrow();
    }

    final Invocation invocation() {
        return Invocation.parse(invoked.getLast()).orElseThrow();
    }

    final WriteOutcome move(QueueName queue, Optional<String> from, String to) {
        return items.write(CronWrite.of(CRON, BOT).read(queue, from, at(to)).build());
    }

    final void edit(Edit... edits) {
        assertThat(items.memory.write(new Write.Edits(new Key(CRON, BOT, null), List.of(edits), Condition.ALWAYS)))
                .isEqualTo(WriteOutcome.WRITTEN);
    }

    final void set(String attribute, Attribute value) {
        edit(new Edit.Set(Path.of(attribute), value));
    }

    final void head(String queue, String eid) {
        items.memory.write(new Write.Put(
                Item.at(new Key(HEADS, queue, null)).with("max_eid", eid).build(), Condition.ALWAYS));
    }
}
