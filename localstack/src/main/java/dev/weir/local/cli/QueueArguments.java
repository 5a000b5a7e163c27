package dev.weir.local.cli;

import dev.weir.local.bus.UsageException;
import dev.weir.queue.Position;
import dev.weir.queue.QueueName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What people write for queues and positions in them. */
final class QueueArguments {

    /** From the longest form to the shortest; what does not say its offset is UTC. */
    private static final List<Function<String, Instant>> TIMES = List.of(
            text -> OffsetDateTime.parse(text).toInstant(),
            text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
            text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));

    private QueueArguments() {}

    /** A queue by its name, or by a reference like {@code bot:ledger}. */
    static QueueName queue(String text) {
        if (text.isBlank()) {
            throw new UsageException("a queue must have a name: QUEUE=" + text);
        }
        return QueueName.parse(text);
    }

    /** A position: {@code beginning}, {@code now}, an id or a part of one, or a time. */
    static Position position(String option, String text) {
        if (text.equals("beginning")) {
            return Position.beginning();
        }
        if (text.equals("now") || text.startsWith(Position.EIDS) || text.startsWith(Position.SNAPSHOTS)) {
            return Position.of(text);
        }
        return time(text)
                .map(Position.At::new)
                .orElseThrow(() -> new UsageException(option
                        + " must be beginning, now, an event id such as z/2026/11/21 or a time such as"
                        + " 2026-11-21T17:05:00Z: " + option + "=" + text));
    }

    private static Optional<Instant> time(String text) {
        for (Function<String, Instant> form : TIMES) {
            try {
                return Optional.of(form.apply(text));
            } catch (DateTimeException another) {
                // the next form
            }
        }
        return Optional.empty();
    }
}
