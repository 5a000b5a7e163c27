package dev.weir.local.dynamodb;

import dev.weir.aws.DynamoDbItems;
import dev.weir.aws.SystemTime;
import dev.weir.aws.TransactionRequests;
import dev.weir.local.kinesis.Programs.Difference;
import dev.weir.memory.MemoryItems;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.ItemSize;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Path;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Runs programs on {@link MemoryItems} and on DynamoDB Local, each call on one and then on the other, and counts what was answered. What
 * both sides refuse is sent once more past our own checks: DynamoDB itself must refuse it too. Not thread-safe.
 */
final class ItemComparison {
    private static final List<Table> TABLES = List.of(ItemPrograms.LOG, ItemPrograms.ROWS);
    private static final String REFUSED = "IllegalArgumentException";

    private final DynamoDbClient client;
    private final Items theirs;
    private final Map<String, Integer> tally = new TreeMap<>();

    ItemComparison(DynamoDbClient client) {
        this.client = client;
        this.theirs = new DynamoDbItems(client, new SystemTime());
    }

    /** The first call that is answered differently; or the tables, if they differ after the last. */
    Optional<Difference> compare(List<ItemCall> program) {
        Items ours = new MemoryItems();
        clear();
        for (int i = 0; i < program.size(); i++) {
            Object mine = answer(ours, program.get(i));
            Object other = answer(theirs, program.get(i));
            tally.merge(kind(program.get(i), mine), 1, Integer::sum);
            if (isTooLongForItsExpressions(program.get(i), mine, other)) {
                tally.merge("known EXPRESSIONS_COUNT_IN_A_TRANSACTION", 1, Integer::sum);
                return Optional.empty();
            }
            if (!mine.equals(other)) {
                return Optional.of(new Difference(i, mine.toString(), other.toString()));
            }
            if (mine.equals(REFUSED) && isTakenUnchecked(program.get(i))) {
                return Optional.of(new Difference(i, REFUSED, "taken by DynamoDB when sent unchecked"));
            }
        }
        return TABLES.stream()
                .map(table -> tables(ours, table, program.size()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** How often each kind of call was answered in each way. */
    Map<String, Integer> tally() {
        return tally;
    }

    /** Removes all that there is in DynamoDB. */
    void clear() {
        for (Table table : TABLES) {
            List<Key> keys = new ArrayList<>();
            theirs.scan(table).forEach(item -> keys.add(item.key()));
            theirs.deleteAll(keys);
        }
    }

    private Optional<Difference> tables(Items ours, Table table, int calls) {
        Object mine = scan(ours, table);
        Object other = scan(theirs, table);
        return mine.equals(other)
                ? Optional.empty()
                : Optional.of(new Difference(calls, table.name() + " at the end " + mine, String.valueOf(other)));
    }

    private static Object answer(Items items, ItemCall call) {
        try {
            return switch (call) {
                case ItemCall.Get get -> items.get(get.key());
                case ItemCall.GetAll get -> byKey(items.getAll(get.keys()).stream());
                case ItemCall.Query query ->
                    items.query(query.table(), query.partition(), query.from(), query.to(), query.limit());
                case ItemCall.Scan scan -> scan(items, scan.table());
                case ItemCall.WriteOne write -> items.write(write.write());
                case ItemCall.Transact transact -> items.transact(transact.writes());
                case ItemCall.DeleteAll delete -> {
                    items.deleteAll(delete.keys());
                    yield "deleted";
                }
            };
        } catch (IllegalArgumentException refused) {
            return REFUSED;
        }
    }

    private static Object scan(Items items, Table table) {
        return byKey(StreamSupport.stream(items.scan(table).spliterator(), false));
    }

    /** For answers that have no order. A key that comes twice would be an error. */
    private static Map<String, Item> byKey(Stream<Item> items) {
        Map<String, Item> sorted = new TreeMap<>();
        items.forEach(item -> {
            if (sorted.put(item.key().toString(), item) != null) {
                throw new AssertionError("an item was answered twice: key=" + item.key());
            }
        });
        return sorted;
    }

    /**
     * The one known difference: DynamoDB Local counts the condition expressions with their names and values into the 4 MB of a
     * transaction. By the documentation the items count. What one side wrote is then on that side alone, so the program ends.
     */
    private static boolean isTooLongForItsExpressions(ItemCall call, Object ours, Object theirs) {
        if (!(call instanceof ItemCall.Transact transact) || !theirs.equals(REFUSED) || ours.equals(REFUSED)) {
            return false;
        }
        long items = transact.writes().stream().mapToLong(ItemSize::bytes).sum();
        long conditions = transact.writes().stream()
                .mapToLong(ItemComparison::conditionBytes)
                .sum();
        return items <= Items.TRANSACTION_BYTES_MAX && items + conditions > Items.TRANSACTION_BYTES_MAX;
    }

    private static int conditionBytes(Write write) {
        return conditionBytes(write, write.condition());
    }

    private static int conditionBytes(Write write, Condition condition) {
        return switch (condition) {
            case Condition.AbsentAt absent -> "attribute_not_exists()".length() + pathBytes(absent.path());
            case Condition.ComparedAt compared ->
                " <= :p0".length() + pathBytes(compared.path()) + ItemSize.bytes(compared.value());
            case Condition.AllOf all -> conditionBytes(write, all.conditions());
            case Condition.AnyOf any -> conditionBytes(write, any.conditions());
            case Condition.Always _ -> 0;
            case Condition.Absent _ ->
                "attribute_not_exists(#c)".length()
                        + write.key().table().partition().length();
            case Condition.Equal equal ->
                "#c = :c".length() + 2 * equal.attribute().length() + ItemSize.bytes(equal.value());
            case Condition.AbsentOrBelow below ->
                "attribute_not_exists(#c) OR #c < :c".length()
                        + 2 * below.attribute().length()
                        + ItemSize.bytes(below.value());
        };
    }

    private static int conditionBytes(Write write, List<Condition> conditions) {
        return conditions.stream()
                .mapToInt(each -> conditionBytes(write, each) + " AND ".length())
                .sum();
    }

    private static int pathBytes(Path path) {
        return path.names().stream().mapToInt(name -> 4 + 2 * name.length()).sum();
    }

    /** Whether DynamoDB would have written what our checks refuse. */
    private boolean isTakenUnchecked(ItemCall call) {
        List<Write> writes =
                switch (call) {
                    case ItemCall.WriteOne write -> List.of(write.write());
                    case ItemCall.Transact transact -> transact.writes();
                    case ItemCall.Get _, ItemCall.GetAll _, ItemCall.Query _ -> List.of();
                    case ItemCall.Scan _, ItemCall.DeleteAll _ -> List.of();
                };
        if (writes.isEmpty() || writes.stream().anyMatch(ItemComparison::namesAKey)) {
            return false;
        }
        try {
            client.transactWriteItems(TransactionRequests.of(writes));
            return true;
        } catch (DynamoDbException refused) {
            return false;
        }
    }

    /** A row has one place for the key and an attribute of its name, so such a put cannot be sent. */
    private static boolean namesAKey(Write write) {
        Table table = write.key().table();
        return write instanceof Write.Put put
                && put.item().attributes().keySet().stream()
                        .anyMatch(name -> name.equals(table.partition()) || name.equals(table.sort()));
    }

    private static String kind(ItemCall call, Object answer) {
        String outcome =
                switch (answer) {
                    case WriteOutcome.ConditionFailed failed ->
                        failed.keys().size() > 1 ? "some conditions failed" : "a condition failed";
                    case WriteOutcome written -> written.getClass().getSimpleName();
                    case String text -> text;
                    case Optional<?> item -> item.isPresent() ? "found" : "absent";
                    case List<?> list -> list.isEmpty() ? "none" : "some";
                    case Map<?, ?> map -> map.isEmpty() ? "none" : "some";
                    default -> throw new IllegalStateException("an answer of another type: answer=" + answer);
                };
        String what = call instanceof ItemCall.WriteOne one && one.write() instanceof Write.Edits ? " Edits " : " ";
        return call.getClass().getSimpleName() + what + outcome;
    }
}
