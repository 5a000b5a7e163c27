package dev.weir.functions.ingest;

import com.amazonaws.services.lambda.runtime.Context;
import dev.weir.flow.Version;
import dev.weir.functions.BotHandler;
import dev.weir.functions.Settings;
import dev.weir.functions.Wiring;
import dev.weir.graph.NoState;
import dev.weir.graph.Output;
import java.time.Duration;
import java.util.List;

/** {@link Ingest} as a Lambda function on the stream of the bus. */
public final class IngestHandler extends BotHandler<BusLine, NoState, List<Output>> {

    /** As Lambda makes it. */
    public IngestHandler() {
        this(Wiring.fromEnvironment(), Settings.retention(System.getenv()));
    }

    /** On given ports, keeping events so long. */
    public IngestHandler(Wiring wiring, Duration retention) {
        super(Ingest.graph(retention), wiring);
    }

    /** Two functions serve the lanes of the ingest, each with versions of its own. */
    @Override
    protected Version version(Context context) {
        return Version.NONE;
    }
}
