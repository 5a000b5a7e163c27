package dev.weir.memory;

import dev.weir.model.Record;
import dev.weir.port.Streams;
import dev.weir.port.StreamsContract;
import java.math.BigInteger;
import java.util.List;

class MemoryStreamsTest extends StreamsContract {
    private final MemoryStreams memory = new MemoryStreams(new ManualTime(0));

    @Override
    protected Streams streams() {
        return memory;
    }

    @Override
    protected void create(String name, int shards) {
        memory.create(name, shards);
    }

    @Override
    protected List<Record> read(String name, String shardId) {
        return memory.records(name, shardId);
    }

    @Override
    protected void split(String name, String shardId, BigInteger firstHashOfUpper) {
        memory.split(name, shardId, firstHashOfUpper);
    }

    @Override
    protected void merge(String name, String lowerShardId, String upperShardId) {
        memory.merge(name, lowerShardId, upperShardId);
    }
}
