package dev.weir.memory;

import dev.weir.model.Lanes;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.port.PutOutcome;
import dev.weir.port.Shard;
import dev.weir.port.StreamLimits;
import dev.weir.port.StreamRecord;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One stream of {@link MemoryStreams}. Not thread-safe: its owner guards it. */
final class MemoryStream {

    /** Sequence numbers are this and 18 digits more: 56 in all, like those of Kinesis. */
    private static final String SEQUENCE_PREFIX = "49590338271490256608559692538361571095";

    private static final long FIRST_SEQUENCE = 100_000_000_000_000_000L;

    private static final class Log {
        private Shard shard;
        private final List<Record> records = new ArrayList<>();

        Log(Shard shard) {
            this.shard = shard;
        }

        boolean takes(BigInteger hash) {
            return shard.open() && hash.compareTo(shard.firstHash()) >= 0 && hash.compareTo(shard.lastHash()) <= 0;
        }

        void close() {
            shard = new Shard(shard.id(), shard.parents(), shard.firstHash(), shard.lastHash(), false);
        }
    }

    private final String name;
    private final List<Log> logs = new ArrayList<>();
    private long sequence = FIRST_SEQUENCE;

    MemoryStream(String name, int shards) {
        this.name = name;
        BigInteger space = StreamLimits.HASH_KEY_MAX.add(BigInteger.ONE);
        for (int i = 0; i < shards; i++) {
            BigInteger first = space.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(shards));
            BigInteger next = space.multiply(BigInteger.valueOf(i + 1L)).divide(BigInteger.valueOf(shards));
            open(List.of(), first, next.subtract(BigInteger.ONE));
        }
    }

    PutOutcome put(StreamRecord record, long arrivalMillis) {
        String explicit = record.explicitHashKey();
        BigInteger hash = explicit == null ? Lanes.hashKey(record.partitionKey()) : new BigInteger(explicit);
        Log log = logs.stream().filter(each -> each.takes(hash)).findFirst().orElseThrow();
        String number = SEQUENCE_PREFIX + sequence++;
        log.records.add(new Record(
                log.shard.id(), new SequenceNumber(number), record.partitionKey(), arrivalMillis, record.data()));
        return new PutOutcome.Accepted(log.shard.id(), number);
    }

    List<Shard> shards() {
        return logs.stream().map(log -> log.shard).toList();
    }

    List<Record> records(String shardId) {
        return List.copyOf(find(shardId).records);
    }

    void split(String shardId, BigInteger firstHashOfUpper) {
        Log parent = findOpen(shardId);
        Shard shard = parent.shard;
        if (firstHashOfUpper.compareTo(shard.firstHash()) <= 0 || firstHashOfUpper.compareTo(shard.lastHash()) > 0) {
            throw new IllegalArgumentException(
                    "a shard is split inside its range: shard=" + shard + " at=" + firstHashOfUpper);
        }
        parent.close();
        open(List.of(shardId), shard.firstHash(), firstHashOfUpper.subtract(BigInteger.ONE));
        open(List.of(shardId), firstHashOfUpper, shard.lastHash());
    }

    void merge(String lowerShardId, String upperShardId) {
        Log lower = findOpen(lowerShardId);
        Log upper = findOpen(upperShardId);
        if (!lower.shard.lastHash().add(BigInteger.ONE).equals(upper.shard.firstHash())) {
            throw new IllegalArgumentException(
                    "only shards whose ranges touch can merge: lower=" + lower.shard + " upper=" + upper.shard);
        }
        lower.close();
        upper.close();
        open(List.of(lowerShardId, upperShardId), lower.shard.firstHash(), upper.shard.lastHash());
    }

    private void open(List<String> parents, BigInteger firstHash, BigInteger lastHash) {
        String id = String.format(Locale.ROOT, "shardId-%012d", logs.size());
        logs.add(new Log(new Shard(id, parents, firstHash, lastHash, true)));
    }

    private Log findOpen(String shardId) {
        Log log = find(shardId);
        if (!log.shard.open()) {
            throw new IllegalArgumentException("the shard is closed: stream=" + name + " shard=" + shardId);
        }
        return log;
    }

    private Log find(String shardId) {
        return logs.stream()
                .filter(log -> log.shard.id().equals(shardId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such shard: stream=" + name + " shard=" + shardId));
    }
}
