package dev.weir.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log's promise, tried on a real process. */
class KilledProcessTest {

    private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 200;

    @TempDir
    Path folder = Path.of("");

    @Test
    void whatWasAcknowledgedSurvivesAKill() throws Exception {
        Path log = folder.resolve("log");
        List<String> acknowledged = new ArrayList<>();
        Process writer = start(log);
        try (BufferedReader lines = writer.inputReader()) {
            while (acknowledged.size() < ACKNOWLEDGED_BEFORE_THE_KILL) {
                String line = lines.readLine();
                assertThat(line).as("the writer goes on until it is killed").isNotNull();
                acknowledged.add(line);
            }
            // through the handle: Process itself would close the pipe with acknowledgements still in it
            writer.toHandle().destroyForcibly();
            writer.waitFor();
            lines.lines().filter(line -> line.length() == SequenceSpace.DIGITS).forEach(acknowledged::add);
        }
        try (KinesisModel model = KinesisModel.open(log, () -> 0, KinesisLimits.local())) {
            assertThat(model.read("s", ShardState.id(0), null, Integer.MAX_VALUE, Integer.MAX_VALUE))
                    .extracting(StoredRecord::sequenceNumber)
                    .startsWith(acknowledged.toArray(String[]::new));
        }
    }

    private static Process start(Path log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        log.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Puts records for ever and prints the number of each that was acknowledged. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] args) {
            KinesisModel model = KinesisModel.open(Path.of(args[0]), () -> 0, KinesisLimits.local());
            model.createStream("s", 1);
            IntStream.iterate(0, i -> i + 1).forEach(i -> {
                var record = new PutRequest("key-" + i, null, new byte[i % 3000]);
                System.out.println(ModelFixture.stored(model.put("s", record)).sequenceNumber());
            });
        }
    }
}
