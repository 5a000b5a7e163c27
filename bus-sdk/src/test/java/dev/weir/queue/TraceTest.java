package dev.weir.queue;

import static dev.weir.queue.Shelf.eid;
import static dev.weir.queue.Shelf.q;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** orders -> enrich -> enriched.0/.1 -> bill -> bills, and mail, which reads enriched too and is behind. */
class TraceTest {
    private final Shelf shelf = new Shelf();

    private void line(String queue, long millis, String bot, String payload, String from) {
        String correlation = from.isEmpty() ? "" : ",\"correlation_id\":{" + from + ",\"units\":1}";
        shelf.inline(
                queue,
                millis,
                List.of("{\"id\":\"" + bot + "\",\"event\":\"" + queue + "\",\"payload\":" + payload + correlation
                        + "}"));
    }

    private static String from(String queue, long millis) {
        return "\"source\":\"" + queue + "\",\"start\":\"" + eid(millis, 0) + "\"";
    }

    private void bot(String id, Map<String, String> read, List<String> writes) {
        Map<String, Attribute> reads = new HashMap<>();
        read.forEach((queue, eid) -> reads.put(queue, Attribute.of(Map.of("checkpoint", Attribute.of(eid)))));
        Map<String, Attribute> written = new HashMap<>();
        writes.forEach(queue -> written.put(queue, Attribute.of(Map.of())));
        shelf.put(Item.at(new Key(Shelf.TABLES.cron(), id, null))
                .with("checkpoints", Attribute.of(Map.of("read", Attribute.of(reads), "write", Attribute.of(written))))
                .build());
    }

    private void orders() {
        for (int i = 0; i < 5; i++) {
            line("orders", i, "shop", Integer.toString(i), "");
            line("enriched." + i % 2, 100 + i, "enrich", "" + 10 * i, from("orders", i));
            line("bills", 200 + i, "bill", "" + 100 * i, from("enriched." + i % 2, 100 + i));
        }
        bot("enrich", Map.of("queue:orders", eid(4, 0)), List.of("queue:enriched.0", "queue:enriched.1"));
        bot("bill", Map.of("queue:enriched.0", eid(104, 0), "queue:enriched.1", eid(103, 0)), List.of("queue:bills"));
        bot("mail", Map.of("queue:enriched.0", eid(101, 0)), List.of("queue:mails"));
        bot("other", Map.of("queue:weather", eid(999, 0)), List.of("queue:bills"));
    }

    @Test
    void anEventIsFollowedUpToItsOrigin() {
        orders();

        Trace trace = shelf.queues
                .trace(q("bills"), eid(202, 0), TraceLimits.DEFAULTS)
                .orElseThrow();

        assertThat(trace.event().payload()).hasToString("200");
        assertThat(trace.up().stream()
                        .map(up -> up.event().orElseThrow().payload().toString()))
                .containsExactly("20", "2");
        assertThat(trace.down()).isEmpty();
        assertThat(trace.complete()).isTrue();
    }

    @Test
    void anEventIsFollowedDownThroughWhatBotsMadeOfIt() {
        orders();

        Trace trace =
                shelf.queues.trace(q("orders"), eid(2, 0), TraceLimits.DEFAULTS).orElseThrow();

        assertThat(trace.up()).isEmpty();
        assertThat(shape(trace.down())).containsExactly("enrich 20 [bill 200 []]");
        assertThat(trace.waiting()).containsExactly("mail <- enriched.0");
        assertThat(trace.complete()).isTrue();
    }

    private static List<String> shape(List<Trace.Down> down) {
        return down.stream()
                .map(child -> child.bot() + " " + child.event().payload() + " " + shape(child.down()))
                .toList();
    }

    @Test
    void anEventMadeOfSeveralIsAChildOfEachOfThem() {
        line("orders", 1, "shop", "1", "");
        line("orders", 2, "shop", "2", "");
        line("orders", 3, "shop", "3", "");
        line(
                "sums",
                9,
                "sum",
                "3",
                "\"source\":\"queue:orders\",\"start\":\"" + eid(1, 0) + "\",\"end\":\"" + eid(2, 0) + "\"");
        bot("sum", Map.of("queue:orders", eid(3, 0)), List.of("queue:sums"));

        assertThat(shape(trace("orders", 1).down())).containsExactly("sum 3 []");
        assertThat(shape(trace("orders", 2).down())).containsExactly("sum 3 []");
        assertThat(trace("orders", 3).down()).isEmpty();
    }

    private Trace trace(String queue, long millis) {
        return shelf.queues
                .trace(q(queue), eid(millis, 0), TraceLimits.DEFAULTS)
                .orElseThrow();
    }

    @Test
    void anOriginThatIsGoneIsStillNamed() {
        line("bills", 1, "bill", "1", from("orders", 0));

        Trace trace = trace("bills", 1);

        assertThat(trace.up())
                .containsExactly(
                        new Trace.Up(new Correlation("orders", eid(0, 0), Optional.empty(), 1), Optional.empty()));
    }

    @Test
    void aBotThatFeedsItselfDoesNotMakeATraceEndless() {
        line("loop", 1, "bot", "1", from("loop", 2));
        line("loop", 2, "bot", "2", from("loop", 1));
        bot("bot", Map.of("queue:loop", eid(9, 0)), List.of("queue:loop"));

        Trace trace = trace("loop", 1);

        assertThat(trace.up()).hasSize(2);
        assertThat(shape(trace.down())).isEmpty();
    }

    @Test
    void aTraceStaysWithinItsLimitsAndSaysSo() {
        line("orders", 0, "shop", "0", "");
        List<String> children = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            children.add(
                    "{\"id\":\"bot\",\"event\":\"out\",\"payload\":1,\"correlation_id\":{" + from("orders", 0) + "}}");
        }
        shelf.inline("out", 1, children);
        shelf.inline("out", 2, children);
        bot("bot", Map.of("queue:orders", eid(0, 0)), List.of("queue:out"));

        Trace byRead = shelf.queues
                .trace(q("orders"), eid(0, 0), new TraceLimits(5, 100_000, 2_000, 1_000))
                .orElseThrow();
        Trace byEvents = shelf.queues
                .trace(q("orders"), eid(0, 0), new TraceLimits(5, 10, 100_000, 1_000))
                .orElseThrow();

        assertThat(byRead.down()).hasSize(2_000);
        assertThat(byRead.complete()).isFalse();
        assertThat(byEvents.down()).hasSizeLessThan(1_001);
        assertThat(byEvents.complete()).isFalse();
        assertThat(shelf.queues.trace(q("orders"), eid(7, 0), TraceLimits.DEFAULTS))
                .isEmpty();
    }
}
