package dev.weir.local.cli;

import dev.weir.local.bus.UsageException;
import dev.weir.local.up.Connection;
import dev.weir.queue.Correlation;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueName;
import dev.weir.queue.Trace;
import dev.weir.queue.TraceLimits;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./weir trace QUEUE EID}. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description =
                "Shows where an event came from, and what bots made of it: the oldest first, the event itself after a star.")
final class TraceCommand implements Callable<Integer> {
    private static final int PAYLOAD_CHARS = 100;
    private static final String STEP = "  ";

    private final Stdio stdio;

    @Mixin
    private UpMixin up = new UpMixin();

    @Parameters(index = "0", paramLabel = "QUEUE", description = "The queue that the event is in.")
    private String queue = "";

    @Parameters(index = "1", paramLabel = "EID", description = "Its id, as ./weir read prints it.")
    private String eid = "";

    TraceCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() {
        QueueName name = QueueArguments.queue(queue);
        try (Connection connection = up.connect()) {
            Trace trace = find(connection, name)
                    .orElseThrow(() -> new UsageException(
                            "no such event, it may be too old: queue=" + name.key() + " eid=" + eid));
            print(trace, new PrintStream(stdio.out(), true, StandardCharsets.UTF_8));
            if (!trace.complete()) {
                stdio.err().println("weir: this is not all: there was too much to read, or something cannot be read");
            }
        }
        return 0;
    }

    private Optional<Trace> find(Connection connection, QueueName name) {
        for (QueueName part : connection.queues().parts(name)) {
            Optional<Trace> found = connection.queues().trace(part, eid, TraceLimits.DEFAULTS);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static void print(Trace trace, PrintStream out) {
        int depth = 0;
        for (Trace.Up step : trace.up().reversed()) {
            out.println(
                    STEP.repeat(depth++) + step.event().map(TraceCommand::line).orElseGet(() -> gone(step.from())));
        }
        out.println(STEP.repeat(depth) + "* " + line(trace.event()));
        down(trace.down(), depth + 1, out);
        trace.waiting().forEach(bot -> out.println("waiting: " + bot));
    }

    private static void down(List<Trace.Down> steps, int depth, PrintStream out) {
        for (Trace.Down step : steps) {
            out.println(STEP.repeat(depth) + line(step.event()));
            down(step.down(), depth + 1, out);
        }
    }

    private static String line(QueueEvent event) {
        String payload = event.payload().toString();
        return event.queue() + " " + event.eid() + " by " + event.writer().orElse("?") + ": "
                + (payload.length() > PAYLOAD_CHARS ? payload.substring(0, PAYLOAD_CHARS) + "..." : payload);
    }

    private static String gone(Correlation from) {
        return from.source() + " " + from.start() + ": not there any more";
    }
}
