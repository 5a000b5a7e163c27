package dev.weir.local.cli;

import dev.weir.local.bus.UsageException;
import dev.weir.local.up.Connection;
import dev.weir.queue.Page;
import dev.weir.queue.Position;
import dev.weir.queue.Query;
import dev.weir.queue.QueryException;
import dev.weir.queue.QueueEntry;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueName;
import dev.weir.queue.ReadLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./weir read QUEUE}. */
@Command(
        name = "read",
        mixinStandardHelpOptions = true,
        description = "Prints the events of a queue, one JSON object a line, oldest first. Moves no checkpoint.",
        footer = {
            "",
            "Positions: beginning, now, an event id, a part of one like z/2026/11/21, or a time like 2026-11-21T17:05:00Z (UTC if it",
            "does not say). An id is not read itself: reading begins behind it."
        })
final class ReadCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int PAGE = ReadLimits.DEFAULTS.events();

    private final Stdio stdio;

    @Mixin
    private UpMixin up = new UpMixin();

    @Parameters(paramLabel = "QUEUE", description = "The queue; with its sub-queues, if lanes write it apart.")
    private String queue = "";

    @Option(
            names = "--from",
            paramLabel = "POSITION",
            defaultValue = "beginning",
            description = "Where to begin. Default: ${DEFAULT-VALUE}.")
    private String from = "";

    @Option(names = "--follow", description = "Go on with what comes later, until Ctrl-C.")
    private boolean isFollowing;

    @Option(names = "--limit", paramLabel = "N", description = "Stop after so many events.")
    private long limit = Long.MAX_VALUE;

    @Option(
            names = "--search",
            paramLabel = "QUERY",
            description =
                    "Only events like this: part of an id, text of the line, or an expression: '$.status == \"raining\"'.")
    private @Nullable String search;

    @Option(names = "--payload", description = "Print the payloads alone.")
    private boolean isPayloadOnly;

    ReadCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() throws IOException {
        Position position = QueueArguments.position("--from", from);
        QueueName name = QueueArguments.queue(queue);
        if (limit < 1) {
            throw new UsageException("--limit must be 1 or more: --limit=" + limit);
        }
        Optional<Query> query = query();
        EventPrinter printer = new EventPrinter(stdio, isPayloadOnly);
        try (Connection connection = up.connect()) {
            print(connection, new Tail(connection, name, position), query, printer);
        } catch (IOException e) {
            if (!EventPrinter.isClosedPipe(e)) {
                throw e;
            }
        }
        return 0;
    }

    private void print(Connection connection, Tail tail, Optional<Query> query, EventPrinter printer)
            throws IOException {
        for (long left = limit; left > 0; ) {
            Page page = tail.next(query.isPresent() ? PAGE : (int) Math.min(left, PAGE));
            for (QueueEntry entry : page.entries()) {
                if (left > 0 && isWanted(entry, query)) {
                    printer.print(entry);
                    left--;
                }
            }
            printer.flush();
            if (page.isEnd() && !isFollowing) {
                return;
            }
            if (page.isEnd()) {
                connection.wiring().time().pause(POLL);
            }
        }
    }

    private static boolean isWanted(QueueEntry entry, Optional<Query> query) {
        return query.isEmpty()
                || entry instanceof QueueEvent event && query.get().matches(event);
    }

    private Optional<Query> query() {
        try {
            return Optional.ofNullable(search).map(Query::parse);
        } catch (QueryException e) {
            throw new UsageException("--search: " + e.getMessage());
        }
    }
}
