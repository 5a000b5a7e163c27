package dev.weir.local.simulate;

import dev.weir.local.simulator.Scenario;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The scenarios that can be asked for by name. */
public enum Scenarios {
    /** One bot on a stream: {@link LedgerScenario}. */
    LEDGER,
    /** The way of events into queues: {@link IngestScenario}. */
    INGEST,
    /** Queues, bots on them, what wakes them, archives, operators, readers: {@link BusScenario}. */
    BUS;

    /** A scenario for one run. */
    public Scenario fresh() {
        return switch (this) {
            case LEDGER -> new LedgerScenario();
            case INGEST -> new IngestScenario();
            case BUS -> new BusScenario();
        };
    }

    /** The name on a command line: in lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scenario of a name. */
    public static Optional<Scenarios> parse(String text) {
        return Stream.of(values())
                .filter(scenario -> scenario.text().equals(text))
                .findFirst();
    }
}
