package dev.weir.local.cli;

import dev.weir.local.bus.UsageException;
import dev.weir.local.up.Connection;
import dev.weir.model.Json;
import dev.weir.queue.NewEvent;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueWriter;
import dev.weir.wire.JsonCursor;
import dev.weir.writer.Producer;
import dev.weir.writer.StreamWriter;
import dev.weir.writer.WriterLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./weir put QUEUE < payloads.jsonl}. */
@Command(
        name = "put",
        mixinStandardHelpOptions = true,
        description = "Puts events into a queue: one JSON value a line on stdin, each the payload of an event.",
        footer = {
            "",
            "The queue need not exist. Events keep their order; when the command ends without an error all of them are in the stream of",
            "the bus, each once. A line that is no JSON value is named and left out.",
            "Exit code: 0 all put, 1 failed, or lines were left out, 2 wrong usage."
        })
final class PutCommand implements Callable<Integer> {
    private static final Duration SHOW = Duration.ofMillis(200);

    private final Stdio stdio;
    private final JsonCursor cursor = new JsonCursor();
    private long events;
    private long refused;

    @Mixin
    private UpMixin up = new UpMixin();

    @Parameters(paramLabel = "QUEUE", description = "The queue.")
    private String queue = "";

    @Option(
            names = "--bot",
            paramLabel = "ID",
            defaultValue = "weir-put",
            description = "Who the events say has written them. Default: ${DEFAULT-VALUE}.")
    private String bot = "";

    PutCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() throws IOException {
        QueueName name = QueueArguments.queue(queue);
        if (bot.isBlank()) {
            throw new UsageException("--bot must be a name: --bot=" + bot);
        }
        Progress progress = Progress.on(stdio);
        try (Connection connection = up.connect()) {
            put(connection, name, progress);
        } finally {
            progress.done();
        }
        stdio.err().printf(Locale.ROOT, "weir: %,d event%s put into %s%n", events, events == 1 ? "" : "s", name.key());
        return refused == 0 ? 0 : Main.FAILED;
    }

    private void put(Connection connection, QueueName name, Progress progress) throws IOException {
        String producer = "put-" + UUID.randomUUID();
        var time = connection.wiring().time();
        var tables = connection.bus().queueTables();
        try (StreamWriter stream = StreamWriter.open(
                connection.wiring().streams(),
                Producer.fresh(producer, tables.stream(), tables.lanes()),
                time,
                RandomGenerator.getDefault(),
                Thread.ofVirtual().factory(),
                WriterLimits.DEFAULTS)) {
            QueueWriter writer = new QueueWriter(tables, producer, stream::put, connection.objects(), time);
            InputLines input = new InputLines(stdio.in());
            long showAtMillis = 0;
            for (InputLines.Line line = input.next(); line != null; line = input.next()) {
                put(writer, name, line, progress);
                if (time.epochMillis() >= showAtMillis) {
                    progress.show(String.format(Locale.ROOT, "%,d events", events));
                    showAtMillis = time.epochMillis() + SHOW.toMillis();
                }
            }
        }
    }

    private void put(QueueWriter writer, QueueName name, InputLines.Line line, Progress progress) {
        if (!isJson(line.text())) {
            refused++;
            progress.log("weir: left out, no JSON value: line=" + line.number());
            return;
        }
        writer.put(NewEvent.of(bot, name, line.text()));
        events++;
    }

    private boolean isJson(Json text) {
        cursor.reset(text);
        return cursor.skip() && cursor.expectEnd();
    }
}
