package dev.weir.local.cli;

import dev.weir.local.bus.LocalBus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command line in this JVM, on streams in memory. */
final class Weir {

    /** What a call left behind. */
    record Ran(int exitCode, List<String> out, List<String> err) {
        static Ran of(int exitCode, byte[] out, byte[] err) {
            return new Ran(exitCode, linesOf(out), linesOf(err));
        }

        private static List<String> linesOf(byte[] text) {
            return new String(text, StandardCharsets.UTF_8).lines().toList();
        }
    }

    private Weir() {}

    static Ran run(List<Order> input, String... arguments) {
        return run(bytes(input), arguments);
    }

    static Ran run(byte[] input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Stdio stdio =
                new Stdio(new ByteArrayInputStream(input), out, new PrintStream(err, true, StandardCharsets.UTF_8));
        int exitCode = Main.run(stdio, arguments);
        return Ran.of(exitCode, out.toByteArray(), err.toByteArray());
    }

    /** One run of the ledger on a bus of the caller's; there is no exit code. */
    static Ran run(LocalBus bus, InputStream input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream people = new PrintStream(err, true, StandardCharsets.UTF_8);
        new LedgerRun(bus, RunRecord.in(Optional.empty()), new Progress(people, false))
                .run(input, out)
                .print(people);
        return Ran.of(0, out.toByteArray(), err.toByteArray());
    }

    /** The balances of a bus, as the command writes them. */
    static List<String> balances(LocalBus bus, Path folder) throws IOException {
        Path file = folder.resolve("balances-" + bus.bus().lanes().count() + ".jsonl");
        BalancesFile.write(bus, file);
        return Files.readAllLines(file);
    }

    static byte[] bytes(List<Order> orders) {
        return (String.join("\n", Order.lines(orders)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Starts the command as a process of its own, as the launch script does.
     *
     * @param input its stdin
     * @param out its stdout; stderr is beside it with {@code .err}
     */
    static Process start(Path input, Path out, String... arguments) throws IOException {
        return start(List.of(), input, out, arguments);
    }

    /** The same with more options for its JVM. */
    static Process start(List<String> options, Path input, Path out, String... arguments) throws IOException {
        return start(Map.of(), options, input, out, arguments);
    }

    /** The same with more in its environment. */
    static Process start(
            Map<String, String> environment, List<String> options, Path input, Path out, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dsun.net.httpserver.nodelay=true"));
        for (String property : List.of("weir.dynamodb.classpath", "weir.lambda.classpath", "weir.functions.jar")) {
            command.add("-D" + property + "=" + System.getProperty(property, ""));
        }
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(Path.of(out + ".err").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** What a process that ended left behind. */
    static Ran ended(Process process, Path out) throws IOException {
        return Ran.of(process.exitValue(), Files.readAllBytes(out), Files.readAllBytes(Path.of(out + ".err")));
    }
}
