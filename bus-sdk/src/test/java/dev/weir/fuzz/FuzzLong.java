package dev.weir.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs every target of a module through Jazzer's engine, which is led by coverage, each in a JVM of its own, and prints what came out. Ends with an
 * error if anything was found. Arguments: the folder of the module's test classes, a folder to work in, inputs for each target, and part of the names of
 * the targets (empty for all).
 *
 * <p>The corpus grows in the working folder from run to run. What fails is written there as {@code crash-...}.
 */
public final class FuzzLong {

    /** An input that takes longer is a finding: decoders are linear, and 64 KiB are read in milliseconds, also by a machine that is busy. */
    private static final Duration INPUT_TIME_MAX = Duration.ofSeconds(20);

    private static final Pattern DONE = Pattern.compile("Done (\\d+) (?:runs )?in (\\d+) second");
    private static final Pattern LAST = Pattern.compile("^#(\\d+)\\t", Pattern.MULTILINE);
    private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+)");

    private record Outcome(String target, long runs, double seconds, String coverage, String finding) {}

    private FuzzLong() {}

    /** See the class. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (FuzzTarget target : targets(Path.of(args[0]))) {
            if (target.name().contains(args[3])) {
                outcomes.add(run(target, Path.of(args[1]), Long.parseLong(args[2])));
            }
        }
        String table = table(outcomes);
        System.out.print(table);
        Files.writeString(Path.of(args[1]).resolve("table.md"), table);
        if (outcomes.stream().anyMatch(outcome -> !outcome.finding.equals("none"))) {
            System.exit(1);
        }
    }

    private static List<FuzzTarget> targets(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith("FuzzTest.class"))
                    .sorted()
                    .flatMap(name -> FuzzTarget.in(type(name)).stream())
                    .toList();
        }
    }

    private static Class<?> type(String file) {
        String name = file.substring(0, file.length() - ".class".length());
        try {
            return Class.forName(name.replace('/', '.').replace('\\', '.'));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("not on the class path: file=" + file, e);
        }
    }

    private static Outcome run(FuzzTarget target, Path work, long runs) throws IOException, InterruptedException {
        Path folder = work.toAbsolutePath().resolve(target.type().getSimpleName() + "-" + target.method());
        Files.createDirectories(folder.resolve("corpus"));
        Path log = folder.resolve("log.txt");
        long start = System.nanoTime();
        int status = new ProcessBuilder(command(target, folder, runs))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        String text = read(log);
        String finding = status == 0
                ? "none"
                : "status " + status + ", see " + work.relativize(work.resolve(folder.getFileName())) + "/log.txt";
        var outcome = new Outcome(target.name(), runs(text), seconds, last(COVERAGE, text), finding);
        System.out.printf(
                Locale.ROOT, "%s: runs=%d seconds=%.0f finding=%s%n", outcome.target, outcome.runs, seconds, finding);
        return outcome;
    }

    private static List<String> command(FuzzTarget target, Path folder, long runs) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+EnableDynamicAgentLoading",
                "-Dweir.fuzz.target=" + target.name(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + JazzerEntry.class.getName(),
                "--instrumentation_includes=dev.weir.**",
                "--custom_hook_includes=dev.weir.**",
                "-runs=" + runs,
                "-max_len=" + FuzzTarget.INPUT_BYTES_MAX,
                "-timeout=" + INPUT_TIME_MAX.toSeconds(),
                "-rss_limit_mb=0",
                "-artifact_prefix=" + folder + "/",
                folder.resolve("corpus").toString()));
        target.seedFolder().ifPresent(seeds -> command.add(seeds.toString()));
        return command;
    }

    private static String read(Path log) {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("log cannot be read: file=" + log, e);
        }
    }

    private static long runs(String log) {
        String done = last(DONE, log);
        return Long.parseLong(done.equals("0") ? last(LAST, log) : done);
    }

    private static String last(Pattern pattern, String log) {
        Matcher matcher = pattern.matcher(log);
        String found = "0";
        while (matcher.find()) {
            found = matcher.group(1);
        }
        return found;
    }

    private static String table(List<Outcome> outcomes) {
        var table = new StringBuilder("| target | runs | runs/s | edges covered | findings |\n|---|---|---|---|---|\n");
        long runs = 0;
        double seconds = 0;
        for (Outcome outcome : outcomes) {
            runs += outcome.runs;
            seconds += outcome.seconds;
            table.append(row(outcome.target, outcome.runs, outcome.seconds, outcome.coverage, outcome.finding));
        }
        return table.append(row("all", runs, seconds, "", "")).toString();
    }

    private static String row(String target, long runs, double seconds, String coverage, String finding) {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,.0f | %s | %s |%n",
                target,
                runs,
                runs / Math.max(seconds, 1),
                coverage,
                finding);
    }
}
