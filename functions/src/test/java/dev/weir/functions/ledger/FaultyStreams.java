package dev.weir.functions.ledger;

import dev.weir.port.PutOutcome;
import dev.weir.port.Shard;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import java.util.ArrayList;
import java.util.List;

/** A stream as one process sees it, with faults. */
final class FaultyStreams implements Streams {
    private final Streams streams;
    private final Calls calls;

    FaultyStreams(Streams streams, Calls calls) {
        this.streams = streams;
        this.calls = calls;
    }

    @Override
    public List<PutOutcome> put(String stream, List<StreamRecord> records) {
        Fault fault = calls.before(Call.Port.PUT);
        return switch (fault) {
            case REFUSED -> everySecond(stream, records);
            case LOST_REQUEST, DELAYED -> unknown(records);
            case LOST_ANSWER -> {
                streams.put(stream, records);
                yield unknown(records);
            }
            case NONE, LANDS, UNAVAILABLE, KILLED_BEFORE, KILLED_AFTER -> {
                List<PutOutcome> outcomes = streams.put(stream, records);
                calls.after(fault);
                yield outcomes;
            }
        };
    }

    /** PutRecords that fails in part: the first record, the third, and so on, are refused. */
    private List<PutOutcome> everySecond(String stream, List<StreamRecord> records) {
        List<PutOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            outcomes.add(
                    i % 2 == 0
                            ? new PutOutcome.Refused("the test says so")
                            : streams.put(stream, List.of(records.get(i))).getFirst());
        }
        return outcomes;
    }

    private static List<PutOutcome> unknown(List<StreamRecord> records) {
        return records.stream()
                .map(_ -> (PutOutcome) new PutOutcome.Unknown("the test says so"))
                .toList();
    }

    @Override
    public List<Shard> shards(String stream) {
        if (calls.before(Call.Port.SHARDS) == Fault.UNAVAILABLE) {
            throw new StoreUnavailableException("the test says so");
        }
        return streams.shards(stream);
    }
}
