package dev.weir.local.simulator;

import dev.weir.model.Json;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Key;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The changes of one table on their way to a function, as a DynamoDB stream and its mapping bring them: in order, a batch again until it is
 * taken. Of an item, its texts are told.
 */
final class TableChanges {
    private static final long DELAY_MILLIS_MAX = 300;
    private static final long LATE_MILLIS_MAX = 120_000;
    private static final int BATCH_MAX = 20;
    private static final long AGAIN_MILLIS = 1_000;

    private final Agenda agenda;
    private final Faults faults;
    private final NamedFunction function;
    private final List<String> waiting = new ArrayList<>();
    private boolean isPlanned;
    private int batches;

    TableChanges(Agenda agenda, Faults faults, NamedFunction function) {
        this.agenda = agenda;
        this.faults = faults;
        this.function = function;
    }

    /** An item was written, or removed. */
    void changed(Key key, Optional<Item> after) {
        waiting.add(record(key, after));
        plan(
                faults.strike(Fault.CHANGES_LATE)
                        ? faults.delayMillis(Fault.CHANGES_LATE, LATE_MILLIS_MAX)
                        : 1 + Hash.below(Hash.of(batches++, 6, 6), DELAY_MILLIS_MAX));
    }

    private void plan(long millis) {
        if (!isPlanned && !waiting.isEmpty()) {
            isPlanned = true;
            agenda.after(millis, this::deliver);
        }
    }

    /** One batch at a time: the next is planned when this one is over. */
    private void deliver() {
        int size = Math.min(waiting.size(), BATCH_MAX);
        byte[] event =
                ("{\"Records\":[" + String.join(",", waiting.subList(0, size)) + "]}").getBytes(StandardCharsets.UTF_8);
        if (faults.strike(Fault.CHANGES_LOST)) {
            taken(size);
            return;
        }
        if (faults.strike(Fault.CHANGES_TWICE)) {
            agenda.after(
                    faults.delayMillis(Fault.CHANGES_TWICE, LATE_MILLIS_MAX), () -> function.invoke(event, _ -> {}));
        }
        function.invoke(event, result -> {
            if (result instanceof Lambda.Result.Answered) {
                taken(size);
            } else {
                isPlanned = false;
                plan(AGAIN_MILLIS);
            }
        });
    }

    private void taken(int size) {
        waiting.subList(0, size).clear();
        isPlanned = false;
        plan(1);
    }

    private static String record(Key key, Optional<Item> after) {
        String keys = texts(Map.of(key.table().partition(), Attribute.of(key.partition())));
        String image =
                after.map(item -> ",\"NewImage\":" + texts(item.attributes())).orElse("");
        return "{\"dynamodb\":{\"Keys\":" + keys + image + "}}";
    }

    private static String texts(Map<String, Attribute> attributes) {
        List<String> texts = new ArrayList<>();
        new TreeMap<>(attributes).forEach((name, value) -> {
            if (value instanceof Attribute.Text(String text)) {
                texts.add(Json.quoted(name) + ":{\"S\":" + Json.quoted(text) + "}");
            }
        });
        return "{" + String.join(",", texts) + "}";
    }
}
