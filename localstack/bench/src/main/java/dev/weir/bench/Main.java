package dev.weir.bench;

import java.io.IOException;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./weir bench NAME}: each prints both sides of a comparison, measured in one run, and their ratio. */
@Command(
        name = "weir bench",
        description = "What Weir costs in time, memory and money.",
        mixinStandardHelpOptions = true,
        subcommands = {
            EngineBench.class,
            CostBench.class,
            EndToEndBench.class,
            GrowthBench.class,
            BatchBench.class,
            ColdStartBench.class,
            IngestBench.class,
            QueueBench.class,
            LatencyBench.class,
            ProgramBench.class,
            LeoBench.class,
            PipelinesBench.class,
            LanguageBench.class,
            StateBench.class
        },
        footer = {"", "jmh PATTERN [options of JMH]: the small benchmarks, by JMH."})
public final class Main {
    private static final String JMH = "jmh";

    private Main() {}

    public static void main(String[] args) throws IOException {
        if (args.length > 0 && args[0].equals(JMH)) {
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        CommandLine command = new CommandLine(new Main());
        if (args.length == 0) {
            command.usage(System.err);
            System.exit(2);
        }
        System.exit(command.execute(args));
    }
}
