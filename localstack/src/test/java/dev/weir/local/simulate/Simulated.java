package dev.weir.local.simulate;

import dev.weir.local.simulator.Scenario;
import dev.weir.pipeline.SalesScenario;
import dev.weir.pipeline.VersionsScenario;

/** The scenarios in which builds are played. */
enum Simulated {
    LEDGER,
    POISON,
    INGEST,
    BUS,
    PIPELINE,
    PIPELINE_VERSIONS,
    VERSIONS;

    /** A scenario for one run. */
    Scenario scenario() {
        return switch (this) {
            case LEDGER -> new LedgerScenario();
            case POISON -> new PoisonScenario();
            case INGEST -> new IngestScenario();
            case BUS -> new BusScenario();
            case PIPELINE -> SalesScenario.ofOneVersion();
            case PIPELINE_VERSIONS -> SalesScenario.ofSeveralVersions();
            case VERSIONS -> new VersionsScenario();
        };
    }
}
