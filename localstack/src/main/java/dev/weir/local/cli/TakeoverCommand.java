package dev.weir.local.cli;

import dev.weir.aws.LambdaAliases;
import dev.weir.flow.LaneStatus;
import dev.weir.flow.Takeover;
import dev.weir.flow.Version;
import dev.weir.functions.trigger.BotRows;
import dev.weir.local.bus.UsageException;
import dev.weir.local.up.Connection;
import dev.weir.model.LaneId;
import dev.weir.port.Shard;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./weir takeover BOT [--to N]}. */
@Command(
        name = "takeover",
        mixinStandardHelpOptions = true,
        description =
                "Tells which version of a bot serves its lanes, or gives them to another one: back to the one before.",
        footer = {
            "",
            "A new version takes over by itself when it is deployed. To go back, the alias live is moved first, and then each lane, where it is:"
                    + " what the other version has committed stays, and what it has begun it can commit no more."
        })
final class TakeoverCommand implements Callable<Integer> {
    private static final List<String> TITLES = List.of("LANE", "VERSION", "BARRED", "COMMITS", "UP TO");

    private final Stdio stdio;

    @Mixin
    private UpMixin up = new UpMixin();

    @Parameters(index = "0", paramLabel = "BOT", description = "The bot.")
    private String bot = "";

    @Option(names = "--to", paramLabel = "VERSION", description = "The version that is to serve its lanes, from 1.")
    private @Nullable String to;

    @Option(
            names = "--barred",
            paramLabel = "VERSION",
            description =
                    "No version up to this one takes a lane by itself any more. Default: the highest that ever served one, or the alias's.")
    private @Nullable String barred;

    @Option(
            names = "--lambda",
            paramLabel = "URL",
            description = "Another Lambda than AWS's, of a bus that is named by --stack or --endpoint.")
    private @Nullable URI lambda;

    @Option(names = "--no-alias", description = "Leave the alias as it is: somebody else moves it.")
    private boolean isWithoutAlias;

    TakeoverCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() {
        Optional<Version> wanted = Optional.ofNullable(to).map(text -> version("--to", text));
        Optional<Version> bar = Optional.ofNullable(barred).map(text -> version("--barred", text));
        check(wanted, bar);
        try (Connection connection = up.connect()) {
            Lanes lanes = lanes(connection);
            List<Takeover.State> states = wanted.isPresent()
                    ? take(connection, lanes, wanted.get(), bar)
                    : lanes.takeover.lanes(lanes.all.get());
            print(states);
        }
        return 0;
    }

    /** The lanes of the bot. */
    private record Lanes(Takeover takeover, Supplier<List<LaneId>> all) {}

    private Lanes lanes(Connection connection) {
        Optional<String> stream = connection
                .rows()
                .find(bot)
                .orElseThrow(() -> new UsageException("no such bot, ./weir bots lists them: bot=" + bot))
                .stream();
        Takeover takeover = new Takeover(
                connection.bus(), bot, connection.items(), connection.wiring().time());
        return new Lanes(takeover, () -> {
            List<LaneId> lanes = new ArrayList<>(LaneStatus.slices(connection.bus()));
            stream.map(name -> connection.wiring().streams().shards(connection.bus().stream(name)))
                    .ifPresent(shards -> shards.stream()
                            .map(Shard::id)
                            .map(LaneId.PassThrough::new)
                            .forEach(lanes::add));
            return lanes;
        });
    }

    private List<Takeover.State> take(Connection connection, Lanes lanes, Version wanted, Optional<Version> bar) {
        Version highest = lanes.takeover.highest(lanes.all.get());
        if (highest.isNone()) {
            throw new UsageException("no published version has served a lane of the bot: bot=" + bot);
        }
        Version left = moveAlias(connection, wanted);
        Version least = highest.orHigher(left).orHigher(wanted);
        List<Takeover.State> moved = lanes.takeover.to(wanted, bar.orElse(least), lanes.all);
        stdio.err()
                .println("weir: taken over: bot=" + bot + " version=" + wanted + " barred=" + bar.orElse(least)
                        + " lanes=" + moved.size());
        return moved;
    }

    /** Before the lanes: if Lambda refuses, nothing has happened. Answers the version that it stood for. */
    private Version moveAlias(Connection connection, Version wanted) {
        if (isWithoutAlias || !up.isElsewhere()) {
            return Version.NONE;
        }
        String function = BotRows.functionName(connection.bus(), bot);
        try (LambdaAliases aliases = up.clients(lambda).lambdaAliases()) {
            Version left = Version.of(aliases.version(function, BotRows.ALIAS));
            aliases.move(function, BotRows.ALIAS, wanted.toString());
            stdio.err()
                    .println("weir: alias moved: function=" + function + " alias=" + BotRows.ALIAS + " from=" + left
                            + " to=" + wanted);
            return left;
        }
    }

    private void check(Optional<Version> wanted, Optional<Version> bar) {
        if (bar.isPresent() && wanted.isEmpty()) {
            throw new UsageException("--barred goes with --to: --barred=" + bar.get());
        }
        if (bar.isPresent() && bar.get().number() < wanted.orElse(Version.NONE).number()) {
            throw new UsageException("--barred must not be below --to: --barred=" + bar.get() + " --to=" + to);
        }
        if (lambda != null && !up.isElsewhere()) {
            throw new UsageException("--lambda goes with --stack or --endpoint: --lambda=" + lambda);
        }
    }

    private static Version version(String option, String text) {
        try {
            Version version = Version.of(text);
            if (!version.isNone()) {
                return version;
            }
        } catch (IllegalArgumentException _) {
            // said below, with the option
        }
        throw new UsageException(option + " must be the number of a published version, from 1: " + option + "=" + text);
    }

    private void print(List<Takeover.State> states) {
        List<List<String>> lines = new ArrayList<>(List.of(TITLES));
        states.forEach(state -> lines.add(List.of(
                state.lane().text(),
                state.version().toString(),
                state.barred().toString(),
                Long.toString(state.fence()),
                state.positions().entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(" ")))));
        Columns.print(lines, new PrintStream(stdio.out(), true, StandardCharsets.UTF_8));
    }
}
