package dev.weir.bench;

import dev.weir.bench.race.Job;
import dev.weir.model.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Makes what the sides of a race are given; the same for the same numbers. */
final class RaceInput {
    private static final long SEED = 1978;
    private static final int ACCOUNTS = 1_000;
    private static final int WORDS = 10_000;
    private static final int WORDS_PER_LINE = 10;

    private RaceInput() {}

    /** A file of so many transfers, or of lines with so many words by Zipf's law; deleted at the end. */
    static Path write(Job job, int events) throws IOException {
        Path file = Files.createTempFile("weir-bench-", ".lines");
        file.toFile().deleteOnExit();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            switch (job) {
                case TRANSFERS -> transfers(events, out);
                case WORDS -> words(events, out);
            }
        }
        return file;
    }

    private static void transfers(int count, OutputStream out) throws IOException {
        for (Json transfer : new Workload(ACCOUNTS, true).transfers(count)) {
            out.write(transfer.array(), transfer.from(), transfer.length());
            out.write('\n');
        }
    }

    private static void words(int count, OutputStream out) throws IOException {
        Zipf words = new Zipf(WORDS);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 1; i <= count; i++) {
            out.write(("word" + words.pick(random)).getBytes(StandardCharsets.US_ASCII));
            out.write(i % WORDS_PER_LINE == 0 || i == count ? '\n' : ' ');
        }
    }
}
