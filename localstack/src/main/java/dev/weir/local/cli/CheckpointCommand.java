package dev.weir.local.cli;

import dev.weir.cron.CronRow;
import dev.weir.local.bus.UsageException;
import dev.weir.local.up.Connection;
import dev.weir.port.Attribute;
import dev.weir.queue.Position;
import dev.weir.queue.QueueHead;
import dev.weir.queue.QueueName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./weir checkpoint BOT POSITION}. */
@Command(
        name = "checkpoint",
        mixinStandardHelpOptions = true,
        description =
                "Sets how far a bot has read a queue, and wakes it: set back, it reads again what is behind the position.",
        footer = {
            "",
            "Positions: beginning, now, an event id, a part of one like z/2026/11/21, or a time like 2026-11-21T17:05:00Z."
        })
final class CheckpointCommand extends BotChange {

    @Parameters(index = "1", paramLabel = "POSITION", description = "Where it has read to.")
    private String position = "";

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Which queue. Default: the one that it reads.")
    private @Nullable String queue;

    CheckpointCommand(Stdio stdio) {
        super(stdio);
    }

    @Override
    String change(Connection connection, CronRow row) {
        String bot = row.bot();
        row.stream().ifPresent(stream -> {
            throw new UsageException("a bot on a stream is where its lanes have committed, and cannot be set: bot="
                    + bot + " stream=" + stream);
        });
        Position to = QueueArguments.position("POSITION", position);
        QueueName name = queue == null ? only(row) : QueueArguments.queue(queue);
        List<String> set = new ArrayList<>();
        for (QueueName part : connection.queues().parts(name)) {
            String eid = eid(connection, part, to);
            connection.controls().checkpoint(bot, part, eid);
            set.add("queue=" + part.key() + " position=" + eid);
        }
        return "checkpoint set: bot=" + bot + " " + String.join(", ", set);
    }

    private static String eid(Connection connection, QueueName part, Position to) {
        return switch (to) {
            case Position.Beginning() -> Position.EIDS;
            case Position.Now() ->
                connection.queues().head(part).flatMap(QueueHead::maxEid).orElse(Position.EIDS);
            case Position.After _, Position.At _ -> to.text();
        };
    }

    private static QueueName only(CronRow row) {
        Set<String> read = queues(row);
        if (read.size() != 1) {
            throw new UsageException("say which queue with --queue: bot=" + row.bot() + " reads=" + read);
        }
        return QueueName.parse(read.iterator().next());
    }

    /** References of the queues that a bot reads, as far as its row tells. */
    static Set<String> queues(CronRow row) {
        Set<String> queues = new TreeSet<>();
        row.triggers().forEach(trigger -> queues.add(trigger.refId()));
        Optional.ofNullable(row.item().struct("checkpoints").get("read"))
                .filter(Attribute.Struct.class::isInstance)
                .map(read -> ((Attribute.Struct) read).value().keySet())
                .ifPresent(queues::addAll);
        return queues;
    }
}
