package dev.weir.flow;

import dev.weir.port.Attribute;
import dev.weir.port.Item;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The producers that a lane knows, and how far it has come with each: layer two of dedupe. Not thread-safe. */
final class Marks {

    private static final class Producer {
        private Mark mark;
        private long seenMillis;

        private Producer(Mark mark, long seenMillis) {
            this.mark = mark;
            this.seenMillis = seenMillis;
        }
    }

    private final Map<String, Producer> producers = new TreeMap<>();

    Mark of(String producer) {
        Producer known = producers.get(producer);
        return known == null ? Mark.FIRST : known.mark;
    }

    void put(String producer, Mark mark, long nowMillis) {
        Producer known = producers.get(producer);
        if (known != null) {
            known.mark = mark;
            known.seenMillis = nowMillis;
            return;
        }
        forget(nowMillis);
        producers.put(producer, new Producer(mark, nowMillis));
    }

    private void forget(long nowMillis) {
        producers.values().removeIf(p -> nowMillis - p.seenMillis > Limits.MARK_HORIZON.toMillis());
        if (producers.size() >= Limits.MARKS_MAX) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        producers.entrySet().stream()
                .min(Comparator.comparingLong(entry -> entry.getValue().seenMillis))
                .ifPresent(oldest -> producers.remove(oldest.getKey()));
    }

    Attribute toAttribute() {
        Map<String, Attribute> entries = new LinkedHashMap<>();
        long bytes = 0;
        for (var entry : producers.entrySet()) {
            String text = entry.getValue().mark.text() + "@" + entry.getValue().seenMillis;
            bytes += text.length() + 3L * entry.getKey().length() + 2;
            entries.put(entry.getKey(), Attribute.of(text));
        }
        if (bytes > Limits.MARKS_BYTES_MAX) {
            forgetOldest();
            return toAttribute();
        }
        return Attribute.of(entries);
    }

    static Marks from(Item checkpoint) {
        Marks result = new Marks();
        checkpoint.struct("marks").forEach((id, value) -> {
            if (value instanceof Attribute.Text text) {
                int at = text.value().indexOf('@');
                result.producers.put(
                        id,
                        new Producer(
                                Mark.parse(text.value().substring(0, at)),
                                Long.parseLong(text.value().substring(at + 1))));
            }
        });
        return result;
    }
}
