package dev.weir.local.kinesis;

import dev.weir.local.kinesis.StreamCall.Cut;
import dev.weir.local.kinesis.StreamCall.Entry;
import dev.weir.local.kinesis.StreamCall.Filter;
import dev.weir.local.kinesis.StreamCall.ShardRef;
import dev.weir.local.kinesis.StreamCall.ShardRef.Which;
import dev.weir.local.kinesis.StreamCall.Start;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws programs on two streams, one of which is there from the start. Not thread-safe. */
final class StreamPrograms {
    /** Open shards of all streams, on both sides. */
    static final int OPEN_SHARDS_MAX = 40;

    private static final int CALLS_MIN = 15;
    private static final int CALLS_MAX = 45;
    private static final int NUMBERS_BELOW = 1000;
    private static final int RECORD_BYTES_MAX = 1 << 20;

    private static final BigInteger LAST_HASH = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
    private static final List<String> BORDER_HASHES = List.of(
            "0",
            "1",
            LAST_HASH.toString(),
            LAST_HASH.subtract(BigInteger.ONE).toString(),
            LAST_HASH.shiftRight(1).toString(),
            LAST_HASH.shiftRight(1).add(BigInteger.ONE).toString());
    private static final List<String> BAD_HASHES = List.of(
            LAST_HASH.add(BigInteger.ONE).toString(), "-1", "1.5", "0x10", "00", "9".repeat(39), "9".repeat(40));
    private static final List<Start> USUAL_STARTS =
            List.of(Start.AT_RECORD, Start.AFTER_RECORD, Start.AFTER_RECORD, Start.AT_MOMENT, Start.LATEST);
    private static final List<String> BAD_KEYS = List.of("", "k".repeat(257));
    private static final List<String> ODD_KEYS =
            List.of("k".repeat(256), "\u00e9", "\uFFFD", "🐢", "ż".repeat(256), "🐢".repeat(128));

    private final SplittableRandom random;
    private int lastId;

    private StreamPrograms(SplittableRandom random) {
        this.random = random;
    }

    static List<StreamCall> draw(SplittableRandom random) {
        return new StreamPrograms(random).program();
    }

    private List<StreamCall> program() {
        List<StreamCall> calls = new ArrayList<>();
        calls.add(new StreamCall.Create(0, among(1, 1, 3, 5)));
        int count = random.nextInt(CALLS_MIN, CALLS_MAX + 1);
        while (calls.size() < count) {
            calls.add(call(random.nextInt(100)));
        }
        return calls;
    }

    private StreamCall call(int dice) {
        int stream = random.nextInt(12) == 0 ? 1 : 0;
        if (dice < 18) {
            return new StreamCall.Put(stream, entry());
        } else if (dice < 30) {
            return putAll(stream);
        } else if (dice < 38) {
            return new StreamCall.Split(stream, shard(), cut());
        } else if (dice < 46) {
            return merge(stream);
        } else if (dice < 48) {
            return new StreamCall.Scale(stream, among(0, 1, 1, 2, 2, 3, 4, 5, 6, 8));
        } else if (dice < 56) {
            return new StreamCall.ListShards(
                    stream, pick(Filter.values()), number(), shard(), among(0, 0, 0, 0, 1, 2, 3, 10_000, 10_001));
        } else if (dice < 70) {
            return new StreamCall.Iterate(stream, shard(), start(), number());
        } else if (dice < 84) {
            return new StreamCall.Read(number(), among(0, 0, 1, 1, 2, 2, 3, 7, 10_000, 10_001, -1));
        } else if (dice < 89) {
            return new StreamCall.Drain(stream, shard(), random.nextInt(1, 8));
        } else if (dice < 92) {
            return new StreamCall.Retain(
                    stream, random.nextBoolean(), among(0, 23, 24, 24, 25, 36, 48, 168, 8760, 8761));
        } else if (dice < 94) {
            return new StreamCall.Describe(stream);
        } else if (dice < 96) {
            return new StreamCall.Create(among(0, 1, 1), among(0, 1, 1, 1, 3, 3, 5, 2, OPEN_SHARDS_MAX + 1));
        } else if (dice < 97) {
            return new StreamCall.Delete(stream);
        }
        return new StreamCall.Moment();
    }

    private StreamCall putAll(int stream) {
        List<Entry> entries = new ArrayList<>();
        int count = among(1, 2, 3, 5, 8, 12);
        if (random.nextInt(40) == 0) {
            count = among(0, 0, 500, 501);
        }
        for (int i = 0; i < count; i++) {
            // A bad one spoils all, so with many each is rarely bad.
            entries.add(random.nextInt(10) == 0 ? entry() : entry(key(), hash()));
        }
        return new StreamCall.PutAll(stream, entries);
    }

    private Entry entry() {
        int dice = random.nextInt(40);
        if (dice == 0) {
            return entry(pick(BAD_KEYS), hash());
        } else if (dice < 3) {
            return entry(key(), pick(BAD_HASHES));
        } else if (dice == 3) {
            // The key has one byte, so the record is at its limit or one above it.
            return new Entry("k", "", ++lastId, RECORD_BYTES_MAX - 1 + random.nextInt(2));
        }
        return entry(key(), hash());
    }

    private Entry entry(String key, String hash) {
        return new Entry(key, hash, ++lastId, random.nextInt(8) == 0 ? 0 : random.nextInt(8, 40));
    }

    private String key() {
        return random.nextInt(12) == 0 ? pick(ODD_KEYS) : "k" + random.nextInt(NUMBERS_BELOW);
    }

    private String hash() {
        return switch (random.nextInt(4)) {
            case 0 -> pick(BORDER_HASHES);
            case 1 -> new BigInteger(128, new java.util.Random(random.nextLong())).toString();
            default -> "";
        };
    }

    private Start start() {
        return random.nextInt(3) > 0 ? pick(USUAL_STARTS) : pick(Start.values());
    }

    private ShardRef shard() {
        int dice = random.nextInt(40);
        Which which = dice == 0 ? Which.UNKNOWN : dice == 1 ? Which.MALFORMED : dice < 14 ? Which.ANY : Which.OPEN;
        return new ShardRef(which, number());
    }

    private StreamCall merge(int stream) {
        int index = number();
        ShardRef shard = new ShardRef(Which.OPEN, index);
        ShardRef next = random.nextInt(4) == 0 ? shard() : new ShardRef(Which.OPEN_NEXT, index);
        return random.nextInt(12) == 0
                ? new StreamCall.Merge(stream, next, shard)
                : new StreamCall.Merge(stream, shard, next);
    }

    private Cut cut() {
        Cut.Where where = random.nextInt(3) == 0 ? pick(Cut.Where.values()) : Cut.Where.WITHIN;
        return new Cut(where, random.nextInt(1, 1000));
    }

    private int number() {
        return random.nextInt(NUMBERS_BELOW);
    }

    private int among(int... values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
