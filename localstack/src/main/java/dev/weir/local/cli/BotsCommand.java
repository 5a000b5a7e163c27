package dev.weir.local.cli;

import dev.weir.cron.Checkpoint;
import dev.weir.cron.CronRow;
import dev.weir.flow.Control;
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
        description = "Lists the bots: whether they may run, if not why, and how far they have read their queues.")
final class BotsCommand implements Callable<Integer> {
    private static final List<String> TITLES = List.of("BOT", "STATE", "ERRORS", "READS", "UP TO", "BEHIND", "WHY");
    private static final int WHY_CHARS_MAX = 100;

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
        Optional<Control.Stop> stop = Control.stop(connection.bus(), row.bot(), connection.items());
        String state = state(row, stop);
        String why = why(row, stop);
        String errors = Integer.toString(row.errors());
        Set<String> queues = CheckpointCommand.queues(row);
        if (queues.isEmpty()) {
            String reads = row.stream().map(stream -> "stream " + stream).orElse("-");
            return List.of(List.of(row.bot(), state, errors, reads, "-", "-", why));
        }
        List<List<String>> lines = new ArrayList<>();
        for (String reference : queues) {
            QueueName queue = QueueName.parse(reference);
            Optional<String> read = row.read(queue).map(Checkpoint::eid);
            Optional<String> newest = connection.queues().head(queue).flatMap(QueueHead::maxEid);
            String behind = isBehind(read, newest) ? "yes" : "no";
            lines.add(List.of(row.bot(), state, errors, queue.key(), read.orElse("-"), behind, why));
        }
        return lines;
    }

    private static boolean isBehind(Optional<String> read, Optional<String> newest) {
        return newest.isPresent() && read.orElse("").compareTo(newest.get()) < 0;
    }

    private static String state(CronRow row, Optional<Control.Stop> stop) {
        if (row.isArchived()) {
            return "archived";
        } else if (stop.isPresent()) {
            return stop.get().isRogue() ? "rogue" : "paused";
        } else if (row.isPaused()) {
            return "paused";
        } else if (row.errors() > 0) {
            return "failing";
        }
        return row.function().isPresent() || row.stream().isPresent() ? "ready" : "elsewhere";
    }

    /** Others have written it: it may be long, and must not steer the terminal. */
    private static String why(CronRow row, Optional<Control.Stop> stop) {
        String why = stop.map(Control.Stop::reason)
                .or(() -> row.errors() > 0 ? row.message() : Optional.empty())
                .orElse("")
                .replaceAll("\\p{Cntrl}", " ");
        return why.length() > WHY_CHARS_MAX ? why.substring(0, WHY_CHARS_MAX) + "..." : why;
    }
}
