package dev.weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.local.up.Address;
import dev.weir.local.up.Connection;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The processes that {@link LeoBench} measures, one at a time.
 *
 * @param folder the bus has said in it where it is
 * @param payloads one on each line
 */
record LeoRun(LeoPackage leo, Address address, Connection bus, Path folder, Path payloads) {
    private static final List<String> JVM = List.of("-XX:+UseSerialGC");
    private static final Duration POLL = Duration.ofMillis(20);

    /** For the compilers and collectors of both sides, and of the bus, to end what the warm-up gave them. */
    private static final Duration REST = Duration.ofSeconds(3);

    private static final int READABLE_SECONDS_MAX = 300;
    private static final int END_SECONDS_MAX = 30;
    private static final String RESULT = "=> ";
    private static final double MILLIS = 1e3;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A client and what it is to do. */
    record Side(String text, boolean isLeo, String verb) {}

    /**
     * What writing took.
     *
     * @param client until all was accepted
     * @param readable until all was in the queue
     */
    record Seconds(double client, double readable) {}

    Seconds write(Side side, String queue, int events, int warmUp) throws IOException, InterruptedException {
        String warmQueue = warm(queue);
        JsonNode result = process(side, queue, events, warmUp, () -> {
            for (int times = 1; times <= warmUp; times++) {
                awaitReadable(warmQueue + times, events);
            }
        });
        awaitReadable(queue, events);
        double readable =
                (System.currentTimeMillis() - result.path("startMillis").asLong()) / MILLIS;
        return new Seconds(result.path("seconds").asDouble(), readable);
    }

    double read(Side side, String queue, int events, int warmUp) throws IOException, InterruptedException {
        return process(side, queue, events, warmUp, () -> {}).path("seconds").asDouble();
    }

    private static String warm(String queue) {
        return queue + ".warm-";
    }

    private JsonNode process(Side side, String queue, int events, int warmUp, Runnable warmed)
            throws IOException, InterruptedException {
        Path said = folder.resolve("stderr");
        List<String> arguments = List.of(
                side.verb(),
                queue,
                Integer.toString(events),
                warm(queue),
                Integer.toString(warmUp),
                payloads.toString());
        Process process = command(side, arguments).redirectError(said.toFile()).start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            result(out, said);
            warmed.run();
            bus.wiring().time().pause(REST);
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            return result(out, said);
        } finally {
            process.getOutputStream().close(); // a process that still waits for its line ends
            process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS);
            process.destroyForcibly();
            Files.deleteIfExists(said);
        }
    }

    private ProcessBuilder command(Side side, List<String> arguments) throws IOException {
        if (side.isLeo()) {
            return leo.command(address, bus, arguments);
        }
        String[] ours = Machine.concat(List.of(folder.toString()), arguments).toArray(String[]::new);
        return new ProcessBuilder(Machine.java(JVM, WeirClient.class, ours));
    }

    /** The next line that is for us. */
    private static JsonNode result(BufferedReader out, Path said) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(RESULT)) {
                return JSON.readTree(line.substring(RESULT.length()));
            }
        }
        throw new IllegalStateException("a measured process failed: said=" + Files.readString(said));
    }

    /** By the counts of the rows, which costs little: the bus has the same cores. */
    private void awaitReadable(String queue, int wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READABLE_SECONDS_MAX);
        String after = "z/";
        long found = 0;
        while (true) {
            for (Item chunk :
                    bus.items().query(bus.bus().queueTables().chunks(), queue, after, "z0", Integer.MAX_VALUE)) {
                found += chunk.get("records") instanceof Attribute.Number(var records) ? records.longValue() : 0;
                after = chunk.key().sort() + " ";
            }
            if (found >= wanted) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not readable: queue=" + queue + " found=" + found);
            }
            bus.wiring().time().pause(POLL);
        }
    }
}
