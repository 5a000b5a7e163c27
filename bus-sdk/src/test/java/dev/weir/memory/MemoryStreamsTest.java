package dev.weir.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import dev.weir.port.StreamsContract;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryStreamsTest extends StreamsContract {
    private final MemoryStreams memory = new MemoryStreams(new ManualTime(0));

    @Test
    void aRecordIsFoundByItsNumber() {
        memory.create("s", 1);
        for (byte i = 0; i < 3; i++) {
            memory.put("s", List.of(new StreamRecord("k", null, new byte[] {i})));
        }
        String shard = memory.shards("s").getFirst().id();
        for (Record record : memory.records("s", shard)) {
            assertThat(memory.find("s", shard, record.sequenceNumber())).contains(record);
        }
        assertThat(memory.find("s", shard, SequenceNumber.ZERO)).isEmpty();
        assertThat(memory.find("s", "shardId-000000000009", SequenceNumber.ZERO))
                .isEmpty();
    }

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
