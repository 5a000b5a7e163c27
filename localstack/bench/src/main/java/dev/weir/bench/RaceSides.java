package dev.weir.bench;

import dev.weir.bench.race.Input;
import dev.weir.bench.race.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sides of a race, in order, which run one after the other and never at once. Not thread-safe. */
final class RaceSides implements AutoCloseable {
    /** Of the JVM of each side. */
    static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xms1g", "-Xmx1g");

    private final Map<String, RaceProcess> sides = new LinkedHashMap<>();

    private RaceSides() {}

    /** Starts a JVM for each command; if one does not start, none runs. */
    static RaceSides start(Map<String, List<String>> commands) throws IOException {
        RaceSides all = new RaceSides();
        Path logs =
                Files.createDirectories(Path.of(System.getProperty("weir.root", "."), "localstack/bench/target/race"));
        try {
            for (Map.Entry<String, List<String>> side : commands.entrySet()) {
                Path log = logs.resolve(side.getKey().replaceAll("[^A-Za-z0-9.]+", "-") + ".log");
                all.sides.put(side.getKey(), new RaceProcess(side.getKey(), side.getValue(), log));
            }
            return all;
        } catch (IOException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /** What runs a bot of Weir. */
    static List<String> weir(List<String> pin, Input input, WeirBot bot) {
        List<String> arguments = new ArrayList<>(List.of(input.arguments()));
        arguments.add(bot.name());
        return Machine.concat(pin, Machine.java(OPTIONS, WeirSide.class, arguments.toArray(String[]::new)));
    }

    /** A round of each; throws if one has other results than the first. */
    Map<String, Round> rounds() throws IOException {
        Map<String, Round> rounds = new LinkedHashMap<>();
        String expected = "";
        for (Map.Entry<String, RaceProcess> side : sides.entrySet()) {
            Round round = side.getValue().round();
            expected = expected.isEmpty() ? round.results() : expected;
            check(side.getKey(), round, expected);
            rounds.put(side.getKey(), round);
        }
        return rounds;
    }

    /** Throws unless a round has these results. */
    static void check(String side, Round round, String expected) {
        if (!round.results().equals(expected)) {
            throw new IllegalStateException(
                    "results differ: side=" + side + " results=" + round.results() + " expected=" + expected);
        }
    }

    @Override
    public void close() throws IOException {
        for (RaceProcess side : sides.values()) {
            side.close();
        }
    }
}
