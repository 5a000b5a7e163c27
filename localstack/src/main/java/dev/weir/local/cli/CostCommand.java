package dev.weir.local.cli;

import dev.weir.bot.Bot;
import dev.weir.bot.BotProvider;
import dev.weir.infra.BotConfig;
import dev.weir.infra.BusConfig;
import dev.weir.infra.cost.Estimate;
import dev.weir.infra.cost.EstimateText;
import dev.weir.infra.cost.Estimator;
import dev.weir.infra.cost.Load;
import dev.weir.infra.cost.Prices;
import dev.weir.infra.cost.Sample;
import dev.weir.local.bus.UsageException;
import dev.weir.model.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./weir cost}. */
@Command(
        name = "cost",
        mixinStandardHelpOptions = true,
        description =
                "Tells what the bots of this jar will cost on AWS: runs them in memory with sample events and counts what would be billed.",
        footer = {
            "",
            "Example: ./weir cost --rate 1000/s --size 200 --bot ledger --accounts 1000000",
            "",
            "Counts are those of what is really written and read; time in Lambda is reckoned. Prices are those of us-east-1."
        })
final class CostCommand implements Callable<Integer> {
    private final Stdio stdio;

    @Option(
            names = "--rate",
            paramLabel = "N/UNIT",
            defaultValue = "1000/s",
            description = "Events into each stream: a number, then /s, /min, /h or /day. Default: ${DEFAULT-VALUE}.")
    private String rate = "1000/s";

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "200",
            description = "Bytes of an event. Default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(
            names = {"--accounts", "--keys"},
            paramLabel = "N",
            defaultValue = "1000",
            description = "Different keys of the events, all alike. Default: ${DEFAULT-VALUE}.")
    private int keys;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Events of an invocation. Default: what comes to a shard in a second, or in the window.")
    private @Nullable Integer batch;

    @Option(
            names = "--window",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Batching window of the bots on streams, 0 to 300. Default: ${DEFAULT-VALUE}.")
    private int windowSeconds;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            defaultValue = "1",
            description = "Lanes of the bus. Default: ${DEFAULT-VALUE}.")
    private int lanes;

    @Option(
            names = "--shards",
            paramLabel = "N",
            defaultValue = "1",
            description = "Shards of each stream; 0 for streams on demand. Default: ${DEFAULT-VALUE}.")
    private int shards;

    @Option(
            names = "--memory",
            paramLabel = "MB",
            defaultValue = "1024",
            description = "Memory of each function. Default: ${DEFAULT-VALUE}.")
    private int memoryMb;

    @Option(names = "--bot", paramLabel = "NAME", description = "Only this bot, with the streams that it reads.")
    private @Nullable String bot;

    @Option(
            names = "--sample",
            paramLabel = "[BOT=]FILE",
            description =
                    "Events of a bot, one JSON value a line; of the one of --bot if none is named. May be given several times.")
    private List<String> samples = List.of();

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    CostCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() throws IOException {
        List<Bot> bots = BotProvider.found();
        if (bot != null && bots.stream().noneMatch(each -> each.name().equals(bot))) {
            throw new UsageException("no bot of this jar has that name: --bot=" + bot + " bots="
                    + bots.stream().map(Bot::name).toList());
        }
        Estimate estimate = estimate(bots);
        PrintStream out = new PrintStream(stdio.out(), true, StandardCharsets.UTF_8);
        if (json) {
            out.println(EstimateText.json(estimate));
        } else {
            out.print(EstimateText.table(estimate));
        }
        return 0;
    }

    private Estimate estimate(List<Bot> bots) throws IOException {
        try {
            OptionalInt events = batch == null ? OptionalInt.empty() : OptionalInt.of(batch);
            Load load = new Load(CostRate.perSecond(rate), size, keys, events);
            Estimator estimator = new Estimator(Prices.bundled(), config(), samples());
            return bot == null ? estimator.estimate(bots, load) : estimator.estimate(bots, bot, load);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private BusConfig config() {
        BotConfig each = BotConfig.DEFAULT
                .withMemoryMb(memoryMb)
                .withBatches(BotConfig.DEFAULT.batchSize(), Duration.ofSeconds(windowSeconds));
        BusConfig.Streams streams =
                shards == 0 ? new BusConfig.Streams.OnDemand() : new BusConfig.Streams.Provisioned(shards);
        return BusConfig.of("weir").withLanes(lanes).withStreams(streams).withDefaults(each);
    }

    private Map<String, Sample> samples() throws IOException {
        Map<String, Sample> all = new HashMap<>();
        for (String option : samples) {
            int at = option.indexOf('=');
            String of = at < 0 ? bot : option.substring(0, at);
            if (of == null) {
                throw new UsageException(
                        "whose sample is it? Write --sample BOT=FILE, or --bot BOT: --sample=" + option);
            }
            List<Json> lines = Files.readAllLines(Path.of(option.substring(at + 1))).stream()
                    .filter(line -> !line.isBlank())
                    .map(Json::of)
                    .toList();
            all.put(of, Sample.ofLines(lines));
        }
        return all;
    }
}
