package dev.weir.local.simulator;

import dev.weir.port.ItemConditionsContract;
import dev.weir.port.ItemEditsContract;
import dev.weir.port.ItemLimitsContract;
import dev.weir.port.ItemQueriesContract;
import dev.weir.port.Items;
import dev.weir.port.ItemsContract;
import org.junit.jupiter.api.Nested;

/** When nothing goes wrong the simulated store is a store like any other. Races are for stores that have threads. */
class SimulatedItemsTest {
    private final Agenda agenda = new Agenda(World.START_MILLIS);
    private final Faults faults = new Faults(1, FaultPlan.NONE, Trace.NONE);
    private final Items simulated =
            new SimulatedItems(new Store(agenda, Trace.NONE, "queues"), agenda, faults, new Network(agenda, faults));

    @Nested
    class Basics extends ItemsContract {
        @Override
        protected Items items() {
            return simulated;
        }
    }

    @Nested
    class Conditions extends ItemConditionsContract {
        @Override
        protected Items items() {
            return simulated;
        }
    }

    @Nested
    class Edits extends ItemEditsContract {
        @Override
        protected Items items() {
            return simulated;
        }
    }

    @Nested
    class Queries extends ItemQueriesContract {
        @Override
        protected Items items() {
            return simulated;
        }
    }

    @Nested
    class Limits extends ItemLimitsContract {
        @Override
        protected Items items() {
            return simulated;
        }
    }
}
