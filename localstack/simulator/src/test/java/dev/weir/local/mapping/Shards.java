package dev.weir.local.mapping;

import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Shard;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A stream for tests: shards that are lists, numbered from 1. Thread-safe. */
final class Shards implements ShardSource {
    private final Map<String, Shard> shards = new LinkedHashMap<>();
    private final Map<String, List<Record>> records = new LinkedHashMap<>();
    private long lastNumber;
    private int changes;
    private long lastRead;

    static Record record(String shardId, long number, long arrivalMillis) {
        byte[] data = ("event " + number).getBytes(StandardCharsets.UTF_8);
        return new Record(shardId, new SequenceNumber(Long.toString(number)), "key", arrivalMillis, data);
    }

    static List<Record> records(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> record("s", i, 0)).toList();
    }

    static Shard shard(String id, boolean open, String... parents) {
        return new Shard(id, List.of(parents), BigInteger.ZERO, BigInteger.TEN, open);
    }

    synchronized Shards open(String id, String... parents) {
        for (String parent : parents) {
            shards.computeIfPresent(
                    parent, (name, old) -> shard(name, false, old.parents().toArray(String[]::new)));
        }
        shards.put(id, shard(id, true, parents));
        records.put(id, new ArrayList<>());
        changed();
        return this;
    }

    synchronized Shards put(String id, int count) {
        for (int i = 0; i < count; i++) {
            records.get(id).add(record(id, ++lastNumber, lastNumber));
        }
        changed();
        return this;
    }

    private void changed() {
        changes++;
        notifyAll();
    }

    @Override
    public synchronized List<Shard> shards() {
        return List.copyOf(shards.values());
    }

    @Override
    public synchronized Read read(String shardId, Position from, int recordsMax, int bytesMax) {
        Read read = look(shardId, from, recordsMax);
        for (Record record : read.records()) {
            lastRead = Math.max(lastRead, Long.parseLong(record.sequenceNumber().digits()));
        }
        notifyAll();
        return read;
    }

    private Read look(String shardId, Position from, int recordsMax) {
        if (from instanceof Position.Latest) {
            return new Read(List.of(), new Position.After(new SequenceNumber(Long.toString(lastNumber))), false);
        }
        List<Record> found = records.get(shardId).stream()
                .filter(record -> isFrom(record, from))
                .limit(recordsMax)
                .toList();
        Position next =
                found.isEmpty() ? from : new Position.After(found.getLast().sequenceNumber());
        return new Read(found, next, found.isEmpty() && !shards.get(shardId).open());
    }

    /** Waits until a read has returned the record with this number. */
    synchronized void awaitRead(long number) throws InterruptedException {
        while (lastRead < number) {
            wait();
        }
    }

    private static boolean isFrom(Record record, Position from) {
        return switch (from) {
            case Position.TrimHorizon horizon -> true;
            case Position.After after -> record.sequenceNumber().isAfter(after.sequenceNumber());
            case Position.AtTimestamp at -> record.arrivalMillis() >= at.epochMillis();
            case Position.Latest latest -> false;
            case Position.End end -> false;
        };
    }

    @Override
    public synchronized void awaitMore(String shardId, Position from, Duration atMost) throws InterruptedException {
        int seen = changes;
        Read read = look(shardId, from, 1);
        long deadline = System.nanoTime() + atMost.toNanos();
        long left = atMost.toMillis();
        while (read.records().isEmpty() && !read.atEnd() && seen == changes && left > 0) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
    }
}
