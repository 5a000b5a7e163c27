package dev.weir.bench;

import dev.weir.port.PutOutcome;
import dev.weir.port.Shard;
import dev.weir.port.StreamLimits;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A stream of one shard that keeps what is put until it is taken out. Not thread-safe. */
final class ReturnedRecords implements Streams {
    private static final String SHARD = "shardId-000000000000";

    private final List<StreamRecord> records = new ArrayList<>();
    private long puts;

    @Override
    public List<PutOutcome> put(String stream, List<StreamRecord> put) {
        List<PutOutcome> outcomes = new ArrayList<>();
        for (StreamRecord record : put) {
            records.add(record);
            outcomes.add(new PutOutcome.Accepted(SHARD, Long.toString(++puts)));
        }
        return outcomes;
    }

    @Override
    public List<Shard> shards(String stream) {
        return List.of(new Shard(SHARD, List.of(), BigInteger.ZERO, StreamLimits.HASH_KEY_MAX, true));
    }

    /** Takes out what was put. */
    List<StreamRecord> take() {
        List<StreamRecord> taken = List.copyOf(records);
        records.clear();
        return taken;
    }
}
