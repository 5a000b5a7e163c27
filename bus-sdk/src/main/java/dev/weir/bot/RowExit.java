package dev.weir.bot;

import dev.weir.graph.RetryLaterException;
import dev.weir.model.Json;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.ItemSize;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Time;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import dev.weir.wire.AttributeJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes results as rows of a table. A row says from which result it is, and none is replaced by an older one: so whatever comes twice, or late
 * from a run that was overtaken, changes nothing. A row that is removed stays for a day, marked as gone, for the same reason.
 */
final class RowExit implements Relay.Exit<Json> {

    /** The attribute with the id of the result that a row is from. */
    static final String FROM = "weir";

    /** Set in a row that was removed. */
    static final String GONE = "weir_gone";

    /** When such a row is forgotten, seconds since the epoch. */
    static final String TTL = "weir_ttl";

    /** Most rows that are on their way at once. */
    private static final int WRITES_MAX = 100;

    /** Digits that a number of an item may have. Source: DynamoDB, data types. */
    private static final int DIGITS_MAX = 38;

    private static final Duration GONE_KEPT = Duration.ofDays(1);

    private final Table table;
    private final Items items;
    private final Time time;

    RowExit(Table table, Items items, Time time) {
        this.table = table;
        this.items = items;
        this.time = time;
    }

    /** The last result of each row at once. What is no row is left for {@link #take} to refuse. */
    @Override
    public void ahead(List<Relay.Result<Json>> results) {
        Map<Optional<String>, Relay.Result<Json>> last = new LinkedHashMap<>();
        for (Relay.Result<Json> result : results) {
            last.merge(result.key(), result, (one, other) -> one.eid().compareTo(other.eid()) > 0 ? one : other);
        }
        List<Write> writes = new ArrayList<>();
        for (Relay.Result<Json> result : last.values()) {
            checked(result).ifPresent(writes::add);
        }
        for (int from = 0; from < writes.size(); from += WRITES_MAX) {
            require(items.writeAll(writes.subList(from, Math.min(from + WRITES_MAX, writes.size()))));
        }
    }

    /** Empty for what is no row: it is refused when its turn comes. */
    private Optional<Write> checked(Relay.Result<Json> result) {
        try {
            return Optional.of(write(result));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public void take(Relay.Result<Json> result) {
        Write write = write(result);
        boolean isThere = items.get(write.key())
                .map(row -> row.textOr(FROM, ""))
                .filter(from -> from.compareTo(result.eid()) >= 0)
                .isPresent();
        if (!isThere) {
            require(List.of(items.write(write)));
        }
    }

    private static void require(List<WriteOutcome> outcomes) {
        for (WriteOutcome outcome : outcomes) {
            switch (outcome) {
                case WriteOutcome.Written _, WriteOutcome.ConditionFailed _ -> {}
                case WriteOutcome.Retry(String reason) ->
                    throw new RetryLaterException("a row was not written: " + reason);
                case WriteOutcome.Unknown(String reason) ->
                    throw new RetryLaterException("a row was not written: " + reason);
            }
        }
    }

    private Write write(Relay.Result<Json> result) {
        String key =
                result.key().orElseThrow(() -> new IllegalArgumentException("a row needs a key: eid=" + result.eid()));
        Item.Builder item = Item.at(new Key(table, key, null));
        if (result.value().toString().equals("null")) {
            long ttl = (time.epochMillis() + GONE_KEPT.toMillis()) / 1_000;
            item.with(GONE, Attribute.of(true)).with(TTL, ttl);
        } else {
            fields(result.value(), key).forEach(item::with);
        }
        Item row = item.with(FROM, result.eid()).build();
        if (ItemSize.bytes(row) > Items.ITEM_BYTES_MAX) {
            throw new IllegalArgumentException("a row has at most " + Items.ITEM_BYTES_MAX + " bytes: table="
                    + table.name() + " key=" + key + " bytes=" + ItemSize.bytes(row));
        }
        return new Write.Put(row, new Condition.AbsentOrBelow(FROM, Attribute.of(result.eid())));
    }

    private Map<String, Attribute> fields(Json value, String key) {
        Map<String, Attribute> fields = new LinkedHashMap<>(AttributeJson.fields(value)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a row is a JSON object, or null to remove it: table=" + table.name() + " value=" + value)));
        Attribute named = fields.remove(table.partition());
        if (named != null && !named.equals(Attribute.of(key))) {
            throw new IllegalArgumentException("the field " + table.partition() + " of a row is its key: table="
                    + table.name() + " key=" + key + " " + table.partition() + "=" + named);
        }
        for (String reserved : List.of(FROM, GONE, TTL)) {
            if (fields.containsKey(reserved)) {
                throw new IllegalArgumentException("a row cannot have a field of this name: table=" + table.name()
                        + " key=" + key + " field=" + reserved);
            }
        }
        fields.values().forEach(RowExit::checkNumbers);
        return fields;
    }

    private static void checkNumbers(Attribute value) {
        switch (value) {
            case Attribute.Number(var number) -> {
                if (number.stripTrailingZeros().precision() > DIGITS_MAX
                        || Math.abs((long) number.scale()) > DIGITS_MAX * 3) {
                    throw new IllegalArgumentException(
                            "a number of a row has at most " + DIGITS_MAX + " digits: number=" + number);
                }
            }
            case Attribute.Struct(var fields) -> fields.values().forEach(RowExit::checkNumbers);
            case Attribute.Sequence(var elements) -> elements.forEach(RowExit::checkNumbers);
            case Attribute.Text _, Attribute.Bytes _, Attribute.Flag _, Attribute.Null _ -> {}
        }
    }
}
