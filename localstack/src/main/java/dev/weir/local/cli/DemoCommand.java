package dev.weir.local.cli;

import dev.weir.local.bus.BusOptions;
import dev.weir.local.bus.LocalBus;
import dev.weir.local.bus.UsageException;
import dev.weir.local.demo.Demo;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.random.RandomGeneratorFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./weir demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "One minute: 20,000 transfers with duplicates, disorder, a reshard and a kill -9; a picture, and an audit.")
final class DemoCommand implements Callable<Integer> {
    private static final int LANES = 4;
    private static final int SHARDS = 2;

    private final Stdio stdio;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1978",
            description = "What is random comes from this number. Default: ${DEFAULT-VALUE}.")
    private long seed;

    DemoCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() {
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
            throw new UsageException(
                    "demo runs the function under Lambda's runtime client, which is for Linux only; try ./weir ledger");
        }
        Progress progress = Progress.on(stdio);
        BusOptions options =
                BusOptions.defaults().withLanes(LANES).withShards(SHARDS).isolating();
        progress.show("starting Kinesis, DynamoDB and the function...");
        try (LocalBus local = LocalBus.start(options)) {
            Demo demo = new Demo(
                    local,
                    Demo.Plan.FULL,
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed),
                    progress::show);
            demo.play();
            progress.done();
            return demo.report(new PrintStream(stdio.out(), true, StandardCharsets.UTF_8)) ? 0 : Main.FAILED;
        } finally {
            progress.done();
        }
    }
}
