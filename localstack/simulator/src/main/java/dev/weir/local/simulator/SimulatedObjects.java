package dev.weir.local.simulator;

import dev.weir.port.ObjectOutcome;
import dev.weir.port.ObjectStore;
import dev.weir.port.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A bucket of S3 as one process sees it: slow, with puts that fail, come late, or whose answers get lost. */
final class SimulatedObjects implements ObjectStore {
    private static final long LATE_MILLIS_MAX = 120_000;

    private final ObjectStore bucket;
    private final Agenda agenda;
    private final Faults faults;
    private final Calls calls;

    /** @param bucket the bucket itself, behind the network */
    SimulatedObjects(ObjectStore bucket, Agenda agenda, Faults faults, Calls calls) {
        this.bucket = bucket;
        this.agenda = agenda;
        this.faults = faults;
        this.calls = calls;
    }

    @Override
    public ObjectOutcome put(String key, byte[] data, IfPresent ifPresent) {
        calls.before("putObject");
        ObjectOutcome outcome = outcome(key, data, ifPresent);
        calls.after();
        return outcome;
    }

    private ObjectOutcome outcome(String key, byte[] data, IfPresent ifPresent) {
        if (faults.strike(Fault.OBJECT_REFUSED)) {
            return new ObjectOutcome.Refused("SlowDown");
        }
        if (faults.strike(Fault.OBJECT_LOST_REQUEST)) {
            return new ObjectOutcome.Unknown("the request was lost");
        }
        if (faults.strike(Fault.OBJECT_LATE)) {
            byte[] sent = data.clone();
            agenda.after(faults.delayMillis(Fault.OBJECT_LATE, LATE_MILLIS_MAX), () -> {
                ObjectOutcome _ = bucket.put(key, sent, ifPresent); // nobody waits for it
            });
            return new ObjectOutcome.Unknown("the request is still on its way");
        }
        ObjectOutcome outcome = bucket.put(key, data, ifPresent);
        return faults.strike(Fault.OBJECT_LOST_ANSWER) ? new ObjectOutcome.Unknown("the answer was lost") : outcome;
    }

    @Override
    public Optional<byte[]> get(String key) {
        return answered("getObject", () -> bucket.get(key));
    }

    @Override
    public Optional<byte[]> getRange(String key, long fromByte, int bytes) {
        return answered("getObject", () -> bucket.getRange(key, fromByte, bytes));
    }

    @Override
    public OptionalLong size(String key) {
        return answered("headObject", () -> bucket.size(key));
    }

    @Override
    public List<String> list(String prefix, String afterExclusive, int limit) {
        return answered("listObjects", () -> bucket.list(prefix, afterExclusive, limit));
    }

    @Override
    public void delete(String key) {
        answered("deleteObject", () -> {
            bucket.delete(key);
            return key;
        });
    }

    private <A> A answered(String what, Supplier<A> call) {
        calls.before(what);
        if (faults.strike(Fault.OBJECT_UNAVAILABLE)) {
            throw new StoreUnavailableException("the bucket does not answer: call=" + what);
        }
        A answer = call.get();
        calls.after();
        return answer;
    }
}
