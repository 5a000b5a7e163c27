package dev.weir.cron;

import dev.weir.port.Attribute;
import dev.weir.port.Utf8Order;
import dev.weir.queue.QueueName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a bot has been woken for and has not read. */
final class Reading {

    /** What the name of a lane's sub-queue adds to that of its queue. */
    private static final Pattern LANE = Pattern.compile("\\.(0|[1-9]\\d{0,5})");

    private Reading() {}

    /** Whether events of one queue are events of another: the same, or the sub-queue of one of its lanes. */
    static boolean isPartOf(QueueName part, QueueName whole) {
        return part.type() == whole.type()
                && part.id().startsWith(whole.id())
                && (part.id().length() == whole.id().length()
                        || LANE.matcher(part.id().substring(whole.id().length()))
                                .matches());
    }

    static boolean isBehind(CronRow row) {
        return !behind(row).isEmpty();
    }

    /** Where each queue with unread events stands: the checkpoint's id, or nothing, by reference. */
    static Map<String, Attribute> behind(CronRow row) {
        List<QueueName> triggers = row.triggers();
        Map<String, Attribute> behind = new HashMap<>();
        row.requested().forEach((reference, requested) -> {
            if (!(requested instanceof Attribute.Text eid) || eid.value().isEmpty() || isNoName(reference)) {
                return;
            }
            QueueName queue = QueueName.parse(reference);
            String read = row.read(queue).map(Checkpoint::eid).orElse("");
            if (triggers.stream().anyMatch(trigger -> isPartOf(queue, trigger))
                    && Utf8Order.ASCENDING.compare(read, eid.value()) < 0) {
                behind.put(reference, Attribute.of(read));
            }
        });
        return behind;
    }

    /** Whether the last run left every queue that is behind where it was when it began: it finds nothing that it wants. */
    static boolean isIdle(CronRow row, Instance last) {
        return last.completedMillis().isPresent()
                && behind(row).entrySet().stream()
                        .allMatch(queue -> queue.getValue().equals(last.from().get(queue.getKey())));
    }

    private static boolean isNoName(String reference) {
        return reference.isEmpty() || reference.endsWith(":");
    }
}
