package dev.weir.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.graph.Decoded;
import dev.weir.graph.Puller.Pulled;
import dev.weir.model.Json;
import dev.weir.pipeline.Change;
import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.port.Attribute;
import dev.weir.port.Table;
import dev.weir.port.TableChanges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangePullerTest {
    private static final Table TABLE = new Table("weir-rows-prices", "key", null, true);

    record Price(String key, int cents) {}

    /** Shards as a test says. */
    private static final class Script implements TableChanges {
        private final Map<String, List<TableChanges.Change>> shards = new LinkedHashMap<>();
        private final Map<String, String> parents = new LinkedHashMap<>();
        private final List<String> ended = new ArrayList<>();
        private boolean isLost;

        void add(
                String shard,
                long number,
                Map<String, Attribute> keys,
                Optional<Integer> before,
                Optional<Integer> after) {
            shards.computeIfAbsent(shard, _ -> new ArrayList<>())
                    .add(new TableChanges.Change(
                            Long.toString(number),
                            1_000 + number,
                            keys,
                            before.map(Script::row),
                            after.map(Script::row)));
        }

        private static Map<String, Attribute> row(int cents) {
            return Map.of("cents", Attribute.of(cents), "weir", Attribute.of("z/1"));
        }

        @Override
        public List<ChangeShard> shards(Table table) {
            return shards.keySet().stream()
                    .map(id -> new ChangeShard(id, Optional.ofNullable(parents.get(id))))
                    .toList();
        }

        @Override
        public Page read(Table table, String shard, String after, int limit) {
            List<TableChanges.Change> rest = shards.getOrDefault(shard, List.of()).stream()
                    .filter(change -> after.isEmpty() || Long.parseLong(change.number()) > Long.parseLong(after))
                    .toList();
            List<TableChanges.Change> page = rest.subList(0, Math.min(limit, rest.size()));
            boolean lost = isLost;
            isLost = false;
            return new Page(page, page.size() == rest.size() && ended.contains(shard), lost);
        }
    }

    private final Script script = new Script();
    private final ChangePuller puller = new ChangePuller(script, TABLE);

    private static Map<String, Attribute> key(String name) {
        return Map.of("key", Attribute.of(name));
    }

    private List<String> all(int recordsMax) {
        List<String> all = new ArrayList<>();
        String cursor = "";
        for (Optional<Pulled> next = puller.pull(cursor, recordsMax); next.isPresent(); ) {
            next.get().payloads().stream().map(Json::toString).forEach(all::add);
            cursor = next.get().cursor();
            next = puller.pull(cursor, recordsMax);
        }
        return all;
    }

    @Test
    void changesComeOnceAndThoseOfAShardBeforeThoseOfItsChildren() {
        script.parents.put("a-child", "parent");
        script.add("a-child", 30, key("x"), Optional.of(2), Optional.empty());
        script.add("parent", 10, key("x"), Optional.empty(), Optional.of(1));
        script.add("parent", 20, key("x"), Optional.of(1), Optional.of(2));
        script.ended.add("parent");
        for (int most = 1; most < 4; most++) {
            assertThat(all(most))
                    .as("most=%d", most)
                    .containsExactly(
                            "{\"key\":\"x\",\"after\":{\"key\":\"x\",\"cents\":1},\"millis\":1010}",
                            "{\"key\":\"x\",\"before\":{\"key\":\"x\",\"cents\":1},\"after\":{\"key\":\"x\",\"cents\":2},\"millis\":1020}",
                            "{\"key\":\"x\",\"before\":{\"key\":\"x\",\"cents\":2},\"millis\":1030}");
        }
    }

    @Test
    void childrenWaitWhileTheirParentIsOpen() {
        script.parents.put("child", "parent");
        script.add("parent", 10, key("x"), Optional.empty(), Optional.of(1));
        script.add("child", 30, key("x"), Optional.of(2), Optional.empty());
        assertThat(all(10)).hasSize(1);
    }

    @Test
    void aRowMarkedAsGoneIsGoneAndThatItIsForgottenIsNoChange() {
        script.shards.put("s", new ArrayList<>());
        Map<String, Attribute> gone = Map.of("weir", Attribute.of("z/2"), "weir_gone", Attribute.of(true));
        script.shards
                .get("s")
                .add(new TableChanges.Change("1", 1, key("x"), Optional.of(Script.row(5)), Optional.of(gone)));
        script.shards.get("s").add(new TableChanges.Change("2", 2, key("x"), Optional.of(gone), Optional.empty()));
        assertThat(all(10)).containsExactly("{\"key\":\"x\",\"before\":{\"key\":\"x\",\"cents\":5},\"millis\":1}");
    }

    @Test
    void whatWasLostIsToldOfInAWayThatReadersPark() {
        script.add("s", 10, key("x"), Optional.empty(), Optional.of(1));
        script.isLost = true;
        List<String> all = all(10);
        assertThat(all).hasSize(2).first().asString().contains("no longer kept", "shard\":\"s\"");
        Codec<Change<Price>> codec =
                Feed.changes("prices", Codec.of(Price.class)).codec();
        assertThat(codec.decode(Json.of(all.getFirst()))).isInstanceOf(Decoded.Refused.class);
        assertThat(codec.decodeOrThrow(Json.of(all.getLast())))
                .isEqualTo(new Change<>(
                        "x", Optional.empty(), Optional.of(new Price("x", 1)), Instant.ofEpochMilli(1_010)));
    }

    @Test
    void aLossIsToldOfOnceThoughNothingIsLeft() {
        script.shards.put("s", new ArrayList<>());
        script.isLost = true;
        Pulled pulled = puller.pull("{\"s\":\"7\"}", 10).orElseThrow();
        assertThat(pulled.payloads()).singleElement().asString().contains("\"after\":\"7\"");
        assertThat(pulled.cursor()).isEqualTo("{\"s\":\"\"}");
        assertThat(puller.pull(pulled.cursor(), 10)).isEmpty();
    }

    @Test
    void aPullOfLargeRowsIsCutAndTooLargeOnesAreToldOf() {
        script.shards.put("s", new ArrayList<>());
        for (int n = 0; n < 3; n++) {
            Map<String, Attribute> large = Map.of("text", Attribute.of("x".repeat(120_000)));
            script.shards
                    .get("s")
                    .add(new TableChanges.Change("" + n, n, key("k" + n), Optional.of(large), Optional.of(large)));
        }
        Map<String, Attribute> huge = Map.of("text", Attribute.of("\n".repeat(300_000)));
        script.shards.get("s").add(new TableChanges.Change("9", 9, key("k9"), Optional.empty(), Optional.of(huge)));
        Pulled first = puller.pull("", 10).orElseThrow();
        assertThat(first.payloads()).hasSize(1);
        assertThat(all(10)).hasSize(4).last().asString().contains("\"tooLarge\":", "\"key\":\"k9\"");
    }
}
