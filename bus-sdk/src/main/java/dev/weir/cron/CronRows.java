package dev.weir.cron;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Edit;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Path;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Table;
import dev.weir.port.Time;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of all bots of a bus. Thread-safe, also against other processes and other clients of the table: nothing here replaces a row.
 *
 * <p>All methods throw {@link StoreUnavailableException} if the store does not answer.
 */
public final class CronRows {
    private final Table cron;
    private final Items items;
    private final Insistence insistence;

    /** @param cron the table of the bus's bots */
    public CronRows(Table cron, Items items, Time time) {
        this.cron = cron;
        this.items = items;
        this.insistence = new Insistence(time);
    }

    static Key key(Table cron, String bot) {
        return new Key(cron, bot, null);
    }

    /** The row of a bot. */
    public Optional<CronRow> find(String bot) {
        return items.get(key(cron, bot)).map(CronRow::new);
    }

    /** The rows of all bots, in no order. */
    public List<CronRow> all() {
        List<CronRow> rows = new ArrayList<>();
        items.scan(cron).forEach(item -> rows.add(new CronRow(item)));
        return rows;
    }

    /**
     * Makes sure that a bot has a row with all the maps into which others write. What is there stays as it is, whoever else makes or changes
     * the row at this moment.
     *
     * @return the row, with all maps
     */
    public CronRow ensure(String bot) {
        Key key = key(cron, bot);
        insistence.until("making a row: bot=" + bot, () -> {
            Optional<Item> stored = items.get(key);
            if (stored.isEmpty()) {
                return items.write(new Write.Put(fresh(key), Condition.ABSENT));
            }
            List<Edit> missing = missing(stored.get());
            return missing.isEmpty()
                    ? WriteOutcome.WRITTEN
                    : items.write(new Write.Edits(key, missing, unchanged(stored.get(), missing)));
        });
        return find(bot).orElseThrow(() -> new StoreUnavailableException("a row was removed at once: bot=" + bot));
    }

    /** The row itself if it has all maps. */
    CronRow whole(CronRow row) {
        return missing(row.item()).isEmpty() ? row : ensure(row.bot());
    }

    /** As leo-sdk makes it for a bot that it does not know. */
    private static Item fresh(Key key) {
        return Item.at(key)
                .with("checkpoints", Paths.CHECKPOINTS)
                .with("requested_kinesis", Paths.EMPTY)
                .with("instances", Paths.EMPTY)
                .with("lambda", Paths.EMPTY)
                .with("time", new Attribute.Null())
                .with("lambdaName", new Attribute.Null())
                .with("paused", Attribute.of(false))
                .with("name", key.partition())
                .with("description", new Attribute.Null())
                .build();
    }

    /** An outer map comes with the inner ones. */
    private static List<Edit> missing(Item row) {
        List<Edit> edits = new ArrayList<>();
        for (Map.Entry<Path, Attribute> map : Paths.MAPS.entrySet()) {
            Path path = map.getKey();
            boolean comesWithOuter = edits.stream().anyMatch(edit -> edit.path().overlaps(path));
            if (!comesWithOuter && !(Paths.at(row, path) instanceof Attribute.Struct)) {
                edits.add(new Edit.Set(path, map.getValue()));
            }
        }
        return edits;
    }

    /** Only what holds nothing becomes a map: nothing at all, or an explicit null. And a row that was removed stays so. */
    private static Condition unchanged(Item row, List<Edit> missing) {
        Key key = row.key();
        List<Condition> conditions = new ArrayList<>();
        conditions.add(Condition.equal(Path.of(key.table().partition()), Attribute.of(key.partition())));
        for (Edit edit : missing) {
            Attribute value = Paths.at(row, edit.path());
            if (value != null && !(value instanceof Attribute.Null)) {
                throw new IllegalStateException("a row of a bot has something else where a map must be: bot="
                        + key.partition() + " path=" + edit.path() + " value=" + value);
            }
            conditions.add(value == null ? Condition.absent(edit.path()) : Condition.equal(edit.path(), value));
        }
        return new Condition.AllOf(conditions);
    }
}
