package dev.weir.infra.cost;

import dev.weir.memory.MemoryStreams;
import dev.weir.port.PutOutcome;
import dev.weir.port.Shard;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import java.util.List;

/** Counts what Kinesis bills for records that are put. Not thread-safe. */
final class MeteredStreams implements Streams {

    private final MemoryStreams streams;
    private final Meter meter;

    MeteredStreams(MemoryStreams streams, Meter meter) {
        this.streams = streams;
        this.meter = meter;
    }

    @Override
    public List<PutOutcome> put(String stream, List<StreamRecord> records) {
        for (StreamRecord record : records) {
            int bytes = record.data().length;
            meter.now().putUnits += Math.max(1, (bytes + Prices.PUT_UNIT_BYTES - 1) / Prices.PUT_UNIT_BYTES);
            meter.now().putBytes += bytes;
        }
        return streams.put(stream, records);
    }

    @Override
    public List<Shard> shards(String stream) {
        return streams.shards(stream);
    }
}
