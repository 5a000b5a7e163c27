package dev.weir.local.simulator;

import dev.weir.port.PutOutcome;
import dev.weir.port.Shard;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import java.util.ArrayList;
import java.util.List;

/** Kinesis as one process sees it: through a network, throttled, with parts that fail and answers that get lost. */
final class SimulatedStreams implements Streams {
    private static final long LATE_MILLIS_MAX = 120_000;

    private final Kinesis kinesis;
    private final Agenda agenda;
    private final Faults faults;
    private final Calls calls;

    SimulatedStreams(Kinesis kinesis, Agenda agenda, Faults faults, Calls calls) {
        this.kinesis = kinesis;
        this.agenda = agenda;
        this.faults = faults;
        this.calls = calls;
    }

    @Override
    public List<PutOutcome> put(String stream, List<StreamRecord> records) {
        calls.before("put");
        List<PutOutcome> outcomes = outcomes(stream, records);
        calls.after();
        return outcomes;
    }

    @Override
    public List<Shard> shards(String stream) {
        calls.before("shards");
        if (faults.strike(Fault.SHARDS_UNAVAILABLE)) {
            throw new StoreUnavailableException("the shards could not be listed: stream=" + stream);
        }
        List<Shard> shards = kinesis.shards();
        calls.after();
        return shards;
    }

    private List<PutOutcome> outcomes(String stream, List<StreamRecord> records) {
        if (faults.strike(Fault.PUT_THROTTLED)) {
            return all(records, new PutOutcome.Refused("ProvisionedThroughputExceededException"));
        }
        if (faults.strike(Fault.PUT_LOST_REQUEST)) {
            return all(records, new PutOutcome.Unknown("the request was lost"));
        }
        if (faults.strike(Fault.PUT_LATE)) {
            agenda.after(faults.delayMillis(Fault.PUT_LATE, LATE_MILLIS_MAX), () -> kinesis.put(stream, records));
            return all(records, new PutOutcome.Unknown("the request is still on its way"));
        }
        List<PutOutcome> outcomes =
                faults.strike(Fault.PUT_PARTIAL) ? inPart(stream, records) : kinesis.put(stream, records);
        if (faults.strike(Fault.PUT_REPEATED)) {
            agenda.after(faults.delayMillis(Fault.PUT_REPEATED, LATE_MILLIS_MAX), () -> kinesis.put(stream, records));
        }
        return faults.strike(Fault.PUT_LOST_ANSWER)
                ? all(records, new PutOutcome.Unknown("the answer was lost"))
                : outcomes;
    }

    /** At least one record is refused. */
    private List<PutOutcome> inPart(String stream, List<StreamRecord> records) {
        long refused = 1 + faults.amount(Fault.PUT_PARTIAL, (1L << Math.min(records.size(), 62)) - 1);
        List<PutOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            boolean isRefused = (refused >> (i % 62) & 1) == 1;
            outcomes.add(
                    isRefused
                            ? new PutOutcome.Refused("InternalFailure")
                            : kinesis.put(stream, List.of(records.get(i))).getFirst());
        }
        return outcomes;
    }

    private static List<PutOutcome> all(List<StreamRecord> records, PutOutcome outcome) {
        return records.stream().map(_ -> outcome).toList();
    }
}
