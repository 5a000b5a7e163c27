package dev.weir.bench;

import dev.weir.bench.race.Input;
import dev.weir.bench.race.Job;
import dev.weir.bench.race.Round;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Pipelines beside Kafka Streams, Hazelcast Jet and Flink: the same jobs on the same events, exactly once, each on one core. */
@Command(
        name = "pipelines",
        mixinStandardHelpOptions = true,
        description =
                "One core: pipelines beside Kafka Streams, Hazelcast Jet and Flink, exactly once. Fetches them by Maven.")
final class PipelinesBench implements Callable<Integer> {
    private static final String WEIR = "Weir";

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "300000",
            description = "Transfers, and words, of a round. Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--jobs",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "TRANSFERS,WORDS",
            description = "Which to do. Default: ${DEFAULT-VALUE}.")
    private List<Job> jobs = List.of(Job.values());

    @Option(
            names = "--rivals",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "KAFKA,HAZELCAST,FLINK",
            description = "Which to run. Default: ${DEFAULT-VALUE}.")
    private List<Rival> rivals = List.of(Rival.values());

    @Option(
            names = "--commit-millis",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How often the others commit; Weir does after each batch. Default: ${DEFAULT-VALUE}.")
    private int commitMillis;

    @Option(
            names = "--warm-ups",
            paramLabel = "N",
            defaultValue = "10",
            description = "Rounds that are not counted, of each side. Default: ${DEFAULT-VALUE}.")
    private int warmUps;

    @Option(names = "--repeats", paramLabel = "N", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.")
    private int repeats;

    @Override
    public Integer call() throws IOException {
        List<String> pin = Machine.oneCore();
        Figures.print(
                "pipelines: each side in a JVM of its own on one core%s, the same options, %s",
                pin.isEmpty() ? " (not pinned: no taskset)" : "", Machine.text());
        Figures.print(
                "medians of %d rounds in turn after %d; core seconds are processor time of the whole process; the others commit every %,d ms",
                repeats, warmUps, commitMillis);
        for (Job job : jobs) {
            Path file = RaceInput.write(job, events);
            Figures.print("");
            Figures.print("%s: %,d events", job.text(), events);
            race(new Input(job, file, commitMillis), pin);
        }
        return 0;
    }

    private void race(Input input, List<String> pin) throws IOException {
        Map<String, RaceLine> lines = new LinkedHashMap<>();
        String expected = input.job().expected(input.lines()).text();
        try (RaceSides sides = sides(input, pin)) {
            for (int round = -warmUps; round < repeats; round++) {
                Figures.progress("%s: round %d of %d", input.job().text(), round + 1, repeats);
                Map<String, Round> rounds = sides.rounds();
                RaceSides.check(WEIR, rounds.getOrDefault(WEIR, Round.NONE), expected);
                if (round >= 0) {
                    Round ours = rounds.getOrDefault(WEIR, Round.NONE);
                    rounds.forEach((name, each) ->
                            lines.computeIfAbsent(name, RaceLine::new).add(each, ours));
                }
            }
        }
        Figures.progressDone();
        RaceLine.printHead(WEIR);
        lines.values().forEach(line -> line.print(events));
    }

    private RaceSides sides(Input input, List<String> pin) throws IOException {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put(
                WEIR, RaceSides.weir(pin, input, WeirBot.valueOf(input.job().name())));
        for (Rival rival : rivals) {
            List<String> options = new ArrayList<>(RaceSides.OPTIONS);
            options.add("-Dweir.bench.servers=" + String.join(" ", Machine.coresBeside(pin)));
            commands.put(rival.text(), Machine.concat(pin, rival.command(options, input.arguments())));
        }
        return RaceSides.start(commands);
    }
}
