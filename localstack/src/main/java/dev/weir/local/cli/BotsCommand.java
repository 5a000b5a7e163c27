package dev.weir.local.cli;

import dev.weir.cron.Checkpoint;
import dev.weir.cron.CronRow;
import dev.weir.flow.LaneStatus;
import dev.weir.local.up.Connection;
import dev.weir.queue.QueueHead;
import dev.weir.queue.QueueName;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./weir bots}. */
@Command(
        name = "bots",
        mixinStandardHelpOptions = true,
        description = "Lists the bots: whether they may run, and how far they have read their queues.")
final class BotsCommand implements Callable<Integer> {
    private static final List<String> TITLES = List.of("BOT", "STATE", "ERRORS", "QUEUE", "READ UP TO", "BEHIND");

    private final Stdio stdio;

    @Mixin
    private UpMixin up = new UpMixin();

    BotsCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() {
        List<List<String>> lines = new ArrayList<>(List.of(TITLES));
        try (Connection connection = up.connect()) {
            List<CronRow> rows = new ArrayList<>(connection.rows().all());
            rows.sort(Comparator.comparing(CronRow::bot));
            rows.forEach(row -> lines.addAll(lines(connection, row)));
        }
        Columns.print(lines, new PrintStream(stdio.out(), true, StandardCharsets.UTF_8));
        return 0;
    }

    private static List<List<String>> lines(Connection connection, CronRow row) {
        String state = state(connection, row);
        String errors = Integer.toString(row.errors());
        Set<String> queues = CheckpointCommand.queues(row);
        if (queues.isEmpty()) {
            return List.of(List.of(row.bot(), state, errors, "-", "-", "-"));
        }
        List<List<String>> lines = new ArrayList<>();
        for (String reference : queues) {
            QueueName queue = QueueName.parse(reference);
            Optional<String> read = row.read(queue).map(Checkpoint::eid);
            Optional<String> newest = connection.queues().head(queue).flatMap(QueueHead::maxEid);
            lines.add(List.of(
                    row.bot(), state, errors, queue.key(), read.orElse("-"), isBehind(read, newest) ? "yes" : "no"));
        }
        return lines;
    }

    private static boolean isBehind(Optional<String> read, Optional<String> newest) {
        return newest.isPresent() && read.orElse("").compareTo(newest.get()) < 0;
    }

    private static String state(Connection connection, CronRow row) {
        if (row.isArchived()) {
            return "archived";
        }
        if (row.isPaused()) {
            return "paused";
        }
        return LaneStatus.paused(connection.bus(), row.bot(), connection.items())
                        .isPresent()
                ? "stopped: failed for many keys"
                : row.errors() > 0 ? "failing" : row.function().isPresent() ? "ready" : "elsewhere";
    }
}
