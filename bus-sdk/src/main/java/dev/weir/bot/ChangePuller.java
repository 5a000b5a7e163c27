package dev.weir.bot;

import dev.weir.graph.Puller;
import dev.weir.model.Json;
import dev.weir.port.Attribute;
import dev.weir.port.Table;
import dev.weir.port.TableChanges;
import dev.weir.port.TableChanges.Change;
import dev.weir.port.TableChanges.ChangeShard;
import dev.weir.wire.AttributeJson;
import dev.weir.wire.ByteSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a table, each once, those of one item in order. The cursor says for each shard which change was the last: {@code
 * {"shardId-1":"100000000012345","shardId-0":"end"}}. A shard is read when that which it goes on from has been read to its end.
 */
final class ChangePuller implements Puller {
    private static final String END = "end";

    /** Left free of what a pull may give, for the cursor. */
    private static final int BYTES_MAX = SourceRun.PULL_BYTES_MAX - 50_000;

    private static final Set<String> OURS = Set.of(RowExit.FROM, RowExit.GONE, RowExit.TTL);

    private final TableChanges changes;
    private final Table table;

    ChangePuller(TableChanges changes, Table table) {
        this.changes = changes;
        this.table = table;
    }

    @Override
    public Optional<Pulled> pull(String cursor, int recordsMax) {
        Map<String, String> before = ShardCursor.parse(cursor);
        List<ChangeShard> shards = changes.shards(table);
        Map<String, String> seen = known(before, shards);
        for (ChangeShard shard : ready(shards, seen)) {
            List<Json> payloads = read(shard.id(), seen, recordsMax);
            if (!payloads.isEmpty()) {
                return Optional.of(new Pulled(payloads, ShardCursor.write(seen)));
            }
        }
        return seen.equals(before) ? Optional.empty() : Optional.of(new Pulled(List.of(), ShardCursor.write(seen)));
    }

    /** What the cursor says of the shards that are still there. */
    private static Map<String, String> known(Map<String, String> cursor, List<ChangeShard> shards) {
        Map<String, String> seen = new TreeMap<>(cursor);
        seen.keySet().retainAll(shards.stream().map(ChangeShard::id).toList());
        return seen;
    }

    /** The shards that may be read now, oldest first by their ids. */
    private static List<ChangeShard> ready(List<ChangeShard> shards, Map<String, String> seen) {
        Set<String> there = shards.stream().map(ChangeShard::id).collect(Collectors.toSet());
        return shards.stream()
                .filter(shard -> !END.equals(seen.get(shard.id())))
                .filter(shard -> shard.parent()
                        .filter(there::contains)
                        .filter(parent -> !END.equals(seen.get(parent)))
                        .isEmpty())
                .sorted(Comparator.comparing(ChangeShard::id))
                .toList();
    }

    /** Reads on until there is something, or nothing more now. */
    private List<Json> read(String shard, Map<String, String> seen, int recordsMax) {
        List<Json> payloads = new ArrayList<>();
        int limit = Math.min(recordsMax, TableChanges.READ_MAX);
        TableChanges.Page page = changes.read(table, shard, seen.getOrDefault(shard, ""), limit);
        long bytes = 0;
        if (page.isLost()) {
            payloads.add(lost(shard, seen.getOrDefault(shard, "")));
            seen.put(shard, "");
        }
        for (Change change : page.changes()) {
            Optional<Json> payload = payload(change);
            if (payload.isPresent() && bytes + payload.get().length() > BYTES_MAX) {
                return payloads;
            }
            payload.ifPresent(payloads::add);
            bytes += payload.map(Json::length).orElse(0);
            seen.put(shard, change.number());
        }
        if (page.isEnd()) {
            seen.put(shard, END);
        } else if (page.changes().isEmpty()) {
            seen.putIfAbsent(shard, "");
        }
        return payloads;
    }

    /** No change for readers: they park it, and people see it. */
    private Json lost(String shard, String after) {
        return Json.of(
                "{\"lost\":\"changes are no longer kept that nobody had read\",\"table\":" + Json.quoted(table.name())
                        + ",\"shard\":" + Json.quoted(shard) + ",\"after\":" + Json.quoted(after) + "}");
    }

    /** Empty for what is no change to readers: that a row which was gone has been forgotten. */
    private Optional<Json> payload(Change change) {
        Optional<Json> before = image(change.keys(), change.before());
        Optional<Json> after = image(change.keys(), change.after());
        if (before.isEmpty() && after.isEmpty()) {
            return Optional.empty();
        }
        Json whole = payload(change, before, after);
        if (whole.length() <= BYTES_MAX) {
            return Optional.of(whole);
        }
        Json smaller = payload(change, Optional.empty(), after);
        return Optional.of(
                smaller.length() <= BYTES_MAX && after.isPresent()
                        ? smaller
                        : Json.of("{\"tooLarge\":" + whole.length() + ",\"key\":" + Json.quoted(key(change)) + "}"));
    }

    private Json payload(Change change, Optional<Json> before, Optional<Json> after) {
        return Json.of("{\"key\":" + Json.quoted(key(change))
                + before.map(row -> ",\"before\":" + row).orElse("")
                + after.map(row -> ",\"after\":" + row).orElse("") + ",\"millis\":" + change.millis() + "}");
    }

    private String key(Change change) {
        String partition = text(change.keys().get(table.partition()));
        return table.sort() == null
                ? partition
                : partition + "/" + text(change.keys().get(table.sort()));
    }

    private static String text(@Nullable Attribute value) {
        return switch (value) {
            case Attribute.Text(String text) -> text;
            case Attribute.Number(var number) -> number.toPlainString();
            case null, default -> String.valueOf(value);
        };
    }

    private static Optional<Json> image(Map<String, Attribute> keys, Optional<Map<String, Attribute>> item) {
        if (item.isEmpty() || item.get().containsKey(RowExit.GONE)) {
            return Optional.empty();
        }
        Map<String, Attribute> fields = new LinkedHashMap<>(keys);
        fields.putAll(item.get());
        fields.keySet().removeAll(OURS);
        ByteSink json = new ByteSink();
        AttributeJson.write(Attribute.of(fields), json);
        return Optional.of(Json.of(json.toBytes()));
    }
}
