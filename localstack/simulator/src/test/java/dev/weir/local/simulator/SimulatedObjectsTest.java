package dev.weir.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.memory.MemoryObjectStore;
import dev.weir.port.ObjectOutcome;
import dev.weir.port.ObjectStore;
import dev.weir.port.ObjectStore.IfPresent;
import dev.weir.port.ObjectStoreContract;
import dev.weir.port.StoreUnavailableException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SimulatedObjectsTest {
    private static final byte[] OLD = {1};
    private static final byte[] NEW = {2, 2};

    private final Agenda agenda = new Agenda(World.START_MILLIS);
    private final MemoryObjectStore bucket = new MemoryObjectStore();

    private ObjectStore facing(String plan) {
        Faults faults = new Faults(1, FaultPlan.parse(plan), Trace.NONE);
        return new SimulatedObjects(bucket, agenda, faults, new Network(agenda, faults));
    }

    /** When nothing goes wrong it is a store like any other. Calls of several threads, which a simulation has not, go one by one. */
    @Nested
    class Contract extends ObjectStoreContract {
        private final ObjectStore simulated = OneByOne.of(facing("none"));

        @Override
        protected ObjectStore objects() {
            return simulated;
        }
    }

    @Test
    void aPutThatIsRefusedOrLostStoresNothing() {
        assertThat(facing("object-refused=1.0").put("k", NEW, IfPresent.REPLACE))
                .isEqualTo(new ObjectOutcome.Refused("SlowDown"));
        assertThat(facing("object-lost-request=1.0").put("k", NEW, IfPresent.REPLACE))
                .isInstanceOf(ObjectOutcome.Unknown.class);
        assertThat(bucket.get("k")).isEmpty();
    }

    @Test
    void aPutWhoseAnswerIsLostIsStored() {
        assertThat(facing("object-lost-answer=1.0").put("k", NEW, IfPresent.REPLACE))
                .isInstanceOf(ObjectOutcome.Unknown.class);
        assertThat(bucket.get("k")).contains(NEW);
    }

    @Test
    void aLatePutReplacesWhatWasStoredAfterIt() {
        byte[] data = OLD.clone();
        assertThat(facing("object-late=1.0").put("k", data, IfPresent.REPLACE))
                .isInstanceOf(ObjectOutcome.Unknown.class);
        data[0] = 9; // the caller may change it
        bucket.put("k", NEW, IfPresent.REPLACE);
        assertThat(bucket.get("k")).contains(NEW);
        while (agenda.step()) {}
        assertThat(bucket.get("k")).contains(OLD);
    }

    @Test
    void whatCannotBeReadSaysSo() {
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> facing("object-unavailable=1.0").get("k"))
                .withMessageContaining("getObject");
    }
}
