package dev.weir.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The machine that is measured on: its cores, and the processes that we start on it. */
final class Machine {
    private static final int CORES_MAX = 64;
    private static final int PROBE_SECONDS_MAX = 10;

    private Machine() {}

    /** What pins a command to one core: {@code taskset -c N} for the highest core that we may use, or nothing where that does not exist. */
    static List<String> oneCore() {
        int cores = Runtime.getRuntime().availableProcessors();
        for (int core = CORES_MAX; core >= 0; core = core == CORES_MAX ? cores - 1 : core - 1) {
            List<String> command = List.of("taskset", "-c", Integer.toString(core));
            if (works(command)) {
                return command;
            }
        }
        return List.of();
    }

    private static boolean works(List<String> pin) {
        try {
            Process process = new ProcessBuilder(concat(pin, List.of("true")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PROBE_SECONDS_MAX, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noTaskset) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What pins a command to the cores below the one that {@link #oneCore} gives; nothing if there are none. */
    static List<String> coresBeside(List<String> oneCore) {
        int core = oneCore.isEmpty() ? 0 : Integer.parseInt(oneCore.getLast());
        return core == 0 ? List.of() : List.of("taskset", "-c", "0-" + (core - 1));
    }

    /** The program that starts JVMs like ours. */
    static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A JVM on our class path, with our system properties of Weir. */
    static List<String> java(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(javaProgram());
        command.addAll(options);
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("weir."))
                .sorted()
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    static List<String> concat(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** Runs a command to its end. Its error output goes to ours. */
    static int run(ProcessBuilder command) {
        try {
            Process process = command.start();
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a command: command=" + command.command(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a command ran: command=" + command.command(), e);
        }
    }

    /** The line that introduces every report. */
    static String text() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", Java " + Runtime.version();
    }
}
