package dev.weir.local.cli;

import dev.weir.flow.Bus;
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
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./weir put QUEUE < payloads.jsonl}, {@code ./weir put --stream NAME < events.jsonl}, and the same with {@code --tcp PORT}. */
@Command(
        name = "put",
        mixinStandardHelpOptions = true,
        description =
                "Puts events into a queue, or into a stream that a bot reads: one JSON value a line on stdin, each the payload of an event.",
        footer = {
            "",
            "A queue need not exist. Events keep their order, in a stream those of one key; when the command ends without an error all of",
            "them are in the stream, each once: they are numbered. A line that is no JSON value, has no key or is too large is named and",
            "left out.",
            "With --tcp the lines come over TCP, from any number of connections, until Ctrl-C: what was read by then is put. Who sends",
            "faster than events can be put has to wait.",
            "Exit code: 0 all put, 1 failed, or lines were left out, 2 wrong usage."
        })
final class PutCommand implements Callable<Integer> {
    private static final Duration SHOW = Duration.ofMillis(200);

    private final Stdio stdio;
    private final CountDownLatch stop;
    private final JsonCursor cursor = new JsonCursor();
    private long events;
    private long refused;
    private long showAtNanos = System.nanoTime();

    @Mixin
    private UpMixin up = new UpMixin();

    @Parameters(paramLabel = "QUEUE", arity = "0..1", description = "The queue; or --stream.")
    private @Nullable String queue;

    @Option(names = "--stream", paramLabel = "NAME", description = "The stream, by the name that its bot knows it by.")
    private @Nullable String stream;

    @Option(
            names = "--key",
            paramLabel = "FIELD",
            description =
                    "With --stream: the field that an event's order goes by, a text or a number. Default: what the bot on the"
                            + " stream takes, if it is one of this jar's.")
    private @Nullable String field;

    @Option(
            names = "--bot",
            paramLabel = "ID",
            defaultValue = "weir-put",
            description = "Who the events of a queue say has written them. Default: ${DEFAULT-VALUE}.")
    private String bot = "";

    @Option(
            names = "--tcp",
            paramLabel = "PORT",
            description =
                    "Take lines over TCP instead of stdin: listens on this port of 127.0.0.1, 0 picks a free one.")
    private @Nullable Integer port;

    @Option(names = "--text", description = "Lines are plain text in UTF-8: each becomes a JSON string.")
    private boolean isText;

    /** @param stop ends {@code --tcp} when it is counted down, as a signal does */
    PutCommand(Stdio stdio, CountDownLatch stop) {
        this.stdio = stdio;
        this.stop = stop;
    }

    @Override
    public Integer call() throws IOException {
        Destination to = destination();
        Progress progress = Progress.on(stdio);
        // The signals come last: when they are closed the process may end at any moment.
        try (Closeable _ = port == null ? () -> {} : Signals.countingDown(stop)::close) {
            try (Connection connection = up.connect()) {
                put(connection, to, progress);
            } finally {
                progress.done();
            }
            return told(to);
        }
    }

    private int told(Destination to) {
        stdio.err().printf(Locale.ROOT, "weir: %,d event%s put into %s%n", events, events == 1 ? "" : "s", to.name());
        return refused == 0 ? 0 : Main.FAILED;
    }

    // ------------------------------------------------------------------ where to

    private sealed interface Destination {
        String name();

        record Queue(QueueName queue) implements Destination {
            @Override
            public String name() {
                return queue.key();
            }
        }

        /** @param stream its logical name */
        record Stream(String stream, EventKey key) implements Destination {
            @Override
            public String name() {
                return "the stream " + stream;
            }
        }
    }

    private Destination destination() {
        if ((queue == null) == (stream == null)) {
            throw new UsageException("say either a QUEUE or a --stream: QUEUE=" + queue + " --stream=" + stream);
        } else if (bot.isBlank()) {
            throw new UsageException("--bot must be a name: --bot=" + bot);
        } else if (queue != null) {
            requireNoKey();
            return new Destination.Queue(QueueArguments.queue(queue));
        }
        String name = String.valueOf(stream);
        if (name.equals(Bus.EVENTS)) {
            throw new UsageException("into this stream comes what is put into queues, name a QUEUE: --stream=" + name);
        }
        return new Destination.Stream(name, key(name));
    }

