package dev.weir.bench;

import dev.weir.bench.race.Input;
import dev.weir.bench.race.Job;
import dev.weir.bench.race.Round;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the language of pipelines costs: a pipeline beside a graph that is written by hand for the same, on the same events. */
@Command(
        name = "language",
        mixinStandardHelpOptions = true,
        description = "One core: a pipeline beside a graph by hand that does the same.")
final class LanguageBench implements Callable<Integer> {
    private static final String BY_HAND = "a graph by hand";
    private static final String PIPELINE = "a pipeline";

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "300000",
            description = "Transfers of a round. Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--warm-ups",
            paramLabel = "N",
            defaultValue = "12",
            description = "Rounds that are not counted, of each side. Default: ${DEFAULT-VALUE}.")
    private int warmUps;

    @Option(names = "--repeats", paramLabel = "N", defaultValue = "11", description = "Default: ${DEFAULT-VALUE}.")
    private int repeats;

    @Override
    public Integer call() throws IOException {
        List<String> pin = Machine.oneCore();
        Path file = RaceInput.write(Job.TRANSFERS, events);
        Figures.print(
                "language: %,d transfers, each side in a JVM of its own on one core%s, medians of %d rounds in turn after %d, %s",
                events, pin.isEmpty() ? " (not pinned: no taskset)" : "", repeats, warmUps, Machine.text());
        Input input = new Input(Job.TRANSFERS, file, 0);
        race("map and filter, without keys", input, pin, WeirBot.TRANSFERS_BY_HAND, WeirBot.TRANSFERS);
        race("count by account", input, pin, WeirBot.SOURCES_BY_HAND, WeirBot.SOURCES);
        return 0;
    }

    private void race(String what, Input input, List<String> pin, WeirBot byHand, WeirBot pipeline) throws IOException {
        RaceLine base = new RaceLine(BY_HAND);
        RaceLine line = new RaceLine(PIPELINE);
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put(BY_HAND, RaceSides.weir(pin, input, byHand));
        commands.put(PIPELINE, RaceSides.weir(pin, input, pipeline));
        try (RaceSides sides = RaceSides.start(commands)) {
            for (int round = -warmUps; round < repeats; round++) {
                Figures.progress("%s: round %d of %d", what, round + 1, repeats);
                Map<String, Round> rounds = sides.rounds();
                Round first = rounds.getOrDefault(BY_HAND, Round.NONE);
                if (round >= 0) {
                    base.add(first, first);
                    line.add(rounds.getOrDefault(PIPELINE, Round.NONE), first);
                }
            }
        }
        Figures.progressDone();
        Figures.print("");
        Figures.print("%s", what);
        RaceLine.printHead("by hand");
        base.print(events);
        line.print(events);
        Figures.print(
                "the pipeline takes %+.1f%% processor time",
                100 * (line.processorRatio().median() - 1));
    }
}
