package dev.weir.local.cli;

import dev.weir.flow.ParkedEvent;
import dev.weir.local.bus.UsageException;
import dev.weir.local.up.Connection;
import dev.weir.model.Json;
import dev.weir.parking.Answer;
import dev.weir.parking.ParkedEvents;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./weir parked list|show|put-back|drop}. */
@Command(
        name = "parked",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Events that a bot has taken out of the way, with the reason: to look at, to put back in order, to drop.")
final class ParkedCommand {

    /** The command with those below it. */
    static CommandLine with(Stdio stdio) {
        return new CommandLine(new ParkedCommand())
                .addSubcommand(new ListThem(stdio))
                .addSubcommand(new Show(stdio))
                .addSubcommand(new PutBack(stdio))
                .addSubcommand(new Drop(stdio));
    }

    /** {@code ./weir parked list BOT}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the parked events of a bot, by lane.")
    static final class ListThem implements Callable<Integer> {
        private static final List<String> TITLES = List.of("ID", "KEY", "PLACE", "STEP", "TRIES", "REASON");

        private final Stdio stdio;

        @Mixin
        private ParkedMixin parked = new ParkedMixin();

        @Option(names = "--key", paramLabel = "KEY", description = "Only those of this key, in their order.")
        private @Nullable String key;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "100",
                description = "At most so many, up to 1000. Default: ${DEFAULT-VALUE}.")
        private int limit;

        ListThem(Stdio stdio) {
            this.stdio = stdio;
        }

        @Override
        public Integer call() {
            List<List<String>> lines = new ArrayList<>(List.of(TITLES));
            try (Connection connection = parked.connect()) {
                ParkedEvents events = parked.events(connection);
                int most = Math.clamp(limit, 1, ParkedEvents.PAGE_MAX);
                List<ParkedEvent> found =
                        key == null ? events.list(Optional.empty(), most) : events.list(key, Optional.empty(), most);
                found.forEach(event -> lines.add(line(event)));
            }
            Columns.print(lines, new PrintStream(stdio.out(), true, StandardCharsets.UTF_8));
            return 0;
        }

        private static List<String> line(ParkedEvent event) {
            return List.of(
                    event.id().text(),
                    event.key() == null ? "-" : event.key(),
                    event.place().name().toLowerCase(Locale.ROOT),
                    event.step(),
                    Long.toString(event.tries()),
                    event.reason());
        }
    }

    /** {@code ./weir parked show BOT ID}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Prints the payload of a parked event; why, on stderr.")
    static final class Show implements Callable<Integer> {
        private final Stdio stdio;

        @Mixin
        private ParkedMixin parked = new ParkedMixin();

        @Parameters(index = "1", paramLabel = "ID", description = "Which one.")
        private String id = "";

        Show(Stdio stdio) {
            this.stdio = stdio;
        }

        @Override
        public Integer call() {
            try (Connection connection = parked.connect()) {
                ParkedEvents events = parked.events(connection);
                Optional<ParkedEvent> event = events.show(ParkedMixin.id(id));
                if (event.isEmpty()) {
                    stdio.err().println("weir: not parked, or not any more: id=" + id);
                    return Main.FAILED;
                }
                ParkedEvent found = event.get();
                stdio.err()
                        .println("weir: step=" + found.step() + " key=" + found.key() + " tries=" + found.tries()
                                + " reason=" + found.reason());
                Optional<Json> payload = events.payload(found);
                payload.ifPresent(json -> new PrintStream(stdio.out(), true, StandardCharsets.UTF_8).println(json));
                return payload.isPresent() ? 0 : Main.FAILED;
            }
        }
    }

    /** {@code ./weir parked put-back BOT ID}. */
    @Command(
            name = "put-back",
            mixinStandardHelpOptions = true,
            description =
                    "Lets the bot take a parked event again, and then those behind it; the first of a key goes first.")
    static final class PutBack implements Callable<Integer> {
        private final Stdio stdio;

        @Mixin
        private ParkedMixin parked = new ParkedMixin();

        @Parameters(index = "1", paramLabel = "ID", arity = "0..1", description = "Which one; or --key.")
        private @Nullable String id;

        @Option(names = "--key", paramLabel = "KEY", description = "All of this key.")
        private @Nullable String key;

        @Option(names = "--payload", paramLabel = "JSON", description = "Take this payload instead.")
        private @Nullable String payload;

        PutBack(Stdio stdio) {
            this.stdio = stdio;
        }

        @Override
        public Integer call() {
            if ((id == null) == (key == null) || key != null && payload != null) {
                throw new UsageException(
                        "say either an ID, with or without --payload, or a --key: ID=" + id + " --key=" + key);
            }
            try (Connection connection = parked.connect()) {
                ParkedEvents events = parked.events(connection);
                return Answers.tell(stdio, put(events));
            }
        }

        private Answer put(ParkedEvents events) {
            if (id == null) {
                return events.putBack(String.valueOf(key));
            }
            return payload == null
                    ? events.putBack(ParkedMixin.id(id))
                    : events.putBack(ParkedMixin.id(id), Json.of(payload));
        }
    }

    /** {@code ./weir parked drop BOT ID}. */
    @Command(
            name = "drop",
            mixinStandardHelpOptions = true,
            description = "Gives a parked event up; it is kept in the queue BOT.dropped, with who and why.")
    static final class Drop implements Callable<Integer> {
        private final Stdio stdio;

        @Mixin
        private ParkedMixin parked = new ParkedMixin();

        @Parameters(index = "1", paramLabel = "ID", description = "Which one.")
        private String id = "";

        @Option(names = "--why", paramLabel = "TEXT", required = true, description = "For those who ask later.")
        private String why = "";

        Drop(Stdio stdio) {
            this.stdio = stdio;
        }

        @Override
        public Integer call() {
            try (Connection connection = parked.connect()) {
                String who = System.getProperty("user.name", "unknown");
                return Answers.tell(stdio, parked.events(connection).drop(ParkedMixin.id(id), who, why));
            }
        }
    }

    /** What became of a command on a parked event. */
    private static final class Answers {
        private Answers() {}

        static int tell(Stdio stdio, Answer answer) {
            return switch (answer) {
                case Answer.Sent(int lane) ->
                    said(stdio, 0, "sent to lane " + lane + ", which carries it out in its order");
                case Answer.NotParked _ -> said(stdio, Main.FAILED, "not parked, or not any more");
                case Answer.Refused(String reason) -> said(stdio, Main.FAILED, reason);
                case Answer.Unknown(String reason) ->
                    said(stdio, Main.FAILED, "perhaps sent, give it again, which is safe: reason=" + reason);
            };
        }

        private static int said(Stdio stdio, int exitCode, String text) {
            stdio.err().println("weir: " + text);
            return exitCode;
        }
    }
}