    private EventKey key(String name) {
        if (field != null && isText) {
            throw new UsageException("--key names a field, and a line of --text has none: --key=" + field);
        } else if (field != null) {
            return EventKey.field(field);
        }
        return EventKey.ofBotOn(name)
                .orElseThrow(() -> new UsageException(
                        isText
                                ? "no bot of this jar reads the stream, so it is not known how the order of lines goes: --stream="
                                        + name
                                : "say with --key by which field the order of this stream goes: --stream=" + name));
    }

    private void requireNoKey() {
        if (field != null) {
            throw new UsageException("--key is for a --stream, a queue has one order: --key=" + field);
        }
    }

    // ------------------------------------------------------------------ putting

    /** Takes lines, one after another. */
    private interface Taker {
        /** Why a JSON value was left out; empty if it was taken. */
        Optional<String> take(Json line);
    }

    private void put(Connection connection, Destination to, Progress progress) throws IOException {
        String producer = "put-" + UUID.randomUUID();
        String name =
                switch (to) {
                    case Destination.Queue _ -> connection.bus().queueTables().stream();
                    case Destination.Stream into -> connection.bus().stream(into.stream());
                };
        connection.wiring().streams().shards(name); // says at once if there is no such stream
        try (StreamWriter writer = StreamWriter.open(
                connection.wiring().streams(),
                Producer.fresh(producer, name, connection.bus().lanes()),
                connection.wiring().time(),
                RandomGenerator.getDefault(),
                Thread.ofVirtual().factory(),
                WriterLimits.DEFAULTS)) {
            putAll(
                    switch (to) {
                        case Destination.Queue(QueueName into) -> taker(connection, producer, writer, into);
                        case Destination.Stream(var _, EventKey key) -> line -> put(writer, key, line);
                    },
                    progress);
        }
    }

    private Taker taker(Connection connection, String producer, StreamWriter stream, QueueName into) {
        QueueWriter writer = new QueueWriter(
                connection.bus().queueTables(),
                producer,
                stream::put,
                connection.objects(),
                connection.wiring().time());
        return line -> {
            writer.put(NewEvent.of(bot, into, line));
            return Optional.empty();
        };
    }

    private static Optional<String> put(StreamWriter writer, EventKey key, Json line) {
        if (line.length() > WriterLimits.DEFAULTS.eventBytesMax()) {
            return Optional.of("too large: bytes=" + line.length() + " max=" + WriterLimits.DEFAULTS.eventBytesMax());
        }
        Optional<String> of = key.of(line);
        of.ifPresent(text -> writer.put(text, line));
        return of.isPresent() ? Optional.empty() : Optional.of("no key");
    }

    private void putAll(Taker taker, Progress progress) throws IOException {
        if (port == null) {
            InputLines input = new InputLines(stdio.in());
            for (InputLines.Line line = input.next(); line != null; line = input.next()) {
                put(line, taker, progress, "");
            }
            return;
        }
        try (LineServer server = LineServer.open(port, (line, from) -> put(line, taker, progress, " from=" + from))) {
            progress.log("weir: listening; Ctrl-C ends it: port=" + server.port());
            server.serveUntil(stop, progress::log);
        }
    }

    /** Connections come here side by side. */
    private synchronized void put(InputLines.Line line, Taker taker, Progress progress, String from) {
        Optional<String> leftOut = isText
                ? asString(line.text()).map(taker::take).orElse(Optional.of("no UTF-8"))
                : isJson(line.text()) ? taker.take(line.text()) : Optional.of("no JSON value");
        if (leftOut.isPresent()) {
            refused++;
            progress.log("weir: left out, " + leftOut.get() + ": line=" + line.number() + from);
        } else {
            events++;
        }
        if (System.nanoTime() - showAtNanos >= 0) {
            progress.show(String.format(Locale.ROOT, "%,d events", events));
            showAtNanos = System.nanoTime() + SHOW.toNanos();
        }
    }

    private static Optional<Json> asString(Json line) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.array(), line.from(), line.length()))
                    .toString();
            return Optional.of(Json.of(Json.quoted(text)));
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private boolean isJson(Json text) {
        cursor.reset(text);
        return cursor.skip() && cursor.expectEnd();
    }
}
