package dev.weir.local.simulator;

import dev.weir.local.mapping.Position;
import dev.weir.model.Record;
import dev.weir.port.PutOutcome;
import dev.weir.port.Shard;
import dev.weir.port.StreamLimits;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import dev.weir.port.StreamsContract;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When nothing goes wrong the simulated stream is a stream like any other. A world has one stream; here each has a world. */
class SimulatedStreamsTest extends StreamsContract {
    private final Agenda agenda = new Agenda(World.START_MILLIS);
    private final Faults faults = new Faults(1, FaultPlan.NONE, Trace.NONE);
    private final Map<String, Kinesis> byName = new HashMap<>();

    @Override
    protected Streams streams() {
        return new Streams() {
            @Override
            public List<PutOutcome> put(String stream, List<StreamRecord> records) {
                StreamLimits.checkPut(stream, records);
                return simulated(stream).put(stream, records);
            }

            @Override
            public List<Shard> shards(String stream) {
                return simulated(stream).shards(stream);
            }
        };
    }

    private Streams simulated(String stream) {
        if (!byName.containsKey(stream)) {
            throw new IllegalArgumentException("no such stream: stream=" + stream);
        }
        return new SimulatedStreams(byName.get(stream), agenda, faults, new Network(agenda, faults));
    }

    @Override
    protected void create(String name, int shards) {
        byName.put(name, new Kinesis(agenda, Trace.NONE, name, shards));
    }

    @Override
    protected List<Record> read(String name, String shardId) {
        return byName.get(name)
                .read(shardId, Position.TRIM_HORIZON, 10_000, Integer.MAX_VALUE)
                .records();
    }

    @Override
    protected void split(String name, String shardId, BigInteger firstHashOfUpper) {
        byName.get(name).split(shardId, firstHashOfUpper);
    }

    @Override
    protected void merge(String name, String lowerShardId, String upperShardId) {
        byName.get(name).merge(lowerShardId, upperShardId);
    }
}
