package dev.weir.bench;

import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Items of another JVM, which answers one call at a time. Thread-safe. */
final class RemoteItems implements Items {

    /** One call. Public like all that is sent. */
    public record Call(String what, List<Object> arguments) {}

    private final RecordStream records = new RecordStream();
    private final DataInputStream answers;
    private final DataOutputStream calls;

    RemoteItems(DataInputStream answers, DataOutputStream calls) {
        this.answers = answers;
        this.calls = calls;
    }

    /** Answers the calls of a JVM until it sends something else, and gives that. */
    static Object serve(Items items, DataInputStream calls, DataOutputStream answers) throws IOException {
        RecordStream records = new RecordStream();
        for (; ; ) {
            Object sent = Objects.requireNonNull(records.read(calls));
            if (!(sent instanceof Call call)) {
                return sent;
            }
            records.write(answer(items, call), answers);
            answers.flush();
        }
    }

    private static @Nullable Object answer(Items items, Call call) {
        List<Object> arguments = call.arguments;
        return switch (call.what) {
            case "get" -> items.get((Key) arguments.getFirst()).orElse(null);
            case "getAll" -> items.getAll(all(arguments, Key.class));
            case "query" ->
                items.query(
                        (Table) arguments.get(0),
                        (String) arguments.get(1),
                        (String) arguments.get(2),
                        (String) arguments.get(3),
                        (Integer) arguments.get(4));
            case "write" -> items.write((Write) arguments.getFirst());
            case "writeAll" -> items.writeAll(all(arguments, Write.class));
            case "transact" -> items.transact(all(arguments, Write.class));
            case "deleteAll" -> {
                items.deleteAll(all(arguments, Key.class));
                yield null;
            }
            default -> throw new IllegalArgumentException("no such call: what=" + call.what);
        };
    }

    private static <T> List<T> all(List<?> values, Class<T> type) {
        return values.stream().map(type::cast).toList();
    }

    private synchronized @Nullable Object call(String what, Collection<?> arguments) {
        try {
            records.write(new Call(what, List.copyOf(arguments)), calls);
            calls.flush();
            return records.read(answers);
        } catch (IOException e) {
            throw new UncheckedIOException("the JVM with the items is gone", e);
        }
    }

    private List<?> list(String what, Collection<?> arguments) {
        return (List<?>) Objects.requireNonNull(call(what, arguments));
    }

    @Override
    public Optional<Item> get(Key key) {
        return Optional.ofNullable((Item) call("get", List.of(key)));
    }

    @Override
    public List<Item> getAll(Collection<Key> keys) {
        return all(list("getAll", keys), Item.class);
    }

    @Override
    public List<Item> query(Table table, String partition, String fromInclusive, String toExclusive, int limit) {
        return all(list("query", List.of(table, partition, fromInclusive, toExclusive, limit)), Item.class);
    }

    @Override
    public Iterable<Item> scan(Table table) {
        throw new IllegalStateException("no bot reads a whole table: table=" + table.name());
    }

    @Override
    public WriteOutcome write(Write write) {
        return (WriteOutcome) Objects.requireNonNull(call("write", List.of(write)));
    }

    @Override
    public List<WriteOutcome> writeAll(List<Write> writes) {
        return all(list("writeAll", writes), WriteOutcome.class);
    }

    @Override
    public WriteOutcome transact(List<Write> writes) {
        return (WriteOutcome) Objects.requireNonNull(call("transact", writes));
    }

    @Override
    public void deleteAll(Collection<Key> keys) {
        call("deleteAll", keys);
    }
}
