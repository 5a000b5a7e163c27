package dev.weir.local.simulate;

import dev.weir.local.simulator.Scenario;

/** The scenarios in which builds are played. */
enum Simulated {
    LEDGER,
    POISON,
    INGEST,
    BUS;

    /** A scenario for one run. */
    Scenario scenario() {
        return switch (this) {
            case LEDGER -> new LedgerScenario();
            case POISON -> new PoisonScenario();
            case INGEST -> new IngestScenario();
            case BUS -> new BusScenario();
        };
    }
}
