package dev.weir.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aws.S3ObjectStore;
import dev.weir.aws.SystemTime;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.port.ObjectStore;
import dev.weir.port.ObjectStore.IfPresent;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Random calls, each made on an empty bucket in memory and on one of s3proxy, must be answered alike. Sequence number i has the seed plus
 * i; a failure names it, and {@code -Dweir.seed=S -Dweir.sequences=1} runs it alone.
 */
class MemoryAgainstS3Test {
    private static final int SEQUENCES = Integer.getInteger("weir.sequences", 8);
    private static final long SEED = Long.getLong("weir.seed", 20_261_121L);
    private static final int CALLS = 60;
    private static final int OBJECT_BYTES_MAX = 40;

    /** Few, so that calls meet; no part is both a folder and a name, and none sorts in Java otherwise than in UTF-8. */
    private static final List<String> KEYS =
            List.of("a", "a-b", "d/a", "d/b.c", "d/\uD83D\uDC22", "e/f/x", "e/f/y z", "e/g+", "z", "\u00e4%41");

    /** Prefixes and keys to go on from: parts of keys, keys, and what is no key. */
    private static final List<String> TEXTS =
            List.of("", "a", "a-", "b", "d", "d/", "d/b", "d/b.c", "e/", "e/f", "e/f/x", "e/h", "zz", "\u00e4");

    @Test
    @Timeout(120)
    void everyCallIsAnsweredAlike() throws Exception {
        int answered = 0;
        try (S3Server server = S3Server.inMemory();
                S3Client client = server.client()) {
            for (long seed = SEED; seed < SEED + SEQUENCES; seed++) {
                String bucket = "bucket-" + seed;
                client.createBucket(create -> create.bucket(bucket));
                answered += compare(seed, new S3ObjectStore(client, new SystemTime(), bucket));
            }
        }
        assertThat(answered).as("calls that found or changed something").isGreaterThan(SEQUENCES * CALLS / 2);
    }

    private static int compare(long seed, ObjectStore theirs) {
        ObjectStore ours = new MemoryObjectStore();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> calls = new ArrayList<>();
        int answered = 0;
        for (int i = 0; i < CALLS; i++) {
            Call call = Call.random(random);
            calls.add(call.toString());
            String answer = call.on(ours);
            assertThat(call.on(theirs))
                    .as("seed=%d call=%d of %s", seed, i, calls)
                    .isEqualTo(answer);
            answered += answer.equals("empty") || answer.equals("[]") ? 0 : 1;
        }
        return answered;
    }

    private enum Kind {
        PUT,
        KEEP,
        GET,
        RANGE,
        SIZE,
        LIST,
        DELETE
    }

    /** What is asked; each kind uses what it needs of the rest. */
    private record Call(Kind kind, String key, String prefix, String after, int number, int bytes) {

        static Call random(SplittableRandom random) {
            return new Call(
                    any(random, List.of(Kind.values())),
                    any(random, KEYS),
                    any(random, TEXTS),
                    any(random, TEXTS),
                    random.nextInt(OBJECT_BYTES_MAX),
                    1 + random.nextInt(OBJECT_BYTES_MAX));
        }

        /** The answer as text, so that bytes compare by value. */
        String on(ObjectStore objects) {
            return switch (kind) {
                case PUT -> objects.put(key, data(), IfPresent.REPLACE).toString();
                case KEEP -> objects.put(key, data(), IfPresent.KEEP).toString();
                case GET -> text(objects.get(key));
                case RANGE -> text(objects.getRange(key, number, bytes));
                case SIZE ->
                    objects.size(key).stream()
                            .mapToObj(Long::toString)
                            .findFirst()
                            .orElse("empty");
                case LIST -> objects.list(prefix, after, 1 + number / 8).toString();
                case DELETE -> {
                    objects.delete(key);
                    yield "deleted";
                }
            };
        }

        /** As many bytes as the number says, which may be none, different for each number. */
        private byte[] data() {
            byte[] data = new byte[number];
            new SplittableRandom(number).nextBytes(data);
            return data;
        }

        private static String text(Optional<byte[]> data) {
            return data.map(HexFormat.of()::formatHex).map(hex -> "0x" + hex).orElse("empty");
        }

        private static <T> T any(SplittableRandom random, List<T> of) {
            return of.get(random.nextInt(of.size()));
        }
    }
}
