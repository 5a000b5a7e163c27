package dev.weir.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Bus;
import dev.weir.functions.ledger.Ledger;
import dev.weir.local.bus.BusOptions;
import dev.weir.local.bus.LocalBus;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Write;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A small demo, and that its audit can fail. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledOnOs(value = OS.LINUX, disabledReason = "Lambda's runtime client has natives for Linux alone")
class DemoTest {
    private static final Demo.Plan SMALL = new Demo.Plan(10, 100);

    private final List<String> statuses = new ArrayList<>();
    private LocalBus local;
    private Bus bus;
    private Items items;
    private Demo demo;

    @BeforeAll
    void play() {
        local = LocalBus.start(BusOptions.defaults().withLanes(4).withShards(2).isolating());
        bus = local.bus();
        items = local.wiring().items();
        demo = new Demo(local, SMALL, new Random(1978), statuses::add);
        demo.play();
    }

    @AfterAll
    void stop() {
        local.close();
    }

    private record Report(boolean sound, String text) {}

    private Report report() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean sound = demo.report(new PrintStream(out, true, StandardCharsets.UTF_8));
        return new Report(sound, out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void allWentWellThoughMuchWentWrong() {
        Report report = report();

        assertThat(report.text)
                .contains(" R reshard: 2 -> 3 shards", " K kill -9")
                .containsPattern("transfers sent +1,000\n")
                .containsPattern("records sent twice +[1-9]")
                .containsPattern("records sent in the wrong order +[1-9]")
                .containsPattern("events held until their turn +[1-9]")
                .containsPattern("outcomes +1,000   exactly one each: yes")
                .containsPattern("outcomes out of their source's order +0   none: yes")
                .containsPattern("accounts below zero +0   none: yes")
                .containsPattern("sum of all balances +0\\.00   zero: yes");
        assertThat(report.sound).isTrue();
        assertThat(statuses).last().asString().endsWith("of 1,000 sent, 1,000 decided");
    }

    @Test
    void moneyFromNowhereIsFound() {
        Table balances = bus.state(Ledger.GRAPH.name(), Ledger.GRAPH.table().name());
        Item thief = Item.at(new Key(balances, "thief", "lane-0"))
                .with("value", "0.01")
                .with("version", 1)
                .build();
        withItem(thief, "sum of all balances +0\\.01   zero: NO");
    }

    @Test
    void aDebtIsFound() {
        Table balances = bus.state(Ledger.GRAPH.name(), Ledger.GRAPH.table().name());
        Item debtor = Item.at(new Key(balances, "debtor", "lane-0"))
                .with("value", "-5")
                .with("version", 1)
                .build();
        withItem(debtor, "accounts below zero +1   none: NO");
    }

    @Test
    void lostOutcomesAreFound() {
        Item chunk =
                items.query(bus.queues(), "transfers.decided.0", "z/", "z0", 1).getFirst();
        items.write(new Write.Delete(chunk.key(), Condition.ALWAYS));
        try {
            Report report = report();
            assertThat(report.sound).isFalse();
            assertThat(report.text).containsPattern("outcomes +[0-9]{1,3}   exactly one each: NO");
        } finally {
            items.write(new Write.Put(chunk, Condition.ALWAYS));
        }
        assertThat(report().sound).isTrue();
    }

    @Test
    void outcomesThatAreThereTwiceAndOutOfOrderAreFound() {
        Item chunk =
                items.query(bus.queues(), "transfers.decided.0", "z/", "z0", 1).getFirst();
        String end = "z/9999/12/31/23/59/99999999999999-9999999";
        Item copy = Item.at(new Key(bus.queues(), "transfers.decided.0", end))
                .with("start", "z/9999/12/31/23/59/99999999999999-0000000")
                .with("gzip", chunk.bytes("gzip"))
                .build();
        Item head = items.get(new Key(bus.queueTables().heads(), "transfers.decided.0", null))
                .orElseThrow();
        Map<String, Attribute> raised = new HashMap<>(head.attributes());
        raised.put("max_eid", Attribute.of(end));
        items.write(new Write.Put(new Item(head.key(), raised), Condition.ALWAYS));
        try {
            withItem(copy, "outcomes out of their source's order +[1-9][0-9]*   none: NO");
        } finally {
            items.write(new Write.Put(head, Condition.ALWAYS));
        }
    }

    /** With this item the audit must fail for this reason, without it it must not. */
    private void withItem(Item item, String reason) {
        items.write(new Write.Put(item, Condition.ABSENT));
        try {
            Report report = report();
            assertThat(report.sound).isFalse();
            assertThat(report.text).containsPattern(reason);
        } finally {
            items.write(new Write.Delete(item.key(), Condition.ALWAYS));
        }
        assertThat(report().sound).isTrue();
    }
}
