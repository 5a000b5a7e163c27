package dev.weir.local.cli;

import dev.weir.local.bus.UsageException;
import dev.weir.local.simulate.Scenarios;
import dev.weir.local.simulator.Campaign;
import dev.weir.local.simulator.Fault;
import dev.weir.local.simulator.FaultPlan;
import dev.weir.local.simulator.Reduction;
import dev.weir.local.simulator.Report;
import dev.weir.local.simulator.Simulation;
import dev.weir.local.simulator.Strike;
import dev.weir.local.simulator.Trace;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./weir simulate}. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Plays the ledger, or the whole bus, in a simulated world, once for each seed, with faults everywhere, and audits"
                    + " what comes of it.",
            "A violation ends with exit code 1 and the line that plays it again, with as few faults as still show it."
        })
final class SimulateCommand implements Callable<Integer> {
    private static final long SHOW_MILLIS = 500;
    private static final int BAR_CHARS = 40;

    private final Stdio stdio;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "How many runs. Default: 1000, or without end if --minutes is given.")
    private Optional<Long> seeds = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Seed of the first run; each run takes the next one. Default: ${DEFAULT-VALUE}.")
    private long from;

    @Option(
            names = "--plan",
            paramLabel = "NAME",
            defaultValue = "everything",
            description = "What goes wrong: ${COMPLETION-CANDIDATES}, or a list like put-partial=0.1,killed-after@17."
                    + " Default: ${DEFAULT-VALUE}.",
            completionCandidates = Plans.class)
    private String plan = "everything";

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = "ledger",
            description = "What is played: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
            completionCandidates = Names.class)
    private String scenario = "ledger";

    @Option(names = "--minutes", paramLabel = "M", description = "Stop after so many minutes.")
    private Optional<Integer> minutes = Optional.empty();

    @Option(names = "--trace", description = "Print what happens in the first run, line by line, and play no other.")
    private boolean isTracing;

    /** The scenarios. */
    static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Stream.of(Scenarios.values()).map(Scenarios::text).iterator();
        }
    }

    /** The plans that have names. */
    static final class Plans implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return FaultPlan.names().iterator();
        }
    }

    SimulateCommand(Stdio stdio) {
        this.stdio = stdio;
    }

    @Override
    public Integer call() throws InterruptedException {
        FaultPlan faults = plan();
        Scenarios played = Scenarios.parse(scenario)
                .orElseThrow(() -> new UsageException("--scenario: no such scenario: " + scenario));
        if (seeds.orElse(1L) < 1 || minutes.orElse(1) < 1) {
            throw new UsageException(
                    "--seeds and --minutes begin with 1: seeds=" + seeds.orElse(1L) + " minutes=" + minutes.orElse(1));
        }
        PrintWriter out = new PrintWriter(stdio.out(), true, StandardCharsets.UTF_8);
        return isTracing ? trace(played, faults, out) : play(played, faults, out);
    }

    private FaultPlan plan() {
        try {
            return FaultPlan.parse(plan);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--plan: " + e.getMessage());
        }
    }

    private int trace(Scenarios played, FaultPlan faults, PrintWriter out) {
        Report report = run(played, from, faults, line -> out.println(line.get()));
        out.println(report.isSound() ? "sound" : report.text());
        return report.isSound() ? 0 : Main.FAILED;
    }

    private static Report run(Scenarios played, long seed, FaultPlan faults, Trace trace) {
        return new Simulation(played.fresh(), seed, faults, trace).run();
    }

    private int play(Scenarios played, FaultPlan faults, PrintWriter out) throws InterruptedException {
        Campaign campaign = new Campaign(seed -> run(played, seed, faults, Trace.NONE), from);
        long startNanos = System.nanoTime();
        long endNanos = startNanos + Duration.ofMinutes(minutes.orElse(0)).toNanos();
        long runs = seeds.orElse(minutes.isPresent() ? Long.MAX_VALUE / 2 : 1_000L);
        Progress progress = Progress.on(stdio);
        Thread shower = Thread.ofVirtual().start(() -> show(campaign, runs, startNanos, progress));
        Optional<Campaign.Failure> failure = campaign.play(
                runs,
                Runtime.getRuntime().availableProcessors(),
                () -> minutes.isEmpty() || System.nanoTime() < endNanos);
        shower.interrupt();
        shower.join();
        progress.done();
        summarise(campaign, startNanos, out);
        failure.ifPresent(failed -> tell(played, failed, faults, out));
        return failure.isPresent() ? Main.FAILED : 0;
    }

    private static void show(Campaign campaign, long runs, long startNanos, Progress progress) {
        try {
            while (true) {
                progress.show(String.format(
                        Locale.ROOT,
                        "%,d%s runs, %,.0f a second",
                        campaign.done(),
                        runs < Long.MAX_VALUE / 2 ? String.format(Locale.ROOT, " of %,d", runs) : "",
                        rate(campaign, startNanos)));
                Thread.sleep(SHOW_MILLIS);
            }
        } catch (InterruptedException _) {
            // the runs have ended
        }
    }

    private static double rate(Campaign campaign, long startNanos) {
        return campaign.done() * 1e9 / (System.nanoTime() - startNanos);
    }

    private static void summarise(Campaign campaign, long startNanos, PrintWriter out) {
        Map<Fault, Long> struck = campaign.struck();
        long most = struck.values().stream().mapToLong(Long::longValue).max().orElse(1);
        struck.forEach((fault, times) -> out.printf(
                Locale.ROOT, "%20s %,12d %s%n", fault.text(), times, "#".repeat((int) (times * BAR_CHARS / most))));
        out.printf(
                Locale.ROOT,
                "%,d runs in %,.1f s: %,.0f a second on %d cores; %,d faults%n",
                campaign.done(),
                (System.nanoTime() - startNanos) / 1e9,
                rate(campaign, startNanos),
                Runtime.getRuntime().availableProcessors(),
                struck.values().stream().mapToLong(Long::longValue).sum());
    }

    /** What is wrong, and how to see it again. */
    private static void tell(Scenarios played, Campaign.Failure failure, FaultPlan faults, PrintWriter out) {
        Report report = failure.report();
        String again = "./weir simulate " + (played == Scenarios.LEDGER ? "" : "--scenario " + played.text() + " ")
                + "--from " + failure.seed() + " --seeds 1 --plan ";
        out.println("violation: seed=" + failure.seed() + " " + report.text());
        out.println("again: " + again + faults.text());
        List<Strike> fewest = new Reduction(plan -> run(played, failure.seed(), plan, Trace.NONE)).reduce(report);
        out.println("with " + fewest.size() + " of its " + report.struck().size() + " faults: " + again
                + (fewest.isEmpty() ? "none" : FaultPlan.of(fewest).text()) + " --trace");
    }
}
